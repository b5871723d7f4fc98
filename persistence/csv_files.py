"""Large files of comma-separated values, as registers publish them: a CSV, or a ZIP with one in it, read in pieces."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

READ_BYTES: Final = 1_048_576
# NPPES has some 330 columns; a field of 131,072 characters is the csv module's limit.
_MOST_LINE_BYTES: Final = 1_048_576


class NotThisFile(ValueError):
    """The file is not laid out as said, or cannot be read: one sentence."""


def bounded(text: IO[str]) -> Iterator[str]:
    """Lines one after another: one without an end must not fill the memory."""
    while line := text.readline(_MOST_LINE_BYTES):
        if "\0" in line:  # no database keeps it in every text, and no register means it
            raise UnicodeError
        yield line


@contextmanager
def opened(file: Path, encoding: str, digest: "hashlib._Hash") -> Iterator[IO[str]]:
    """The file as text, once all of it has gone through `digest`; of a ZIP the largest file in it."""
    try:
        with file.open("rb") as raw:
            for piece in iter(lambda: raw.read(READ_BYTES), b""):
                digest.update(piece)
        if not zipfile.is_zipfile(file):
            with file.open("r", encoding=encoding, newline="") as text:
                yield text
            return
        with zipfile.ZipFile(file) as packed:
            largest = max(packed.infolist(), key=lambda one: one.file_size)
            with packed.open(largest) as content:
                yield io.TextIOWrapper(content, encoding, newline="")
    except LookupError:
        raise NotThisFile(f"There is no encoding `{encoding}`: set `encoding`.") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise NotThisFile(f"{file.name} cannot be read: give a CSV file, or a ZIP with one in it.") from error
