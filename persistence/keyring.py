"""The public keys that this server has signed seals with: the one in use, and those that were retired.

A retired key signs nothing any more: its private half is gone. Its public half is kept for ever, so that what it has
signed is still known as this server's.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from persistence.disk import move, write_out
from persistence.seal import KEY_FILE, key_id, new_key, open_key

RETIRED_FILE: Final = "seal-keys.json"


class KnownKey(msgspec.Struct, frozen=True):
    """A public key (64 hex digits) with the days on which it was made and, unless it is in use, retired (ISO 8601)."""

    public_key: str
    made_on: str
    retired_on: str | None = None

    @property
    def public(self) -> bytes:
        """The 32 bytes."""
        return bytes.fromhex(self.public_key)

    @property
    def id(self) -> str:
        """What seals call it."""
        return key_id(self.public)


def known_keys(folder: Path) -> list[KnownKey]:
    """The keys of the server whose `var` is `folder`, the newest first. It makes none.

    Raises `OSError`, or `ValueError` where a file is not what it should be.
    """
    retired = _retired(folder)
    if not (folder / KEY_FILE).exists():
        return retired[::-1]
    current = _current(folder)
    return [current, *(key for key in reversed(retired) if key.public_key != current.public_key)]


def rotate(folder: Path, now: datetime) -> KnownKey:
    """Put a new key in the place of the one in use, which is retired; the new one. Raises `OSError`, `ValueError`.

    The old public key is on disk for good before the old private one goes: killed in between, one key is in both
    places, which does no harm.
    """
    old = _current(folder)
    retired = [key for key in _retired(folder) if key.public_key != old.public_key]
    _write(folder / RETIRED_FILE, [*retired, msgspec.structs.replace(old, retired_on=_day(now))])
    beside = folder / f"{KEY_FILE}.new"
    new_key(beside)
    move(beside, folder / KEY_FILE)
    return _current(folder)


def _current(folder: Path) -> KnownKey:
    key = open_key(folder)
    made_s = (folder / KEY_FILE).stat().st_mtime
    return KnownKey(key.public.hex(), _day(datetime.fromtimestamp(made_s, UTC)))


def _retired(folder: Path) -> list[KnownKey]:
    try:
        data = (folder / RETIRED_FILE).read_bytes()
    except FileNotFoundError:
        return []
    try:
        keys = msgspec.json.decode(data, type=list[KnownKey])
        if any(len(key.public) != 32 for key in keys):
            raise ValueError
    except (msgspec.DecodeError, ValueError):
        raise ValueError(f"{RETIRED_FILE} is not what was written there. Put the right file back.") from None
    return keys


def _write(path: Path, keys: list[KnownKey]) -> None:
    beside = path.with_name(f"{path.name}.new")
    write_out(beside, msgspec.json.format(msgspec.json.encode(keys), indent=1) + b"\n")
    move(beside, path)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
