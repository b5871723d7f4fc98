"""Pictures on their way into a room: brought, made anew, looked at by their bringer, or taken back."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.people import new_id
from persistence.pictures import rows
from persistence.pictures.answer import Made
from persistence.pictures.remake import Remaking
from persistence.pictures.shelf import Shelf
from persistence.pictures.tables import Picture
from persistence.pictures.unfit import FILE_BYTES, NotTaken
from realtime.errors import Unavailable
from realtime.ports import Audit
from realtime.rooms.refusals import Refusal, Refused
from realtime.showing import Rooms, check_bringing, entered
from web.api.answers import answer, case_id, no_body, nothing
from web.api.problems import Problem
from web.clock import Clock
from web.limits import Limits
from web.signin.identify import Door

LONGEST_S: Final = 900.0
"""For so long a picture may be on its way: 32 MiB over a line of 300 kbit/s."""
AT_ONCE: Final = 2
AT_ONCE_OF_ALL: Final = 64
MOST_A_DAY: Final = 200
PER_HOUR: Final = 720
BURST: Final = 30
OFTEN: Final = "You have brought very many pictures just now. Wait, then bring this one again."
CHUNK_BYTES: Final = 1_048_576


class PictureDesk:
    """`/api/cases/{id}/images`, for those who bring pictures."""

    def __init__(
        self, *, door: Door, live: Rooms, database: Database, shelf: Shelf, audit: Audit, now_ms: Clock
    ) -> None:
        self._door = door
        self._live = live
        self._database = database
        self._shelf = shelf
        self._audit = audit
        self._now_ms = now_ms
        self._remaking = Remaking()
        self._bringing: Counter[str] = Counter()
        self._limits = Limits(PER_HOUR, BURST)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/cases/{id}/images", self.bring, methods=["POST"]),
            Route("/api/cases/{id}/images/{image}", self.take_back, methods=["DELETE"]),
            Route("/api/cases/{id}/images/{image}/check", self.check, methods=["POST"]),
        ]

    async def bring(self, request: Request) -> Response:
        """201 with the picture as it was made anew; the body is the file, whatever its headers say it is."""
        identity = await self._door.identity(request.scope)
        person, room = identity.person, case_id(request)
        check_bringing(await entered(self._live, room, person), person)
        with self._counted(person.id):
            await self._check_room_for_more(person.id)
            name = new_id()
            async with self._received(request, name) as path:
                made = await self._made(path)
            row = _row(name, room, person.id, made, self._now_ms())
            told = _told(row)
            await self._kept(row, made)
        self._audit.note("picture_brought", person.id, room, name, where=identity.address)
        return answer({**told, "burned_in": made.burned_in}, 201)

    async def check(self, request: Request) -> Response:
        """200: its bringer has looked at the picture, and says that nothing on it identifies the patient."""
        identity = await self._door.identity(request.scope)
        person, room, name = identity.person.id, case_id(request), request.path_params["image"]
        await no_body(request)
        await entered(self._live, room, identity.person)
        now_ms = self._now_ms()
        row = await self._database.write(lambda sql: rows.checked(sql, room, person, name, now_ms))
        if row is None:
            raise Refused(Refusal.NOT_FOUND)
        self._audit.note("picture_checked", person, room, name, where=identity.address)
        return answer(_told(row))

    async def take_back(self, request: Request) -> Response:
        """204: a picture that was not posted is gone; there is nothing to take back of one that was."""
        identity = await self._door.identity(request.scope)
        person, room, name = identity.person.id, case_id(request), request.path_params["image"]
        host = await entered(self._live, room, identity.person)
        row = await self._database.read(lambda sql: rows.brought(sql, room, person, name))
        if row is None:
            raise Refused(Refusal.NOT_FOUND)
        await host.catch_up()
        if name in host.room.pictures:
            raise Problem(409, "conflict", "This picture is in a post. Retract the post instead.")
        await self._database.write(lambda sql: rows.removed(sql, [name]))
        await asyncio.to_thread(self._shelf.remove, name)
        self._audit.note("picture_taken_back", person, room, name, where=identity.address)
        return nothing()

    @contextmanager
    def _counted(self, person: str) -> Iterator[None]:
        """One person cannot keep all others from bringing a picture."""
        if self._bringing[person] >= AT_ONCE:
            detail = "You are bringing two pictures already. Wait until one is here."
            raise Problem(429, "rate_limited", detail, retry_after_ms=2_000)
        if self._bringing.total() >= AT_ONCE_OF_ALL:
            raise Unavailable("Too many pictures are being brought at once. Try again in a moment.")
        self._limits.check(person, OFTEN)
        self._bringing[person] += 1
        try:
            yield
        finally:
            self._bringing[person] -= 1
            self._bringing += Counter()  # drops who has none under way

    async def _check_room_for_more(self, person: str) -> None:
        if await self._database.read(lambda sql: rows.unsettled(sql, person)) >= MOST_A_DAY:
            detail = f"You have brought {MOST_A_DAY} pictures within a day. Take some back, or wait until tomorrow."
            raise Problem(429, "rate_limited", detail, retry_after_ms=3_600_000)

    @asynccontextmanager
    async def _received(self, request: Request, name: str) -> AsyncIterator[Path]:
        """The body in a file that is gone afterwards. Raises `Problem`, or `Unavailable` where it cannot be written."""
        path = self._shelf.incoming(name)
        try:
            async with asyncio.timeout(LONGEST_S):
                await _write(request, path)
            yield path
        except TimeoutError:
            raise Problem(408, "unavailable", "The picture took too long to arrive. Bring it again.") from None
        except OSError:
            raise Unavailable("Pictures cannot be kept just now. Try again in a moment.") from None
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _made(self, path: Path) -> Made:
        try:
            return await self._remaking.made(path)
        except NotTaken as refused:
            raise Problem(422, "invalid", refused.unfit.sentence) from None

    async def _kept(self, row: Picture, made: Made) -> None:
        """First the files, then the row: what has a row can be shown."""
        try:
            await asyncio.to_thread(self._shelf.put, row.id, made.full, made.preview)
        except OSError:
            raise Unavailable("Pictures cannot be kept just now. Try again in a moment.") from None
        await self._database.write(lambda sql: sql.add(row))


async def _write(request: Request, path: Path) -> None:
    """Counted as it comes: what a header says of the length may be missing or a lie."""
    waiting, written = bytearray(), 0
    with await asyncio.to_thread(path.open, "wb") as file:
        try:
            async for chunk in request.stream():
                waiting += chunk
                written += len(chunk)
                if written > FILE_BYTES:
                    detail = f"The picture has more than {FILE_BYTES // 1_048_576} MiB. Bring a smaller one."
                    raise Problem(413, "too_large", detail)
                if len(waiting) >= CHUNK_BYTES:
                    await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
        except ClientDisconnect:
            raise Problem(400, "bad_frame", "The picture was cut off. Bring it again.") from None
        await asyncio.to_thread(file.write, bytes(waiting))
        await asyncio.to_thread(file.flush)


def _row(name: str, room: str, person: str, made: Made, now_ms: int) -> Picture:
    return Picture(
        id=name,
        room=room,
        person=person,
        type=made.type,
        width=made.width,
        height=made.height,
        bytes=len(made.full),
        sha256=hashlib.sha256(made.full).hexdigest(),
        created_at=now_ms,
    )


def _told(row: Picture) -> dict[str, object]:
    return {
        "id": row.id,
        "type": row.type,
        "width": row.width,
        "height": row.height,
        "bytes": row.bytes,
        "sha256": row.sha256,
        "checked": row.checked_at is not None,
    }
