"""What is said to those whose frame is refused, and the audit line of a command that its author may not give."""

from realtime.closing import TOO_OFTEN
from realtime.errors import Unavailable
from realtime.ports import Audit
from realtime.rooms.refusals import ErrorCode, Refusal
from realtime.socket import Connection
from realtime.wire.client import ClientFrame
from realtime.wire.server import Error


def note_refused(audit: Audit, connection: Connection, frame: ClientFrame, refusal: Refusal) -> None:
    """Note who was refused what, where and why: by the names of the code, never by what was written."""
    detail = f"{type(frame).__name__} {refusal.name}"
    room = getattr(frame, "room", "")
    audit.note("command_refused", connection.person.id, room, detail, outcome="refused", where=connection.address)


def tell_to_wait(connection: Connection, frame: ClientFrame, wait_ms: int, too_often: bool) -> None:
    """Say when to send the same again; whoever is told so too often is hung up on."""
    if too_often:
        connection.close(*TOO_OFTEN)
    else:
        message = "Too much at once. Send the same id again after the wait."
        tell_error(connection, frame, "rate_limited", message, wait_ms)


def tell_away(connection: Connection, frame: ClientFrame, away: Unavailable) -> None:
    """Say that `frame` may be sent again, and when."""
    tell_error(connection, frame, away.code, str(away), away.retry_after_ms)


def tell_error(
    connection: Connection, frame: ClientFrame, code: ErrorCode, message: str, retry_after_ms: int | None = None
) -> None:
    """Say that nothing came of `frame`, and why."""
    re = getattr(frame, "id", None)
    connection.send(Error(re=re, code=code, message=message, retry_after_ms=retry_after_ms))
