"""Figures by country too; how claims and opinions fared, and who had which part: all cases are counted anew."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"

_OF = ("acuity", "specialty", "country", "month")
_DOING = ("people", "cases", "asked", "answered", "opinions", "hits")


def upgrade() -> None:
    # What is there stays until it is counted anew: its cases of no country, its cells of all.
    op.drop_index("case_wait_of_month", "case_wait")
    kept = {"case_wait": "''", "wait_cell": "'*'"}
    for table in kept:
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")
        op.drop_table(table)
    _create("case_wait", ("room", "measure"), _OF, "ms:big")
    _create("case_tally", ("room", "measure"), _OF, "n", "hits", "sum:big")
    _create("wait_cell", (*_OF, "measure"), (), "n", "median_ms:big", "p90_ms:big", "sum_ms:big")
    _create("tally_cell", (*_OF, "measure"), (), "cases", "n", "hits", "sum:big")
    _create("third_cell", (*_OF, "third"), (), *_DOING, "brier:big")
    for table, country in kept.items():
        numbers = "ms" if table == "case_wait" else "n, median_ms, p90_ms, sum_ms"
        columns = f"{'room, ' if table == 'case_wait' else ''}measure, acuity, specialty, month, {numbers}"
        op.execute(f"INSERT INTO {table} ({columns}, country) SELECT {columns}, {country} FROM {table}_before")
        op.drop_table(f"{table}_before")
    op.create_table(
        "case_part",
        *(sa.Column(column, sa.String(), nullable=False) for column in ("room", "person", "acuity", "month")),
        *(sa.Column(column, sa.Boolean(), nullable=False) for column in ("asked", "answered")),
        *map(_number, ("opinions", "hits", "brier")),
        sa.PrimaryKeyConstraint("room", "person"),
    )
    op.create_table(
        "case_shown",
        *(sa.Column(column, sa.String(), nullable=False) for column in ("room", "acuity", "specialty", "month")),
        sa.Column("switch", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("room"),
    )
    op.create_table(
        "figure_month",
        sa.Column("month", sa.String(), nullable=False),
        *map(_number, ("version:big", "made:big")),
        sa.Column("shown", sa.BigInteger(), nullable=True),
        sa.Column("cases", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("month"),
    )
    for table in ("case_wait", "case_tally", "case_part", "case_shown"):
        op.create_index(f"{table}_of_month", table, ["month", "room"])
    for table in ("wait_cell", "tally_cell", "third_cell"):
        op.create_index(f"{table}_of_month", table, ["month"])
    room = sa.table("room", sa.column("opened_at", sa.BigInteger()), sa.column("recount_at", sa.BigInteger()))
    op.execute(sa.update(room).values(recount_at=room.c.opened_at))


def _create(name: str, key: tuple[str, ...], texts: tuple[str, ...], *numbers: str) -> None:
    columns = [sa.Column(column, sa.String(), nullable=False) for column in (*key, *texts)]
    op.create_table(name, *columns, *map(_number, numbers), sa.PrimaryKeyConstraint(*key))


def _number(name: str) -> sa.Column[int]:
    name, _, size = name.partition(":")
    return sa.Column(name, sa.BigInteger() if size else sa.Integer(), nullable=False)
