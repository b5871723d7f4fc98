"""The archive files that a person names at a terminal, and whose keys signed them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from web.commands.failures import Failure
from web.commands.setup import load_settings

if TYPE_CHECKING:
    from persistence.archive import Archived
    from persistence.keyring import KnownKey
    from persistence.seal import AnySeal

KEY_BYTES: Final = 32


class Named(NamedTuple):
    """The files of what was named, in order, and the keys of this server, where a case of its own was named."""

    files: list[Path]
    known: list["KnownKey"]


def named(case_or_file: str) -> Named:
    """What `case_or_file` stands for: a file, or all files of a case in this server's archive. Raises `Failure`."""
    from persistence.archive import file_name, files_of

    path = Path(case_or_file)
    if path.is_file():
        return Named([path], [])
    settings = load_settings()
    if not re.fullmatch(r"[\w-]+", case_or_file):
        return Named([path], [])
    found = files_of(settings.archive, case_or_file)
    return Named(found or [settings.archive / file_name(case_or_file)], keys_in(settings.var))


def keys_in(folder: Path) -> list["KnownKey"]:
    """The keys of the server whose `var` is `folder`; none on another machine. Raises `Failure`."""
    from persistence.keyring import known_keys

    try:
        return known_keys(folder)
    except (OSError, ValueError) as error:
        raise Failure(f"The keys in {folder} cannot be read: put them back ({_said(error)}).") from None


def opened(path: Path) -> "Archived":
    """What an archive file holds. Raises `Failure` where it cannot be read, `ValueError` where it is none."""
    from persistence.archive import read

    try:
        return read(path)
    except OSError as error:
        raise Failure(f"{path} cannot be read ({error.strerror}): give the id of a sealed case, or a file.") from None


def expected_key(seal: "AnySeal", given: bytes | None, known: Sequence["KnownKey"]) -> bytes | None:
    """The key that a seal must have: the one given, or any of the server's; None where there are none."""
    ours = next((key.public for key in known if key.public == seal.public_key), None)
    return given or ours or (known[0].public if known else None)


def whose(seal: "AnySeal", given: bytes | None, known: Sequence["KnownKey"]) -> str:
    """In a few words, whose key signed a seal that has been verified."""
    if given is not None:
        return "with the key that was expected"
    ours = next((key for key in known if key.public == seal.public_key), None)
    return f"with this server's key of {ours.made_on}" if ours else "with the key that it names itself"


def key_from(text: str | None) -> bytes | None:
    """The public key that was given as hex digits. Raises `Failure`."""
    if text is None:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Failure(f"--key is not valid: give {2 * KEY_BYTES} hex digits.")
    return key


def _said(error: OSError | ValueError) -> str:
    return str(error.strerror) if isinstance(error, OSError) else type(error).__name__
