"""What comes goes to whom it concerns; what was lost with a connection is asked for again on the next."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from client.connection import Connection
from client.disk import Disk
from client.errors import ClientClosed, ProtocolError, RefusedByServer
from client.frames import Frame
from client.questions import Questions
from client.seats import Seats
from client.sending import Sending
from client.stream import Stream
from client.worklist import Worklist

MOST_NOTICES: Final = 1_000


class Link:
    """A connection and all that goes over it. `notices`: the frames that concern no room and answer nothing."""

    def __init__(self, connection: Connection, disk: Disk | None) -> None:
        self._connection = connection
        self._disk = disk
        self._run: asyncio.Task[None] | None = None
        self._greeted = asyncio.get_running_loop().create_future()
        self.error: Exception | None = None
        self.send = connection.send
        self.welcome: Frame = {}
        self.questions = Questions(connection.send)
        self.sending = Sending(disk, connection.send)
        self.seats = Seats(connection.send, self.sending.ready)
        self.worklist = Worklist(connection.send)
        self.notices: Stream[Frame] = Stream(MOST_NOTICES)
        of_a_room = self.seats.received
        self._takers: Mapping[str, Callable[[Frame], None]] = {
            "ack": self._acked,
            "error": self._refused,
            "joined": self.seats.joined,
            "left": self.seats.left,
            "case": self.worklist.cases.put,
            **dict.fromkeys(
                ("event", "events", "caught_up", "typing", "presence", "provisional", "disclosed"), of_a_room
            ),
        }

    async def start(self) -> None:
        """Return once the server has greeted. Raises what ends the link for good."""
        self._run = asyncio.create_task(self._stay())
        await self._greeted

    async def close(self) -> None:
        """Say goodbye, give the outbox back, end all streams; what still waits gets `ClientClosed`."""
        if self._run is not None:
            self._run.cancel()
            await asyncio.gather(self._run, return_exceptions=True)
        await self.sending.stored()
        self._fail(ClientClosed("The client was closed."))
        if self._disk is not None:
            await self._disk.close()

    def connected(self, welcome: Frame) -> None:
        """Take up again what the last connection left. Raises `OutboxOfAnother`."""
        self.welcome = welcome
        self.sending.connected(welcome["me"]["person"])
        self.questions.connected()
        self.seats.connected()
        self.worklist.connected()
        for room in self.sending.asked:
            self.ask_for(room)
        if not self._greeted.done():
            self._greeted.set_result(None)

    def received(self, frame: Frame) -> None:
        """Pass a frame on. Raises `ProtocolError`."""
        try:
            self._takers.get(frame["t"], self.notices.put)(frame)
        except (KeyError, TypeError) as error:
            raise ProtocolError(f"The server's `{frame['t']}` is not what the protocol says.") from error

    def disconnected(self) -> None:
        """Tell all that the connection is gone."""
        self.sending.away()
        self.seats.disconnected()
        self.worklist.disconnected()
        self.questions.disconnected()

    def ask_for(self, room: str) -> None:
        """Let commands go where no seat is to be waited for: the server refuses them, or says they are on record."""
        if self.seats.room(room) is None:
            self.sending.ready(room)

    async def _stay(self) -> None:
        try:
            await self._connection.run(self)
        except Exception as error:
            self._fail(error)

    def _acked(self, frame: Frame) -> None:
        self.sending.acked(frame)
        self.questions.answered(frame)
        self.worklist.acked(frame["re"])

    def _refused(self, frame: Frame) -> None:
        name = frame.get("re")
        if name is None:
            self.notices.put(frame)
            return
        error = RefusedByServer(
            frame["code"],
            frame["message"],
            frame.get("retry_after_ms"),
            spans=frame.get("spans"),
            field=frame.get("field"),
        )
        for part in (self.sending, self.seats, self.questions, self.worklist):
            part.refused(name, error)

    def _fail(self, error: Exception) -> None:
        self.error = self.error or error
        for part in (self.sending, self.seats, self.questions, self.worklist):
            part.fail(error)
        self.notices.end(None if isinstance(error, ClientClosed) else error)
        if not self._greeted.done():
            self._greeted.set_exception(error)
