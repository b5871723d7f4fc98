"""Figures by country too; how claims and opinions fared, and who had which part: all cases are counted anew."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"

_CASES = ("acuity", "specialty", "country", "month")
_CELLS = ("acuity", "specialty", "country", "month")


def upgrade() -> None:
    # What they hold is made from the logs, and is of too few columns.
    for table in ("case_wait", "wait_cell", "wait_bucket"):
        op.drop_table(table)
    for name, key, texts, numbers in (
        ("case_wait", ("room", "measure"), _CASES, ("ms:big",)),
        ("case_tally", ("room", "measure"), _CASES, ("n", "hits", "sum:big")),
        ("wait_cell", (*_CELLS, "measure"), (), ("n", "median_ms:big", "p90_ms:big", "sum_ms:big")),
        ("tally_cell", (*_CELLS, "measure"), (), ("cases", "n", "hits", "sum:big")),
        (
            "third_cell",
            (*_CELLS, "third"),
            (),
            ("people", "cases", "asked", "answered", "opinions", "hits", "brier:big"),
        ),
    ):
        columns = [sa.Column(column, sa.String(), nullable=False) for column in (*key, *texts)]
        op.create_table(name, *columns, *map(_number, numbers), sa.PrimaryKeyConstraint(*key))
    op.create_table(
        "case_part",
        *(sa.Column(column, sa.String(), nullable=False) for column in ("room", "person", "acuity", "month")),
        *(sa.Column(column, sa.Boolean(), nullable=False) for column in ("asked", "answered")),
        *map(_number, ("opinions", "hits", "brier")),
        sa.PrimaryKeyConstraint("room", "person"),
    )
    op.create_table(
        "wait_bucket",
        *(sa.Column(column, sa.String(), nullable=False) for column in ("month", "measure", "acuity", "specialty")),
        *map(_number, ("bucket", "n")),
        sa.PrimaryKeyConstraint("month", "measure", "acuity", "specialty", "bucket"),
    )
    op.create_table(
        "figure_month",
        sa.Column("month", sa.String(), nullable=False),
        *map(_number, ("version:big", "made:big")),
        sa.PrimaryKeyConstraint("month"),
    )
    for table in ("case_wait", "case_tally", "case_part"):
        op.create_index(f"{table}_of_month", table, ["month", "room"])
    for table in ("wait_cell", "tally_cell", "third_cell"):
        op.create_index(f"{table}_of_month", table, ["month"])
    room = sa.table("room", sa.column("opened_at", sa.BigInteger()), sa.column("recount_at", sa.BigInteger()))
    op.execute(sa.update(room).values(recount_at=room.c.opened_at))


def _number(name: str) -> sa.Column[int]:
    name, _, size = name.partition(":")
    return sa.Column(name, sa.BigInteger() if size else sa.Integer(), nullable=False)
