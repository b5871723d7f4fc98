"""Numbers for what changes of sanctions and notices; indices by role, and by batch of a register."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for name in ("sanction", "notice"):
        op.add_column(name, sa.Column("change", sa.BigInteger(), nullable=True))
        # What there is already is nobody's news.
        table = sa.table(name, sa.column("change", sa.BigInteger()))
        op.execute(sa.update(table).values(change=0))
        op.create_index(f"ix_{name}_change", name, ["change"])
        op.drop_index(f"ix_{name}_touched_at", name)
    op.create_table(
        "lastchange",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("person_of_role", "person", ["role", "institution"])
    op.create_index("register_entry_of_batch", "register_entry", ["country", "roll", "batch"])
