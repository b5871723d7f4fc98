"""The deployment's secret: given, or made once and kept in `var`."""

import os
from pathlib import Path
from secrets import token_hex
from typing import Final

from web.settings import SECRET_CHARS, InvalidSettings, Settings

SECRET_FILE: Final = "secret.key"


def secret(settings: Settings) -> bytes:
    """`CURBSIDE_SECRET_KEY`, or what `VAR/secret.key` holds, made at random where it is missing.

    Raises `InvalidSettings` where the file cannot be used.
    """
    if settings.secret_key is not None:
        return settings.secret_key.encode()
    path = settings.var / SECRET_FILE
    try:
        if not path.exists():
            _make(path)
        kept = path.read_text().strip()
    except (OSError, UnicodeError):
        raise InvalidSettings(
            f"CURBSIDE_VAR is not usable: {path} cannot be read or made, give a folder that this process may write to."
        ) from None
    if len(kept) < SECRET_CHARS:
        raise InvalidSettings(
            f"{path} holds fewer than {SECRET_CHARS} characters: remove it to have a new one made (all sessions end)."
        )
    return kept.encode()


def _make(path: Path) -> None:
    """Written aside and linked into place, so that of two processes that start together both read the same."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{token_hex(4)}")
    with open(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
