"""`curbside archive verify-awards`: that awards are what was committed to before the case was closed."""

from pathlib import Path

import click

from web.commands.failures import Failure
from web.commands.sealed import expected_key, key_from, named, opened

_file = click.Path(dir_okay=False, path_type=Path)


@click.command("verify-awards", short_help="Check awards against a sealed case.")
@click.argument("case_or_file", metavar="CASE|FILE")
@click.argument("answer", type=_file)
@click.option("--payer", metavar="NAME", help="Who gave the awards, where the answer does not say it.")
@click.option("--key", metavar="HEX", help="The public key to expect.  [default: for a CASE, any of this server's]")
def verify_awards(case_or_file: str, answer: Path, payer: str | None, key: str | None) -> None:
    """Check ANSWER, a file with what `GET /api/cases/{id}/awards` gave, against the archive of CASE, or a FILE of it.

    The archive is verified first. Each award whose payer is known is committed to again, and the chain is made again.
    """
    from persistence.awards.proof import answer_from, judge_awards
    from persistence.verdict import judge

    given = key_from(key)
    files, known = named(case_or_file)
    try:
        told = answer_from(answer.read_bytes())
        archived = opened(files[0])
    except OSError as error:
        raise Failure(f"{answer} cannot be read ({error.strerror}): give the answer as it came.") from None
    except ValueError as error:
        raise Failure(str(error)) from None
    verdict = judge(archived, expected_key(archived.manifest, given, known))
    if verdict.wrong is None:
        verdict = judge_awards(told, archived.records, payer)
    if verdict.wrong is not None:
        click.echo(f"{answer}: {verdict.wrong}", err=True)
        raise SystemExit(1)
    made = sum(one.payer is not None or payer is not None for one in told.awards)
    click.echo(f"{answer}: {len(told.commitments)} awards as the case revealed them, {made} of them made again.")
