"""The passphrase of a backup: from a file, the environment, or a person; never an argument, which others can see."""

import os
from pathlib import Path
from typing import Final

import click

from web.commands.asking import asked
from web.commands.failures import Failure

VARIABLE: Final = "CURBSIDE_BACKUP_PASSPHRASE"
# Whoever has the file may guess as long as they like.
PASSPHRASE_CHARS: Final = 15

_file = click.Path(exists=True, dir_okay=False, path_type=Path)

passphrase_file = click.option(
    "--passphrase-file", type=_file, help=f"Holds the passphrase.  [default: ask, or {VARIABLE}]"
)


def read(file: Path | None, *, new: bool) -> str:
    """The passphrase; a `new` one is asked for twice and has at least 15 characters. Raises `Failure`."""
    if file is not None:
        given = _content(file)
    else:
        instead = f"give --passphrase-file, or set {VARIABLE}"
        given = os.environ.get(VARIABLE) or asked("Passphrase", twice=new, instead=instead)
    if new and len(given) < PASSPHRASE_CHARS:
        raise Failure(f"A backup's passphrase has at least {PASSPHRASE_CHARS} characters: choose a longer one.")
    return given


def _content(file: Path) -> str:
    try:
        return file.read_text().rstrip("\r\n")
    except (OSError, UnicodeError):
        raise Failure(f"{file} cannot be read as text: name another file with --passphrase-file.") from None
