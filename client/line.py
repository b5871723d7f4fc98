"""What carries frames to the server and back, until it ends."""

from collections.abc import Sequence
from typing import Protocol

from client.frames import Encoding, Frame


class LineClosed(Exception):
    """The line is over. `code`: the close code that the server gave, None where it gave none."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(f"closed ({code})")
        self.code = code


class LineRefused(Exception):
    """There is no line. `status`: of the HTTP answer that came instead of one.

    `ours`: our server said it, in a problem document; what else stands on the way has none.
    """

    def __init__(self, status: int, *, ours: bool) -> None:
        super().__init__(f"refused (HTTP {status})")
        self.status = status
        self.ours = ours


class Line(Protocol):
    """An open line."""

    encoding: Encoding

    async def receive(self) -> Frame:
        """The next frame. Raises `LineClosed`, `ProtocolError`."""

    async def send(self, messages: Sequence[bytes | str]) -> None:
        """Send these, encoded, in their order. What is sent to a line that is ending may be lost: `receive` says so.

        Raises `LineClosed` where `receive` may not.
        """

    async def close(self) -> None:
        """Hang up."""

    def abort(self) -> None:
        """Let `close` wait for nobody: the other side has fallen silent."""
