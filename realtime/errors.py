"""What can go wrong on the live side: one tree, each with its wire code and, where it ends a connection, how."""

from realtime.rooms.refusals import ErrorCode


class CurbsideError(Exception):
    """Root of the tree. `code` is the wire's; `close_code` is set where the connection ends with it."""

    code: ErrorCode = "unavailable"
    close_code: int | None = None


class Conflict(CurbsideError):
    """The journal's head of this room is not the one that was named, or an id is taken: catch up, decide again."""

    code: ErrorCode = "conflict"


class Gap(CurbsideError):
    """An event is not the next one: fill from the journal."""


class Unavailable(CurbsideError):
    """Journal or backplane is away. The same command may be sent again, with the same id."""

    def __init__(self, message: str = "The record cannot be written just now. Send the same id again.") -> None:
        super().__init__(message)
        self.retry_after_ms = 1_000


class NotAFrame(CurbsideError):
    """The bytes are no map with `t`."""

    code: ErrorCode = "bad_frame"
    close_code = 4400


class BadFrame(CurbsideError):
    """A frame that was understood and is not valid. `re` is its id where it could be read."""

    def __init__(self, message: str, re: str | None = None, code: ErrorCode = "bad_frame") -> None:
        super().__init__(message)
        self.re = re
        self.code = code
