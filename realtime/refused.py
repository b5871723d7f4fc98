"""The audit line of a command that its author may not give."""

from realtime.ports import Audit
from realtime.rooms.refusals import Refusal
from realtime.socket import Connection
from realtime.wire.client import ClientFrame


def note_refused(audit: Audit, connection: Connection, frame: ClientFrame, refusal: Refusal) -> None:
    """Note who was refused what, where and why: by the names of the code, never by what was written."""
    detail = f"{type(frame).__name__} {refusal.name}"
    room = getattr(frame, "room", "")
    audit.note("command_refused", connection.person.id, room, detail, outcome="refused", where=connection.address)
