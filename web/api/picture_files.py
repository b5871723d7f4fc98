"""Pictures for those who may see them: an address that lasts five minutes, and what stands there."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import BinaryIO, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from persistence.database import Database
from persistence.pictures import rows
from persistence.pictures.shelf import SIZES, Shelf
from realtime.ports import Audit
from realtime.rooms.people import Person
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.showing import Rooms, entered, posted
from web.api.answers import answer, case_id
from web.api.reads import noted
from web.clock import Clock
from web.signin.addresses import LASTS_MS, Addresses
from web.signin.identify import Door

CHUNK_BYTES: Final = 65_536
_HEADERS: Final[Mapping[str, str]] = {
    "cache-control": "private, max-age=300, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
}


class PictureFiles:
    """`GET /api/cases/{id}/images/{image}`, and the addresses that it gives."""

    def __init__(
        self,
        *,
        door: Door,
        live: Rooms,
        database: Database,
        shelf: Shelf,
        audit: Audit,
        addresses: Addresses,
        now_ms: Clock,
    ) -> None:
        self._door = door
        self._live = live
        self._database = database
        self._shelf = shelf
        self._audit = audit
        self._addresses = addresses
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/cases/{id}/images/{image}", self.address, methods=["GET"]),
            Route("/api/images/{image}", self.file, methods=["GET"]),
        ]

    async def address(self, request: Request) -> Response:
        """The picture, with addresses of its two sizes for this reader, good until `expires_at` (Unix ms)."""
        identity = await self._door.identity(request.scope)
        room, name = case_id(request), request.path_params["image"]
        with noted(self._audit, "picture_read", identity.person, room, name[:26], where=identity.address):
            picture = await self._seen(room, identity.person, name)
        until = min(self._now_ms() + LASTS_MS, identity.expires_at)
        addresses = {
            size: self._addresses.signed(
                f"/api/images/{picture.id}", {"case": room, "size": size, "type": picture.type}, identity, until
            )
            for size in SIZES
        }
        return answer({**_told(picture), **addresses, "expires_at": until})

    async def file(self, request: Request) -> Response:
        """The file, if the address was made for who asks, and they may see it still."""
        identity = await self._door.identity(request.scope)
        query, name = dict(request.query_params), request.path_params["image"]
        if not self._addresses.fits(request.url.path, query, identity, self._now_ms()):
            raise Refused(Refusal.NOT_FOUND)
        picture = await self._seen(query["case"], identity.person, name)
        size = SIZES[query["size"] == "preview"]
        kind = "webp" if size == "preview" else picture.type
        try:
            path = self._shelf.path(picture.id, size)
            file = await asyncio.to_thread(path.open, "rb")
        except FileNotFoundError:
            raise Refused(Refusal.NOT_FOUND) from None
        length = await asyncio.to_thread(lambda: path.stat().st_size)
        headers = {
            **_HEADERS,
            "content-length": str(length),
            "content-disposition": f'inline; filename="picture.{kind}"',
        }
        return StreamingResponse(_read(file), headers=headers, media_type=f"image/{kind}")

    async def _seen(self, room: str, person: Person, name: str) -> Picture:
        """The picture that `person` may see: posted, or their own that waits to be. Raises `Refused`."""
        picture = await posted(await entered(self._live, room, person), person, name)
        if picture is not None:
            return picture
        row = await self._database.read(lambda sql: rows.brought(sql, room, person.id, name))
        if row is None:
            raise Refused(Refusal.NOT_FOUND)
        return rows.picture(row)


async def _read(file: BinaryIO) -> AsyncIterator[bytes]:
    """In pieces, so that thousands who read slowly hold little. No ranges: none of ours asks for one."""
    try:
        while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield chunk
    finally:
        file.close()


def _told(picture: Picture) -> dict[str, object]:
    return {
        "id": picture.id,
        "type": picture.type,
        "width": picture.width,
        "height": picture.height,
        "bytes": picture.bytes,
        "sha256": picture.sha256,
    }
