"""Which chores a worker has: in the worker's process, or within the one process of the embedded default."""

from collections.abc import Sequence

from persistence.chores import Chore
from persistence.database import Database
from persistence.moderation.endorsements import Endorsements
from realtime.ports import Journal
from web.settings import Settings


def chores(settings: Settings, database: Database, journal: Journal) -> Sequence[Chore]:
    """All chores of this deployment."""
    return (Chore("endorsements", 60.0, Endorsements(database, journal).count),)
