"""Surveys, and what people answered."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wish", sa.LargeBinary(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("survey_until", "survey", ["closes_at"])
    op.create_table(
        "survey_answer",
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("counted_in", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"]),
        sa.PrimaryKeyConstraint("survey", "person"),
    )
