"""Every table there is: who imports this knows them all, as migrations and backups must."""

from typing import Final

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from persistence import tables
from persistence.audit import tables as audit
from persistence.moderation import tables as moderation

DECLARED_IN: Final = (tables, audit, moderation)
"""The modules that declare tables."""

METADATA: Final[MetaData] = SQLModel.metadata
