"""All tables of this version in one place: whoever imports this sees each of them in `METADATA`."""

from typing import Final

from sqlmodel import SQLModel

from persistence import tables as tables
from persistence.audit import tables as audit_tables

__all__ = ["METADATA", "audit_tables", "tables"]

METADATA: Final = SQLModel.metadata
