"""The audit as hash chains, with outcome, address, reason and subject, its checkpoints, and erasures.

Lines of earlier versions become one chain, `before`.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from persistence.audit.chain import GENESIS, Line, link

revision = "0003"
down_revision = "0002"

CHAIN = "before"


def upgrade() -> None:
    op.rename_table("audit", "audit_before")
    _create()
    _copy(op.get_bind())
    op.drop_table("audit_before")


def _create() -> None:
    texts = ("person", "act", "room", "detail", "outcome", "address", "reason", "subject")
    op.create_table(
        "audit",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number"),
    )
    op.create_index("audit_at", "audit", ["at", "chain", "number"])
    op.create_index("audit_of_room", "audit", ["room", "at"])
    op.create_table(
        "auditchain",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("witnessed", sa.BigInteger(), nullable=False),
        sa.Column("cut", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )
    op.create_table(
        "checkpoint",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("heads", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_checkpoint_at", "checkpoint", ["at"])
    op.create_index("ix_archive_sealed_at", "archive", ["sealed_at"])
    op.create_table(
        "erased",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("left", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("room", "seq"),
    )
    op.create_index("ix_erased_at", "erased", ["at"])
    op.create_table(
        "witnessedroom",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room"),
    )


def _copy(connection: sa.Connection) -> None:
    page = sa.text(
        "SELECT id, at, person, act, room, detail FROM audit_before WHERE id > :after ORDER BY id LIMIT 1000"
    )
    audit, chain = (sa.Table(name, sa.MetaData(), autoload_with=connection) for name in ("audit", "auditchain"))
    after, number, digest, began_at = 0, 0, GENESIS, 0
    while found := connection.execute(page, {"after": after}).all():
        rows: list[dict[str, Any]] = []
        for old in found:
            number += 1
            line = Line(CHAIN, number, old.at, old.person, old.act, old.room, old.detail, _outcome(old), "", "", "")
            digest = link(digest, line)
            rows.append({**line._asdict(), "digest": digest})
        connection.execute(audit.insert(), rows)
        after, began_at = found[-1].id, began_at or found[0].at
    if number:
        head = {"chain": CHAIN, "began_at": began_at, "number": number, "digest": digest, "witnessed": 0, "cut": 0}
        connection.execute(chain.insert(), head)


def _outcome(old: Any) -> str:
    """What came of it, as earlier versions said it: in the act or in the detail."""
    if old.act.endswith("_refused") or old.detail.startswith("refused"):
        return "refused"
    return "failed" if old.act.endswith("_failed") or old.detail.startswith("failed") else "ok"
