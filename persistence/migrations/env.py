"""What Alembic runs: the migrations, on the connection that it was given and in that connection's transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString

from persistence.schema import METADATA


def rendered(kind: str, value: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Plain SQLAlchemy types, so that a migration does not depend on how SQLModel calls them."""
    return "sa.String()" if kind == "type" and isinstance(value, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=rendered,
    # SQLite cannot alter a column in place: Alembic copies the table instead.
    render_as_batch=True,
)
context.run_migrations()
