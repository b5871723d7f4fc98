"""What goes wrong with a file, as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Raises `ValueError`, which names `path`, for an `OSError` of the block: the database's own are another matter."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ValueError(f"{path} cannot be read or written ({why}): see to it, or name another place.") from error
