"""Who owes an outcome, when a case is to be looked at again, and the figures of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    # Of cases that were closed before nothing is asked.
    op.add_column("room", sa.Column("owed_by", sa.String(), nullable=True))
    for name in ("follow_up_at", "recount_at"):
        op.add_column("room", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("owed_by", "follow_up_at", "recount_at"):
        op.create_index(f"ix_room_{name}", "room", [name])
    # The figures of those are taken once.
    room = sa.table("room", sa.column("opened_at", sa.BigInteger()), sa.column("recount_at", sa.BigInteger()))
    op.execute(sa.update(room).values(recount_at=room.c.opened_at))
    op.create_table(
        "case_wait",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("acuity", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "measure"),
    )
    op.create_index("case_wait_of_month", "case_wait", ["measure", "month", "acuity", "specialty"])
    op.create_table(
        "wait_cell",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("acuity", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("median_ms", sa.BigInteger(), nullable=False),
        sa.Column("p90_ms", sa.BigInteger(), nullable=False),
        sa.Column("sum_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", "measure", "acuity", "specialty"),
    )
    op.create_table(
        "wait_bucket",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("acuity", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "measure", "acuity", "specialty", "bucket"),
    )
