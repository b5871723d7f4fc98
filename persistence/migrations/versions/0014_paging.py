"""When a room is to be looked at, and which notices need not be looked at any more.

Rooms that are there already are looked at when their card changes next: nobody is rung for what is days old.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("room", sa.Column("due_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_room_due_at", "room", ["due_at"])
    op.add_column("notice", sa.Column("ended", sa.String(), nullable=True))
    op.create_index("notice_of_room", "notice", ["room"])
