"""`curbside archive verify`: every seal of a case, or one archive file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.sealed import expected_key, key_from, named, opened, whose

if TYPE_CHECKING:
    from persistence.seal import AnySeal


@click.command(short_help="Check a sealed case, or an archive file.")
@click.argument("case_or_file", metavar="CASE|FILE")
@click.option("--key", metavar="HEX", help="The public key to expect.  [default: for a CASE, any of this server's]")
def verify(case_or_file: str, key: str | None) -> None:
    """Check the archive of CASE, or an archive FILE: signature, Merkle root and every link of the chain.

    Of a CASE, each addendum is checked too, and that it stands on the seal before it.
    """
    from persistence.verdict import follows, judge

    given = key_from(key)
    files, known = named(case_or_file)
    before: list[AnySeal] = []
    for path in files:
        try:
            archived = opened(path)
        except ValueError as error:
            _wrong(path, str(error))
        seal = archived.manifest
        verdict = judge(archived, expected_key(seal, given, known))
        if verdict.wrong is None and not Path(case_or_file).is_file():
            verdict = follows(seal, before)
        if verdict.wrong is not None:
            _wrong(path, verdict.wrong)
        before.append(seal)
        which = f" (addendum {seal.number}, events {seal.start.seq + 1} to {seal.upto})" if seal.number else ""
        click.echo(f"{path}: whole{which}, and signed {whose(seal, given, known)}.")


def _wrong(path: Path, sentence: str) -> None:
    click.echo(f"{path}: {sentence}", err=True)
    raise SystemExit(1)
