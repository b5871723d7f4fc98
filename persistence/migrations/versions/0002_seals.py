"""Addenda, and rooms that cannot be sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("archive", sa.Column("manifest", sa.LargeBinary(), nullable=True))
    op.add_column("room", sa.Column("addendum_since", sa.BigInteger(), nullable=True))
    op.create_index("ix_room_addendum_since", "room", ["addendum_since"])
    op.create_table(
        "trouble",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("first_wrong", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room"),
    )
