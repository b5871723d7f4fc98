"""That one process serves an embedded database: two would hear each other late, and not of presence or typing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.commands.failures import Failure


@contextmanager
def claim(database: Path) -> Iterator[None]:
    """Be the one that serves `database`; the claim ends with the block, or with the process, however that ends.

    Raises `Failure` where another process has it.
    """
    beside = database.with_name(f"{database.name}.lock")
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY, 0o600)
    except OSError as error:
        raise Failure(f"{beside} cannot be made ({error.strerror}): let this process write to its folder.") from None
    try:
        _lock(descriptor, database)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Failure(
            f"{database} is served by another process: use or stop that one, or give this one its own CURBSIDE_VAR."
        ) from None
