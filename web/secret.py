"""The deployment's two secrets: given, or made once and kept in `var`."""

import os
from pathlib import Path
from secrets import token_hex
from typing import Final

from web.settings import SECRET_CHARS, InvalidSettings, Settings

SECRET_FILE: Final = "secret.key"
VAULT_FILE: Final = "vault.key"


def secret(settings: Settings) -> bytes:
    """What signs sessions and keys pseudonyms: `CURBSIDE_SECRET_KEY`, or what `VAR/secret.key` holds.

    Raises `InvalidSettings` where the file cannot be used.
    """
    return _kept(settings.secret_key, settings.var / SECRET_FILE, "all sessions end")


def vault_key(settings: Settings) -> bytes:
    """What encrypts identities: `CURBSIDE_VAULT_KEY`, else `CURBSIDE_SECRET_KEY`, else what `VAR/vault.key` holds.

    Raises as `secret` does.
    """
    given = settings.vault_key or settings.secret_key
    return _kept(given, settings.var / VAULT_FILE, "what the old one encrypted is lost")


def _kept(given: str | None, path: Path, loss: str) -> bytes:
    """What is `given`, or what is in `path`, made at random where it is missing."""
    if given is not None:
        return given.encode()
    try:
        if not path.exists():
            _make(path)
        kept = path.read_text().strip()
    except (OSError, UnicodeError):
        raise InvalidSettings(
            f"CURBSIDE_VAR is not usable: {path} cannot be read or made; let this process read the file and write to "
            "its folder, or give another folder."
        ) from None
    if len(kept) < SECRET_CHARS:
        raise InvalidSettings(
            f"{path} holds fewer than {SECRET_CHARS} characters: put the right file back, or remove it to have a new "
            f"one made ({loss})."
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
