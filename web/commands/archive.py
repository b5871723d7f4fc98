"""`curbside archive`: proving that a sealed case is what was sealed."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from web.commands.failures import Failure
from web.commands.setup import load_settings, seal_key

if TYPE_CHECKING:
    from web.settings import Settings

KEY_BYTES: Final = 32


@click.group()
def archive() -> None:
    """Work with sealed cases."""


@archive.command()
@click.argument("case_or_file", metavar="CASE|FILE")
@click.option("--key", metavar="HEX", help="The public key to expect.  [default: for a CASE, this server's]")
def verify(case_or_file: str, key: str | None) -> None:
    """Check the archive of CASE, or an archive FILE: signature, Merkle root and every link of the chain."""
    from persistence.archive import verify as verified

    path = Path(case_or_file)
    expected = _key(key)
    if not path.is_file():
        settings = load_settings()
        path = settings.archive / f"{case_or_file}.curbside"
        expected = expected or _own_key(settings)
    try:
        verdict = verified(path, expected)
    except OSError as error:
        raise Failure(f"{path} cannot be read ({error.strerror}): give the id of a sealed case, or a file.") from None
    if verdict.wrong is not None:
        click.echo(f"{path}: {verdict.wrong}", err=True)
        raise SystemExit(1)
    whose = "with the key that was expected" if expected else "with the key that it names itself"
    click.echo(f"{path}: whole, and signed {whose}.")


def _key(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Failure(f"--key is not valid: give {2 * KEY_BYTES} hex digits.")
    return key


def _own_key(settings: "Settings") -> bytes | None:
    from persistence.seal import KEY_FILE

    # On another machine there is none, and it must not be made here.
    return seal_key(settings).public if (settings.var / KEY_FILE).exists() else None
