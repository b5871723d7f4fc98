"""Every table there is: who imports this knows them all, as migrations and backups must."""

from typing import Final

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from persistence import tables
from persistence.audit import tables as audit
from persistence.awards import tables as awards
from persistence.channels import tables as channels
from persistence.credibility import tables as credibility
from persistence.figures import tables as figures
from persistence.interests import tables as interests
from persistence.moderation import tables as moderation
from persistence.observers import tables as observers
from persistence.pictures import tables as pictures
from persistence.reach import tables as reach
from persistence.signin import tables as signin
from persistence.surveys import tables as surveys
from persistence.verification import tables as verification

DECLARED_IN: Final = (
    *(tables, audit, awards, channels, credibility, figures, interests, moderation),
    *(observers, pictures, reach, signin, surveys, verification),
)
"""The modules that declare tables."""

METADATA: Final[MetaData] = SQLModel.metadata
