"""Switching off what keeps a node and the lines to its clients in order."""

import signal
from inspect import signature
from typing import Any, Final

from drill.patching import Gone, replace, set_constant

NEVER_S: Final = 1_000_000.0
NO_LIMIT_BYTES: Final = 1 << 30


def _abort() -> None:
    """Who does not read, and who is silent, keeps the connection."""
    for constant in ("SILENCE_S", "STALLED_S"):
        set_constant(f"realtime.connections:{constant}", NEVER_S, read_by="realtime.connections:Connections.look_at")


def _user_timeout() -> None:
    """The kernel waits for as long as it likes for what was sent to be acknowledged."""

    def made(options: dict[str, int]) -> dict[str, int]:
        if "TCP_USER_TIMEOUT" not in options:
            raise Gone("web.commands.serve:_PATIENCE does not set TCP_USER_TIMEOUT any more.")
        return {name: value for name, value in options.items() if name != "TCP_USER_TIMEOUT"}

    replace("web.commands.serve:_PATIENCE", made)


def _drain() -> None:
    """Told to end, a node says goodbye to nobody."""

    async def dropped(connections: Any) -> None:
        for connection in connections:
            connection.abort()

    replace("realtime.connections:Connections.drain", lambda _: dropped)


def _signals() -> None:
    """Told to end a second time, a node dies of it."""

    def made(handle_exit: Any) -> Any:
        def handled(server: Any, number: int, frame: Any) -> None:
            signal.signal(number, signal.SIG_DFL)
            handle_exit(server, number, frame)

        return handled

    replace("uvicorn.server:Server.handle_exit", made)


def _size() -> None:
    """A message may be as large as it likes, also once it is inflated."""

    def made(begin: Any) -> Any:
        if "most_bytes" not in signature(begin).parameters:
            raise Gone("realtime.parsing:Parsing has no limit any more: mend the patch of it in drill/.")
        return lambda parsing, deflate, most_bytes=0: begin(parsing, deflate, NO_LIMIT_BYTES)

    replace("realtime.parsing:Parsing.__init__", made)


def _reassembly() -> None:
    """What comes in one portion is taken for whole frames."""
    replace("realtime.parsing:Parsing.between_messages", lambda _: property(lambda parsing: True))
    replace("realtime.socket:take_back", lambda _: lambda parsing: None)


def _provisional() -> None:
    """What waits to be put on record is shown to nobody meanwhile."""
    replace("realtime.provisional:Provisionals.begun", lambda _: lambda provisionals: None)
    replace("realtime.provisional:Provisionals.failed", lambda _: lambda provisionals, batch: None)


LINES: Final = {
    "abort": _abort,
    "user_timeout": _user_timeout,
    "drain": _drain,
    "signals": _signals,
    "size": _size,
    "reassembly": _reassembly,
    "provisional": _provisional,
}
