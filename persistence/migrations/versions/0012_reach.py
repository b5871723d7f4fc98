"""Who can be reached: what people say of themselves, rosters of those on call, whom pages interrupted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "reach_profile",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_to", sa.String(), nullable=False),
        sa.Column("undisturbed_until", sa.BigInteger(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("stat_through", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "reach_specialty",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("person", "specialty"),
    )
    op.create_index("reach_specialty_of", "reach_specialty", ["specialty", "person"])
    op.create_table(
        "roster",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("institution", "name", name="roster_name"),
    )
    op.create_table(
        "roster_shift",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("roster", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["roster"], ["roster.id"]),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("roster", "person", "ends_at"):
        op.create_index(f"ix_roster_shift_{column}", "roster_shift", [column])
    op.create_table(
        "roster_keeper",
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"]),
        sa.PrimaryKeyConstraint("institution", "person"),
    )
    op.create_index("ix_roster_keeper_person", "roster_keeper", ["person"])
    op.create_table(
        "interruption",
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("page", "person"),
    )
    op.create_index("interruption_recent", "interruption", ["at", "person"])
    op.create_index("person_of_specialty", "person", ["specialty"])
    op.create_index("session_active", "session", ["active_at", "person"])
