"""The log: one line a record on stderr, with the place of an error but never its text.

The text of an exception may hold what a patient or a doctor wrote, or a row of the database.
"""

import logging
import sys
import traceback
from types import TracebackType

# What uvicorn tells of its own life; ours says when it is ready.
_quiet = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "alembic")

# Their further lines may have the text of an exception: the repr of a task, the traceback of a start that failed.
_telling = ("asyncio", "uvicorn.error")

# asyncpg says it to a future that nobody reads where its connection was given up before it was one: by a time limit.
_given_up = ("unexpected connection_lost() call",)


def configure(level: str) -> None:
    """Send everything at `level` (debug, info, warning, error, critical) or above to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_is_news)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _quiet:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def place(error: BaseException) -> str:
    """The class of `error` and where it was raised, as one line without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__module__}.{type(error).__qualname__} at {where or 'no frame'}"


def _is_news(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not (record.name == "asyncio" and isinstance(error, ConnectionError) and error.args == _given_up)


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if record.name in _telling:
            record = logging.makeLogRecord({**record.__dict__, "msg": record.getMessage().split("\n")[0], "args": ()})
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return place(ei[1]) if ei[1] is not None else ""
