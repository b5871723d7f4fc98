"""`curbside institution statement` and `check`: what an institution listened to in a month, signed."""

from pathlib import Path

import click

from web.commands.failures import Failure
from web.commands.sealed import keys_in
from web.commands.setup import load_settings, seal_key, signing_secret, written

SUFFIX = ".sig"


@click.command(short_help="Write what NAME listened to in a month, signed.")
@click.argument("name")
@click.argument("month", metavar="YYYY-MM")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The CSV file to write.")
def statement(name: str, month: str, out: Path) -> None:
    """Write what NAME listened to in a month, and beside it the signature of the archive's key, FILE.sig."""
    import msgspec

    from persistence.observers import statement as statements

    settings = load_settings()
    secret, key = signing_secret(settings), seal_key(settings)
    text = written(lambda sql: statements.statement(sql, name, month, secret))
    try:
        out.write_text(text, encoding="utf-8", newline="")
        signature = msgspec.json.encode(statements.signed(text, key))
        out.with_name(out.name + SUFFIX).write_bytes(signature + b"\n")
    except OSError as error:
        raise Failure(f"{out} cannot be written ({error.strerror}): give another file with --out.") from None
    click.echo(f"{out} and {out.name}{SUFFIX} are written: {text.count(chr(10)) - 2} stretches.")


@click.command("check-statement", short_help="Check a statement against its signature.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> None:
    """Check that a statement FILE is as it was signed, with FILE.sig beside it."""
    import msgspec

    from persistence.observers.statement import Signature, is_signed

    beside = file.with_name(file.name + SUFFIX)
    try:
        signature = msgspec.json.decode(beside.read_bytes(), type=Signature)
    except (OSError, msgspec.DecodeError):
        raise Failure(f"{beside} is missing or no signature: put it beside the statement.") from None
    try:
        fits = is_signed(file.read_text(encoding="utf-8"), signature)
    except UnicodeError:
        fits = False
    if not fits:
        raise Failure(f"{file} is not what was signed: ask for the statement again.")
    ours = any(key.public.hex() == signature.public_key for key in keys_in(load_settings().var))
    click.echo(f"{file}: whole, and signed by {'this server' if ours else f'the key {signature.public_key}'}.")
