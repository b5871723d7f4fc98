"""A part of a web process beside the live side, and what all parts are given."""

from collections.abc import Callable, Sequence

import msgspec
from starlette.routing import BaseRoute

from persistence.database import Database
from persistence.moderation.book import ModerationBook
from persistence.moderation.notice_book import SqlNoticeBook
from persistence.observers.observing import SqlObserving
from persistence.people import PeopleDirectory
from realtime.hub import Hub
from realtime.ports import Audit
from web.clock import Clock
from web.settings import Settings
from web.signin.identify import Door
from web.signin.revocations import Revocations


class House(msgspec.Struct, frozen=True):
    """What all parts share. `ended` ends a session, which would live until then (Unix ms), on every node."""

    settings: Settings
    secret: bytes
    vault_key: bytes
    database: Database
    directory: PeopleDirectory
    audit: Audit
    observing: SqlObserving
    door: Door
    revocations: Revocations
    hub: Hub
    moderation: ModerationBook
    notices: SqlNoticeBook
    now_ms: Clock
    ended: Callable[[str, int], None]


class Part:
    """One part. What it does not need it need not say."""

    def routes(self) -> Sequence[BaseRoute]:
        """What it serves."""
        return ()

    async def start(self) -> None:
        """Begin. Raises `Unavailable`."""

    async def every_second(self) -> None:
        """What it looks at again and again. Raises `Unavailable`."""

    async def close(self) -> None:
        """Write what waits, and end. The database is open still."""
