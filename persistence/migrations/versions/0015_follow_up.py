"""Who owes an outcome, when a case is to be looked at again, and the figures of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0011"


def upgrade() -> None:
    # Of cases that were closed before nothing is asked.
    op.add_column("room", sa.Column("owed_by", sa.String(), nullable=True))
    for name in ("follow_up_at", "recount_at"):
        op.add_column("room", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("owed_by", "follow_up_at", "recount_at"):
        op.create_index(f"ix_room_{name}", "room", [name])
