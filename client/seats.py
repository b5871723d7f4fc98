"""The rooms that a client wants to sit in, whatever becomes of its connections."""

import asyncio
from collections.abc import Callable

from client.errors import ClientClosed, RefusedByServer
from client.frames import Frame
from client.ids import command_id
from client.room import Room
from client.sending import COME_BACK, COME_BACK_MS


class Seats:
    """Joins rooms, joins them again on each new connection, and gives each what is sent to it.

    `ready(room)` is called when commands for a room can be answered.
    """

    def __init__(self, send: Callable[[Frame], None], ready: Callable[[str], None]) -> None:
        self._send = send
        self._ready = ready
        self._rooms: dict[str, Room] = {}
        self._joins: dict[str, str] = {}
        self._entries: dict[str, asyncio.Future[Room]] = {}
        self._coming_back: dict[str, asyncio.TimerHandle] = {}

    def enter(self, room: Room) -> "asyncio.Future[Room]":
        """The coming seat. Raises `ValueError` where there is one, or will be."""
        if room.id in self._rooms:
            raise ValueError(f"Room {room.id} is joined already.")
        self._rooms[room.id] = room
        entry = self._entries[room.id] = asyncio.get_running_loop().create_future()
        self._join(room)
        return entry

    def room(self, room: str) -> Room | None:
        """The room of this id, if there is a seat in it or will be."""
        return self._rooms.get(room)

    def forget(self, room: str) -> Room | None:
        """The seat is given up, if there is one: nothing more is taken for it, nothing is joined again."""
        self._joins = {name: of for name, of in self._joins.items() if of != room}
        if (timer := self._coming_back.pop(room, None)) is not None:
            timer.cancel()
        self._entries.pop(room, None)
        return self._rooms.pop(room, None)

    def connected(self) -> None:
        """There is a connection: take all seats."""
        self._joins.clear()
        for room in self._rooms.values():
            self._join(room)

    def disconnected(self) -> None:
        """The connection is gone, and every seat with it."""
        self._joins.clear()
        for timer in self._coming_back.values():
            timer.cancel()
        self._coming_back.clear()
        for room in self._rooms.values():
            room.seated = False

    def joined(self, frame: Frame) -> None:
        """Take a `joined`. Raises `ProtocolError`."""
        if (room := self._asked(frame["re"])) is not None:
            room.joined(frame)
            entry = self._entries.pop(room.id, None)
            if entry is not None and not entry.done():
                entry.set_result(room)
            self._ready(room.id)

    def received(self, frame: Frame) -> None:
        """Take a frame of a room; without a seat there it is an echo of the last one. Raises `ProtocolError`."""
        room = self._rooms.get(frame["room"])
        if room is not None and room.seated:
            room.received(frame)

    def left(self, frame: Frame) -> None:
        """Take a `left`: the seat is gone, by whoever's wish."""
        room = self._rooms.get(frame["room"])
        if room is not None and room.seated:
            self.forget(room.id)
            room.left = frame["code"]
            room.end()

    def refused(self, join_id: str, error: RefusedByServer) -> bool:
        """Take the `error` that answers a join; whether it does."""
        room = self._asked(join_id)
        if room is None:
            return False
        if error.code in COME_BACK:
            after_s = (error.retry_after_ms or COME_BACK_MS) / 1_000
            self._coming_back[room.id] = asyncio.get_running_loop().call_later(after_s, self._join, room)
        else:
            self._shut(room, error)
            # Asked without a seat, the server itself refuses what still waits, or says that it is on record.
            self._ready(room.id)
        return True

    def fail(self, error: Exception) -> None:
        """No seat will be taken any more, and every stream ends."""
        for room in list(self._rooms.values()):
            self._shut(room, error)

    def _join(self, room: Room) -> None:
        name = command_id()
        self._joins[name] = room.id
        self._send(room.join(name))

    def _asked(self, join_id: str) -> Room | None:
        return self._rooms.get(self._joins.pop(join_id, ""))

    def _shut(self, room: Room, error: Exception) -> None:
        entry = self._entries.get(room.id)
        self.forget(room.id)
        room.end(None if isinstance(error, ClientClosed) else error)
        if entry is not None and not entry.done():
            entry.set_exception(error)
