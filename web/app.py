"""The composition root: one web process, put together from its settings."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, Protocol

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from starlette.types import Lifespan

from persistence.audit.log import AuditLog
from persistence.awards.ledger import SqlAwards
from persistence.awards.ties import ties_of_record
from persistence.backlog import Backlog
from persistence.channels.counts import Counted
from persistence.chores import Chore, keep_up
from persistence.credibility.book import WordBook
from persistence.database import open_database
from persistence.disks import DiskWatch
from persistence.figures.book import WaitBook
from persistence.journal import open_journal
from persistence.moderation.book import ModerationBook
from persistence.moderation.notice_book import SqlNoticeBook
from persistence.observers.observing import SqlObserving
from persistence.people import PeopleDirectory
from persistence.pictures.rows import BroughtPictures
from persistence.seal import open_key
from persistence.worker import Worker
from realtime.backplane.messages import SessionsRevoked
from realtime.backplane.open import open_backplane
from realtime.gateway import Gateway
from realtime.hub import Hub
from realtime.limits import RateLimits
from realtime.node import NODES, Node
from web import interpreter, logs
from web.acuity import urgency
from web.api.acuity import AcuityDesk
from web.api.archive import ArchiveReader
from web.api.case_list import CaseList
from web.api.cases import Cases
from web.api.frames import Frames
from web.api.health import Health
from web.api.nul import NoNul
from web.api.problems import HANDLERS, Bugs, wrong_request
from web.api.tickets import TicketOffice
from web.api.ways import Ways
from web.channels.senders import courier
from web.chores import chores
from web.clock import now_ms
from web.entrance import beginning
from web.measures import measures
from web.pages.documents import Documents
from web.pages.nothing import nothing
from web.pages.serving import ui_routes
from web.part import House
from web.parts import parts
from web.recogniser import recogniser
from web.secret import secret, vault_key
from web.settings import Settings, load
from web.signin.identify import Door
from web.signin.revocations import Revocations
from web.signin.tickets import Tickets
from web.telling import Telling
from web.upgrade.admission import Admission
from web.upgrade.crowd import crowd
from web.upgrade.heads import Heads
from web.upgrade.protocol import CROWD, HEADS, LIVE, SOCKETS
from web.upgrade.sockets import Sockets

if TYPE_CHECKING:
    from web.demo.demo import Demo
    from web.demo.stage import Stage

logger = logging.getLogger("curbside.app")

DRAIN: Final = "curbside.drain"
"""In the lifespan state: what sends everybody away while the process still answers."""
CLOSE_S: Final = 3.0
"""A process that ends waits for so long for its database."""
CHORES_SHARE: Final = 0.2
"""Beside live rooms: counting a case takes as much of a processor as 40 posts."""


class Closing(Protocol):
    """What ends with the process."""

    async def close(self) -> None:
        """End."""


def create_app(settings: Settings | None = None, *, demo: "Stage | None" = None) -> Starlette:
    """The app of these settings; without any it reads the environment, as each of several workers does.

    The database has the tables of this version already: the command line sees to that.
    """
    if settings is None:
        settings = load()
        logs.configure(settings.log_level)
    health = Health()
    return Starlette(
        routes=[*health.routes(), *ui_routes(), *Documents().routes()],
        middleware=[Middleware(Bugs), Middleware(NoNul)],
        exception_handlers={**HANDLERS, 404: nothing(wrong_request)},
        lifespan=_lifespan(settings, health, demo),
    )


def _lifespan(settings: Settings, health: Health, demo: "Stage | None") -> Lifespan[Starlette]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        with _logged():
            process = Process(settings, demo)

        async def drain() -> None:
            health.draining()
            await process.hub.drain()

        try:
            with _logged():
                await process.start()
            app.router.routes.extend(process.routes())
            interpreter.set_up()
            health.started(process.degraded, process.disks)
            yield {
                LIVE: process.admission,
                HEADS: process.heads,
                CROWD: process.crowd,
                SOCKETS: process.sockets,
                DRAIN: drain,
            }
        finally:
            health.draining()
            await process.close()

    return lifespan


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    """Where it cannot start, the log says at which place: of the server's own report it keeps no text."""
    try:
        yield
    except Exception:
        logger.exception("the start failed")
        raise


