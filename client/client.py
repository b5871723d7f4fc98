"""The client: one person's way into a server, with their seats and their commands."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Literal, Self

from client import http
from client.backoff import Backoff
from client.connection import Connection
from client.disk import Disk
from client.errors import ClientClosed, ConnectionLost, RefusedByServer
from client.frames import FRAME_BYTES, Encoding, Frame, size_bytes
from client.ids import command_id
from client.link import Link
from client.room import As, Position, Room
from client.sending import COME_BACK, Ack, Refusal
from client.signin import SignIn, checked
from client.stream import Stream

Stance = Literal["agree", "disagree", "withdraw"]

_id = re.compile(r"[A-Za-z0-9_-]{1,36}")


class Client:
    """Use as `async with Client("https://…", token=…) as client`; entering waits for the server's greeting.

    Where a network lets no WebSocket pass, an event stream and posts carry the same frames, as JSON. Several urls are
    several nodes of one server: each new connection goes to the next. With `outbox`, a command is on disk before it is
    sent; what an earlier run left there is sent once its room is joined again. Streams keep what is not read. Whatever
    waits raises `SignInRefused` or `ProtocolError` once the client had to stop.
    """

    def __init__(
        self,
        url: str | Sequence[str],
        *,
        token: str | None = None,
        cookie: str | None = None,
        ticket: Callable[[], Awaitable[str]] | None = None,
        encoding: Encoding = "msgpack",
        outbox: Path | None = None,
        backoff: Callable[[], Backoff] = Backoff,
    ) -> None:
        self._urls = [checked(one) for one in ([url] if isinstance(url, str) else url)]
        self._sign_in = SignIn(token, cookie, ticket)
        self._encoding: Encoding = encoding
        self._outbox = outbox
        self._backoff = backoff
        self._open: Link | None = None

    async def __aenter__(self) -> Self:
        connection = Connection(self._urls, self._sign_in, self._encoding, self._backoff())
        disk = await asyncio.to_thread(Disk, self._outbox) if self._outbox else None
        self._open = Link(connection, disk)
        try:
            await self._open.start()
        except BaseException:
            await self._open.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._entered.close()

    @property
    def me(self) -> dict[str, Any]:
        """Who the server takes this client for: person, handle, role, specialty, tier."""
        me: dict[str, Any] = self._entered.welcome["me"]
        return me

    @property
    def waiting(self) -> list[Frame]:
        """The commands that are not answered for good, oldest first within each room."""
        return self._entered.sending.waiting

    @property
    def refusals(self) -> Stream[Refusal]:
        """The commands that were refused while nobody waited for their answer."""
        return self._entered.sending.refusals

    @property
    def notices(self) -> Stream[Frame]:
        """Frames that concern no room and answer nothing (`notice`, `health` …); only the newest 1,000 are kept."""
        return self._entered.notices

    async def join(self, room: str, *, as_: As | None = None, after: Position | None = None) -> Room:
        """A seat, kept until `leave`, with the events after `after`. Raises `RefusedByServer`."""
        link = self._link
        seat = Room(room, as_, after)
        try:
            return await link.seats.enter(seat)
        except asyncio.CancelledError:
            self.leave(room)
            raise

    def leave(self, room: str) -> None:
        """Give the seat back; the stream of its events ends. Commands that still wait there will be refused."""
        link = self._link
        if (seat := link.seats.forget(room)) is not None:
            seat.left = "asked"
            seat.end()
            link.send({"t": "leave", "id": command_id(), "room": room})
            link.ask_for(room)

    async def step_up(self, room: str) -> None:
        """From viewer to contributor. Raises `RefusedByServer`, and `ConnectionLost`: then the next seat is it."""
        link = self._link
        seat = link.seats.room(room)
        if seat is not None:
            seat.as_ = "contribute"
        try:
            await link.questions.ask("step_up", room=room)
        except RefusedByServer:
            if seat is not None:
                seat.as_ = "follow"
            raise

    async def command(self, room: str, t: str, *, id: str | None = None, **fields: Any) -> Ack:
        """The answer to a command `t`, once it is on record; fields that are None are left out.

        Waits as long as it takes, across connections; to give up waiting does not take the command back. Raises
        `RefusedByServer`, `OSError` where the outbox cannot be written, `ValueError` for an `id` or frame that no
        server takes and for an `id` that waits already.
        """
        link = self._link
        frame = {"t": t, "id": id or command_id(), "room": room}
        frame |= {name: value for name, value in fields.items() if value is not None}
        self._check(frame)
        answer = link.sending.submit(frame)
        link.ask_for(room)
        return await answer

    async def post(self, room: str, text: str, **fields: Any) -> Ack:
        """Say something: kind, reply_to, contradicts, to, evidence, lang, not_identifying."""
        return await self.command(room, "post", text=text, **fields)

    async def corroborate(self, room: str, target: str, stance: Stance, **fields: Any) -> Ack:
        """Agree with, or dispute, the post `target`, or withdraw one's stance: note, evidence."""
        return await self.command(room, "corroborate", target=target, stance=stance, **fields)

    async def amend(self, room: str, target: str, text: str, **fields: Any) -> Ack:
        """Give one's own post another text, or other evidence: evidence, not_identifying."""
        return await self.command(room, "amend", target=target, text=text, **fields)

    async def retract(self, room: str, target: str, reason: str) -> Ack:
        """Take a post back; its place stays."""
        return await self.command(room, "retract", target=target, reason=reason)

    async def pin(self, room: str, target: str) -> Ack:
        """Keep a post in everybody's sight."""
        return await self.command(room, "pin", target=target)

    async def close(self, room: str, disposition: str, summary: str) -> Ack:
        """End the consult."""
        return await self.command(room, "close", disposition=disposition, summary=summary)

    def typing(self, room: str, on: bool) -> None:
        """Tell the other contributors; nobody is told while there is no connection."""
        self._link.send({"t": "typing", "room": room, "on": on})

    def seen(self, room: str, seq: int) -> None:
        """Tell the other contributors up to where one has read; nobody is told while there is no connection."""
        self._link.send({"t": "seen", "room": room, "seq": seq})

    def noticed(self, notice: str, how: Literal["delivered", "seen"]) -> None:
        """Say that a notice has come here, or was looked at; it comes again where that is lost."""
        self._link.send({"t": "noticed", "notice": notice, "how": how})

    async def watch(self, specialties: Sequence[str] = (), languages: Sequence[str] = ()) -> Stream[Frame]:
        """The `case` frames of the worklist from now on, also on later connections. Raises `RefusedByServer`."""
        link = self._link
        await link.worklist.watch(specialties, languages)
        return link.worklist.cases

    def unwatch(self) -> None:
        """No more `case` frames."""
        self._link.worklist.unwatch()

    async def open_case(self, key: str | None = None, /, **case: Any) -> str:
        """The id of the case that is opened; `case` is what `POST /api/cases` takes. Raises `RefusedByServer`.

        Asked again with the same key as long as no server answers; a repeat of `key` is the same case.
        """
        answer = await self._request("POST", "/api/cases", case, {"Idempotency-Key": key or command_id()})
        return str(answer["id"])

    async def get(self, path: str) -> Any:
        """What `GET` of `path` (`/api/archive/…`) answers. Raises `RefusedByServer`."""
        return await self._request("GET", path, None, {})

    @property
    def _entered(self) -> Link:
        if self._open is None:
            raise ClientClosed("Enter the client first: async with Client(…) as client.")
        return self._open

    @property
    def _link(self) -> Link:
        if self._entered.error is not None:
            raise self._entered.error
        return self._entered

    def _check(self, frame: Frame) -> None:
        if not _id.fullmatch(frame["id"]):
            raise ValueError("An id is 1 to 36 characters of A-Za-z0-9_-.")
        size = size_bytes(frame)
        if size > FRAME_BYTES:
            raise ValueError(f"A frame has at most {FRAME_BYTES} bytes; this one has {size}.")

    async def _request(self, method: str, path: str, content: Any, headers: dict[str, str]) -> Any:
        backoff = self._backoff()
        for url in cycle(self._urls):
            sent = self._sign_in.headers(url) | headers
            try:
                return await http.request(method, url.rstrip("/") + path, sent, content)
            except ConnectionLost:
                delay_s = backoff.delay_s()
            except RefusedByServer as error:
                if error.code not in COME_BACK:
                    raise
                delay_s = backoff.delay_s() if error.retry_after_ms is None else error.retry_after_ms / 1_000
            await asyncio.sleep(delay_s)
