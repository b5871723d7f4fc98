"""Which errors say that a database does not take a value, now or later: what else was sent with it is tried alone."""

import sqlite3

from sqlalchemy.exc import DBAPIError

# Classes of SQLSTATE: a value that its type does not have, such as a text with U+0000; a broken constraint.
CLASSES = ("22", "23")
PLAIN = (sqlite3.DataError, sqlite3.IntegrityError, OverflowError, UnicodeError)


def refused(error: Exception) -> bool:
    """Whether it is of a value that `error` tells, rather than of a statement, the server or the disk."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(origin, PLAIN) or str(getattr(origin, "sqlstate", None)).startswith(CLASSES)
