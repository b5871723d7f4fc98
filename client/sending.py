"""Commands on their way: in each room one at a time, in order, the same one again until it is answered for good."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from client.disk import Disk
from client.errors import OutboxOfAnother, RefusedByServer
from client.frames import Frame
from client.stream import Stream

COME_BACK: Final = frozenset({"unavailable", "rate_limited"})
"""Refusals that say: the same id again, later."""
COME_BACK_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Ack:
    """The command is on record: its first event is number `seq` of its room, made at `at` (Unix ms).

    `duplicate`: it was already. `seq` and `at` are None of what makes no event.
    """

    id: str
    seq: int | None = None
    at: int | None = None
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command was refused while nobody waited for its answer: an earlier run sent it, or the waiting was given up."""

    command: Frame = field(repr=False)
    error: RefusedByServer


class Sending:
    """The commands that wait, per room, and who waits for their answers.

    Of each room only the oldest is on its way. Sent before the answer, the next could overtake one that is told to
    come back: an amendment its post, the close the last words.
    """

    def __init__(self, disk: Disk | None, send: Callable[[Frame], None]) -> None:
        self._disk = disk
        self._send = send
        self._person = ""
        self._connected = False
        self._rooms: dict[str, dict[str, Frame]] = {}
        self._open: set[str] = set()
        self._flying: dict[str, Frame] = {}
        self._coming_back: dict[str, asyncio.TimerHandle] = {}
        self._answers: dict[str, asyncio.Future[Ack]] = {}
        self._storing: set[asyncio.Task[None]] = set()
        self.refusals: Stream[Refusal] = Stream()
        for _, command in disk.found if disk else ():
            self._wait(command)

    @property
    def waiting(self) -> list[Frame]:
        """The commands that are not answered for good, oldest first within each room."""
        return [command for commands in self._rooms.values() for command in commands.values()]

    def submit(self, command: Frame) -> "asyncio.Future[Ack]":
        """The coming answer; to give up on it takes nothing back. Raises `ValueError` for an id that waits already."""
        name = command["id"]
        if name in self._answers or any(name in commands for commands in self._rooms.values()):
            raise ValueError(f"The command {name} is on its way already.")
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        if self._disk is None:
            self._stored(command)
        else:
            task = asyncio.create_task(self._store(self._disk, command))
            self._storing.add(task)
            task.add_done_callback(self._storing.discard)
        return answer

    def connected(self, person: str) -> None:
        """The server takes this client for `person`. Raises `OutboxOfAnother`."""
        self._person, self._connected = person, True
        if self._disk is not None and any(author != person for author, _ in self._disk.found):
            raise OutboxOfAnother(
                "The outbox holds commands of another person. Give each person an outbox of their own."
            )

    @property
    def asked(self) -> set[str]:
        """The rooms of the commands that were given in since the client was made."""
        return {command["room"] for command in self.waiting if command["id"] in self._answers}

    def ready(self, room: str) -> None:
        """The server can answer commands for `room` now: there is a seat, or there will never be one."""
        if self._connected:
            self._open.add(room)
            self._next(room)

    def away(self) -> None:
        """The connection is gone; nothing is on its way."""
        self._connected = False
        for timer in self._coming_back.values():
            timer.cancel()
        self._coming_back.clear()
        self._flying.clear()
        self._open.clear()

    def acked(self, frame: Frame) -> None:
        """Take an `ack`; one of what is not on its way says nothing new."""
        command = self._flown(frame["re"])
        if command is None:
            return
        answer = self._settled(command)
        if answer is not None:
            ack = Ack(command["id"], frame.get("seq"), frame.get("at"), frame.get("duplicate", False))
            answer.set_result(ack)

    def refused(self, command_id: str, error: RefusedByServer) -> None:
        """Take an `error`: come back later, or never."""
        command = self._flown(command_id)
        if command is None:
            return
        if error.code in COME_BACK:
            self._come_back(command, (error.retry_after_ms or COME_BACK_MS) / 1_000)
        elif (answer := self._settled(command)) is not None:
            answer.set_exception(error)
        else:
            self.refusals.put(Refusal(command, error))

    def fail(self, error: Exception) -> None:
        """Nothing will be answered any more."""
        self.away()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(error)
        self._answers.clear()
        self.refusals.end()

    async def stored(self) -> None:
        """Return once the outbox holds all that was given in."""
        await asyncio.gather(*self._storing, return_exceptions=True)

    async def _store(self, disk: Disk, command: Frame) -> None:
        try:
            await disk.add(self._person, command)
        except (OSError, TypeError, ValueError) as error:  # the disk, or what JSON cannot say and msgpack can
            answer = self._answers.pop(command["id"], None)
            if answer is not None and not answer.done():
                answer.set_exception(error)
        else:
            self._stored(command)

    def _stored(self, command: Frame) -> None:
        self._wait(command)
        self._next(command["room"])

    def _wait(self, command: Frame) -> None:
        self._rooms.setdefault(command["room"], {})[command["id"]] = command

    def _next(self, room: str) -> None:
        if room in self._open and room not in self._flying and room in self._rooms:
            command = self._flying[room] = next(iter(self._rooms[room].values()))
            self._send(command)

    def _come_back(self, command: Frame, after_s: float) -> None:
        timer = asyncio.get_running_loop().call_later(after_s, self._send, command)
        if (earlier := self._coming_back.get(command["room"])) is not None:
            earlier.cancel()
        self._coming_back[command["room"]] = timer

    def _flown(self, command_id: str) -> Frame | None:
        return next((command for command in self._flying.values() if command["id"] == command_id), None)

    def _settled(self, command: Frame) -> "asyncio.Future[Ack] | None":
        """Forget `command`, send the next. The future of who still waits for its answer."""
        room, name = command["room"], command["id"]
        del self._flying[room], self._rooms[room][name]
        if not self._rooms[room]:
            del self._rooms[room]
        if self._disk is not None:
            self._disk.remove(name)
        self._next(room)
        answer = self._answers.pop(name, None)
        return answer if answer is not None and not answer.done() else None
