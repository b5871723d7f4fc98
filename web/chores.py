"""Which chores a worker has: in the worker's process, or within the one process of the embedded default."""

from collections.abc import Awaitable, Callable, Sequence

from persistence.chores import Chore
from persistence.database import Database
from persistence.moderation.endorsements import Endorsements
from realtime.ports import Journal
from web.renewing import renewing
from web.settings import Settings


def chores(
    settings: Settings, database: Database, journal: Journal, changed: Callable[[Sequence[str]], Awaitable[None]]
) -> Sequence[Chore]:
    """All chores of this deployment. `changed` is told of people who are not who they were."""
    return (
        Chore("endorsements", 60.0, Endorsements(database, journal).count),
        renewing(settings, database, changed),
    )
