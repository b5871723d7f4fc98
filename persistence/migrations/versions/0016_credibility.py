"""What was said in each case, scored by its outcome, and what that comes to for each person."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("room", sa.Column("rescore_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_room_rescore_at", "room", ["rescore_at"])
    # Whether those that are closed have an outcome only their cards say: each is looked at once.
    room = sa.table("room", sa.column("status", sa.String()), sa.column("rescore_at", sa.BigInteger()))
    op.execute(sa.update(room).where(room.c.status == "closed").values(rescore_at=0))
    op.create_table(
        "scored_item",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("loss", sa.Integer(), nullable=True),
        sa.Column("forecasts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("room", "event"),
    )
    op.create_index("scored_item_of_person", "scored_item", ["person", "specialty", "kind", "at"])
    op.create_table(
        "credibility",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("sum", sa.BigInteger(), nullable=False),
        sa.Column("squares", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "specialty", "kind"),
    )
    op.create_index("credibility_of_specialty", "credibility", ["specialty", "kind"])