class Process:
    """Everything that one web process consists of. Made on its event loop."""

    def __init__(self, settings: Settings, demo: "Stage | None" = None) -> None:
        key = secret(settings)
        self.settings = settings
        self.urgency = urgency(settings)
        self.database = open_database(settings.database_url)
        self.journal = open_journal(self.database)
        self.directory = PeopleDirectory(self.database)
        self.audit = AuditLog(self.database, now_ms)
        self.observing = SqlObserving(self.database, self.audit, token_hex(8), now_ms, alone=not settings.redis_url)
        self.revocations = Revocations(self.database, now_ms)
        self.tickets = Tickets(self.database, now_ms)
        self.backlog = Backlog(self.database, now_ms)
        self.waits = WaitBook(self.database)
        self.words = WordBook(self.database, self.directory)
        self.deliveries = Counted(self.database)
        self.moderation = ModerationBook(self.database, now_ms)
        self.notices = SqlNoticeBook(self.database, now_ms)
        self.door = Door(
            secret=key,
            directory=self.directory,
            revocations=self.revocations,
            tickets=self.tickets,
            audit=self.audit,
            barred=self.moderation.barred,
            origins=settings.origins,
            now_ms=now_ms,
            secure=settings.secure_cookies,
        )
        self.node = Node(
            journal=self.journal,
            directory=self.directory,
            pictures=BroughtPictures(self.database, now_ms),
            audit=self.audit,
            observing=self.observing,
            moderation=self.moderation,
            notices=self.notices,
            awards=SqlAwards(self.database, settings.awards, ties_of_record(now_ms)),
            backplane=open_backplane(settings.redis_url),
            secret=key,
            recogniser=recogniser(settings),
            minutes=self.urgency.manchester,
            weigh=self.words,
        )
        self.hub = Hub(self.node, self._every_second, self.revocations.heard)
        self.gateway = Gateway(self.hub, RateLimits(settings.allowed))
        self.crowd = crowd(settings, self.hub)
        self.admission = Admission(self.hub, self.gateway, self.door, self.crowd)
        self.heads = Heads()
        self.disk_watch = DiskWatch(self.database)
        self.sockets = Sockets(asyncio.get_running_loop())
        self._house = House(
            settings=settings,
            secret=key,
            vault_key=vault_key(settings),
            database=self.database,
            directory=self.directory,
            audit=self.audit,
            observing=self.observing,
            door=self.door,
            revocations=self.revocations,
            hub=self.hub,
            moderation=self.moderation,
            notices=self.notices,
            now_ms=now_ms,
            ended=self._ended,
        )
        self.parts = parts(self._house)
        self._working: asyncio.Future[tuple[None, None, None]] | None = None
        self._demo = self._played(demo, key) if demo is not None else None

    async def start(self) -> None:
        """Begin to serve. Raises `Unavailable`."""
        await self._every_second()
        for part in self.parts:
            await part.start()
        await self.hub.start()
        if self._demo is not None:
            await self._demo.start()
        if not self.settings.redis_url:
            sending = courier(self.settings, self.database)
            self._working = asyncio.gather(self._worker().run(), keep_up(self._chores()), sending.run())

    async def close(self) -> None:
        """Say goodbye to everyone, write what is still to be written, end every task, thread and connection."""
        # The last one first; each is done whatever came of the one before.
        async with contextlib.AsyncExitStack() as closing:
            closing.push_async_callback(self._close_database)
            closing.callback(self.sockets.close)
            closing.callback(self.gateway.close)
            closing.push_async_callback(self.hub.close)
            closing.callback(self.admission.close)
            if self._demo is not None:
                closing.push_async_callback(self._demo.close)
            if self._working is not None:
                self._working.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await self._working

    async def _close_database(self) -> None:
        """Let what is under way be written. What hangs is left: nobody was told that it is on record."""
        try:
            async with asyncio.timeout(CLOSE_S):
                for part in (*self.parts, self.tickets, self.directory, self.audit, self.journal, self.database):
                    await _close(part)
        except TimeoutError:
            logger.warning("the database did not answer for %d s: this process ends without it", CLOSE_S)

    def routes(self) -> list[BaseRoute]:
        """All that needs what `start` has begun."""
        ways = Ways(
            demo=self._demo is not None,
            hospitals=self.settings.hospitals is not None,
            idle_s=0 if self._demo is not None else self.settings.idle_minutes * 60,
        )
        return [
            *ways.routes(),
            *TicketOffice(self.door).routes(),
            *Frames(self.door, self.hub.streams, self.audit).routes(),
            *AcuityDesk(self.door, self.urgency).routes(),
            *CaseList(self.door, self.database, self.observing, self.node.wall.careful_ms).routes(),
            *Cases(self.door, self.hub, self.audit).routes(),
            *ArchiveReader(
                self.door, self.database, self.hub, self.observing, self.audit, self.node.wall.careful_ms
            ).routes(),
            *measures(self.hub, self.backlog, self.disks, self.waits, self.deliveries).routes(),
            *(route for part in self.parts for route in part.routes()),
            *self._demo_routes(),
        ]

    def _played(self, stage: "Stage", key: bytes) -> "Demo":
        from web.demo.demo import Demo

        return Demo(stage, self.hub, self.database, key)

    def _demo_routes(self) -> list[Route]:
        if self._demo is None:
            return []
        from web.api.demo import DemoDesk

        return DemoDesk(self._demo, self.door, beginning(self._house)).routes()

    def _worker(self) -> Worker:
        """The embedded default's own: one process does all."""
        telling = Telling(self.node.backplane, secret(self.settings))
        return Worker(
            database=self.database,
            journal=self.journal,
            folder=self.settings.archive,
            key=open_key(self.settings.var),
            now_ms=now_ms,
            told=telling.sealed,
        )

    def _chores(self) -> Sequence[Chore]:
        return chores(self.settings, self.database, self.journal, self.audit, self.hub.people_changed, CHORES_SHARE)

    def degraded(self) -> list[str]:
        """What is away just now."""
        up = {"journal": self.hub.pulse.journal_ok, "backplane": self.hub.pulse.backplane_ok}
        return [name for name, ok in up.items() if not ok]

    def disks(self) -> int | None:
        """On how many disks a commit stands before it is acknowledged; None where the database has not said yet."""
        return self.disk_watch.disks.count if self.disk_watch.disks is not None else None

    async def _every_second(self) -> None:
        self.heads.look()
        self.gateway.limits.sweep()
        ended = await self.revocations.refresh()
        if ended:
            self.hub.connections.revoke(ended)
        await self.disk_watch.tick()
        await self.backlog.refresh()
        await self.waits.refresh()
        await self.words.refresh()
        await self.deliveries.refresh(now_ms())
        for part in self.parts:
            await part.every_second()

    def _ended(self, session: str, expires_at: int) -> None:
        self.hub.connections.revoke([session])
        self.node.publish(NODES, SessionsRevoked({session: expires_at}))


async def _close(part: Closing) -> None:
    """Close one part; what keeps it from that keeps no other."""
    try:
        await part.close()
    except Exception as error:
        logger.error("closing %s failed: %s", type(part).__name__, logs.place(error))
