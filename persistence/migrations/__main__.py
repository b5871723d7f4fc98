"""Draft the next migration from what `persistence/tables.py` has and the migrations lack.

python -m persistence.migrations 0002 "what it is for"
"""

import sys

from alembic import command
from sqlalchemy import create_engine

from persistence.migrate import alembic_config


def main(revision: str, message: str) -> None:
    with create_engine("sqlite://").begin() as connection:
        config = alembic_config(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    main(*sys.argv[1:])
