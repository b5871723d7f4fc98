"""Files of Open Payments that moderators bring: read in while the server runs, and what came of each."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.csv_files import NotThisFile
from persistence.interests.importing import read_in
from web.api.answers import answer
from web.api.interested import InterestDesk
from web.api.problems import Problem, forbidden
from web.limits import Limits
from web.signin.identify import Identity

MOST_BYTES: Final = 512 * 1_048_576
"""More than that is for the command line."""
WITHIN_S: Final = 1_800.0
FILES_PER_HOUR: Final = 12
_TYPES: Final = frozenset({"text/csv", "application/zip"})


class OpenPayments:
    """`/api/moderation/open-payments`."""

    def __init__(self, desk: InterestDesk) -> None:
        self._desk = desk
        self._files = Limits(FILES_PER_HOUR, FILES_PER_HOUR)
        self._reading = asyncio.Lock()

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/moderation/open-payments", self.read, methods=["POST"])]

    async def read(self, request: Request) -> Response:
        """200 with what was kept and which lines were wrong. `whole=true`: the file has all of its programme years."""
        identity = await self._moderator(request)
        whole = _whole(request)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in _TYPES:
            raise Problem(415, "invalid", "Send the CSV file as `text/csv`, or the ZIP with it as `application/zip`.")
        if self._reading.locked():
            raise Problem(409, "conflict", "Another file is being read. Wait until it is done, then send yours.")
        self._files.check(identity.person.id)
        async with self._reading:
            with _spool() as file:
                await _received(request, file)
                try:
                    done = await read_in(self._desk.database, self._desk.keys, file, self._desk.now_ms(), whole=whole)
                except NotThisFile as wrong:
                    raise Problem(422, "invalid", str(wrong)) from None
        detail = f"{done.kept} kept, {done.removed} gone, SHA-256 {done.sha256}"
        self._desk.audit.note("payments_imported", identity.person.id, detail=detail, where=identity.address)
        await self._desk.changed(done.people)
        return answer(done)

    async def _moderator(self, request: Request) -> Identity:
        identity = await self._desk.door.identity(request.scope)
        if identity.person.role != "moderator":
            where = identity.address
            path = request.url.path
            self._desk.audit.note("moderation_refused", identity.person.id, detail=path, outcome="refused", where=where)
            raise forbidden("This is for moderators.")
        return identity


@contextmanager
def _spool() -> Iterator[Path]:
    with TemporaryDirectory(prefix="curbside-") as folder:
        yield Path(folder) / "The file"


async def _received(request: Request, file: Path) -> None:
    """Write the body to `file`. Raises `Problem`: 413, 408, 400."""
    with await asyncio.to_thread(file.open, "wb") as opened:
        try:
            async with asyncio.timeout(WITHIN_S):
                await _write(request, opened)
        except TimeoutError:
            raise Problem(408, "unavailable", f"The file did not come within {WITHIN_S:g} s. Send it again.") from None
        except ClientDisconnect:
            raise Problem(400, "bad_frame", "The file was cut off. Send it again.") from None


async def _write(request: Request, opened: IO[bytes]) -> None:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            detail = f"The file has more than {MOST_BYTES} bytes. Import it with `curbside interests import`."
            raise Problem(413, "too_large", detail)
        await asyncio.to_thread(opened.write, chunk)


def _whole(request: Request) -> bool:
    said = request.query_params.get("whole", "false")
    if said not in ("true", "false"):
        raise Problem(422, "invalid", "`whole` is not valid. Give `true` or `false`.")
    return said == "true"
