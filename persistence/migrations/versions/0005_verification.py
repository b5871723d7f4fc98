"""Who people are, and how that was found out."""

import sqlalchemy as sa
from alembic import op

from persistence.verification.alike import looks

revision = "0005"
down_revision = "0004"


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _sealed(name: str = "sealed", *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _person(name: str = "person") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["person.id"])


def upgrade() -> None:
    _handles()
    op.create_table("identity", _text("person"), _sealed(), _time("at"), _person(), sa.PrimaryKeyConstraint("person"))
    op.create_table(
        "licence", _sealed("digest"), _text("person"), _time("at"), _person(), sa.PrimaryKeyConstraint("digest")
    )
    op.create_index("ix_licence_person", "licence", ["person"])
    op.create_table(
        "verification",
        _text("person"),
        _time("confirmed_at", nullable=True),
        _text("basis"),
        _time("until", nullable=True),
        _time("noticed_at", nullable=True),
        _person(),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_index("ix_verification_until", "verification", ["until"])
    op.create_table(
        "mailcode",
        _text("person"),
        _sealed("digest"),
        _time("expires_at"),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        _person(),
        sa.PrimaryKeyConstraint("person"),
    )
    _requests()
    _peers()
    _registers()


def _handles() -> None:
    """Of people who look alike already the one who was there first is protected; the others stay as they are."""
    op.add_column("person", sa.Column("name", sa.String(), nullable=False, server_default=""))
    op.add_column("person", _text("looks", nullable=True))
    connection = op.get_bind()
    person = sa.table("person", sa.column("id"), sa.column("handle"), sa.column("looks"), sa.column("created_at"))
    taken: set[str] = set()
    known = sa.select(person.c.id, person.c.handle).order_by(person.c.created_at, person.c.id)
    for id, handle in connection.execute(known).all():
        if (seen := looks(handle)) not in taken:
            taken.add(seen)
            connection.execute(person.update().where(person.c.id == id).values(looks=seen))
    with op.batch_alter_table("person") as batch:
        batch.alter_column("name", server_default=None)
        batch.create_unique_constraint("person_looks_key", ["looks"])


def _requests() -> None:
    op.create_table(
        "verification_request",
        _text("id"),
        _text("person"),
        _text("kind"),
        _text("state"),
        _time("at"),
        _text("about", nullable=True),
        _text("contested", nullable=True),
        _sealed("findings"),
        _sealed(nullable=True),
        _person(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("verification_waiting", "verification_request", ["state", "at"])
    op.create_index("ix_verification_request_person", "verification_request", ["person"])
    op.create_table(
        "verification_decision",
        _text("id"),
        _text("person"),
        _text("request", nullable=True),
        _time("at"),
        _text("by"),
        _text("outcome"),
        sa.Column("tier_before", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        _sealed(),
        _person(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_verification_decision_person", "verification_decision", ["person"])
    op.create_table(
        "verification_document",
        _text("id"),
        _text("person"),
        _text("kind"),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        _time("at"),
        _time("removed_at", nullable=True),
        _sealed(),
        _person(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_verification_document_person", "verification_document", ["person"])
    op.create_index("ix_verification_document_removed_at", "verification_document", ["removed_at"])


def _peers() -> None:
    op.create_table(
        "vouch",
        _text("voucher"),
        _text("vouched"),
        _time("at"),
        _time("revoked_at", nullable=True),
        _person("voucher"),
        _person("vouched"),
        sa.PrimaryKeyConstraint("voucher", "vouched"),
    )
    op.create_index("ix_vouch_vouched", "vouch", ["vouched"])
    op.create_table(
        "identity_opening",
        _text("id"),
        _text("person"),
        _text("by"),
        _time("at"),
        _sealed(),
        _person(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_identity_opening_person", "identity_opening", ["person"])


def _registers() -> None:
    op.create_table(
        "register",
        _text("country"),
        _text("roll"),
        sa.Column("batch", sa.Integer(), nullable=False),
        _time("imported_at"),
        sa.Column("entries", sa.Integer(), nullable=False),
        _sealed("sha256"),
        sa.PrimaryKeyConstraint("country", "roll"),
    )
    op.create_table(
        "register_entry",
        _text("country"),
        _text("roll"),
        _text("number"),
        sa.Column("batch", sa.Integer(), nullable=False),
        _text("names"),
        _text("specialty"),
        _text("licences"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("country", "roll", "number"),
    )
