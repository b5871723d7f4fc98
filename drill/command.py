"""`curbside drill`: break a deployment in every known way, and check that nothing promised is lost."""

import asyncio
import json
import secrets
import signal
import tempfile
from collections.abc import Coroutine, Sequence
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import click

if TYPE_CHECKING:
    from drill.row import Row
    from drill.run import Outcome

HEALS_S: Final = 30.0
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
# A node of a staging set-up that has not answered after so long is not there.
_ANSWERS_S: Final = 5.0
SHORT: Final = ("F1", "F2p", "F4", "F5", "F6p", "F15a", "F17", "F21", "F30")


class Unable(click.ClickException):
    """The drill cannot be held: not a word about the promises."""

    exit_code: ClassVar[int] = 2


@click.command(short_help="Break a deployment of its own, and check the promises.")
@click.option("--seed", type=int, help="Repeats a run.  [default: a new one, which is printed]")
@click.option(
    "--pace", type=click.FloatRange(0.01, 1), default=0.1, show_default=True, help="Scales every time; 1: full."
)
@click.option("--row", "rows", multiple=True, metavar="ROW", help="One row only (may be given again).")
@click.option("--short", is_flag=True, help="A few rows, in two minutes.")
@click.option("--controls", is_flag=True, help="Switch off each row's defences: now each fault must do its harm.")
@click.option("--list", "listed", is_flag=True, help="Say which rows there are.")
@click.option(
    "--at", "urls", multiple=True, metavar="URL", help="A node of a staging set-up, which you break yourself."
)
@click.option(
    "--tokens", type=_file, help="With --at: bearer tokens of physicians, one a line: `curbside token --count`."
)
@click.option("--seconds", type=click.FloatRange(1), default=60, show_default=True, help="With --at: for so long.")
@click.option("--json", "report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there, too.")
def drill(
    seed: int | None,
    pace: float,
    rows: tuple[str, ...],
    short: bool,
    controls: bool,
    listed: bool,
    urls: tuple[str, ...],
    tokens: Path | None,
    seconds: float,
    report: Path | None,
) -> None:
    """Break a deployment of its own in every known way, under load, and check that nothing acked is lost.

    It starts Redis, PostgreSQL, two nodes and two workers on this machine, in a temporary folder, and ends them all.
    With --at it starts nothing: it holds a consult on nodes that run, for you to break meanwhile.

    Exit status 1: a promise was broken. 2: the drill could not be held.
    """
    from drill.rows import ROWS

    if listed:
        for row in ROWS.values():
            click.echo(f"{row.number:5} {row.title}")
        return
    _check(urls, report)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    click.echo(f"seed {seed}, pace {pace:g}\n")
    if urls:
        came = asyncio.run(_in_order(_watch(list(urls), _bearers(tokens), seed, seconds)))
    else:
        wanted = _wanted(rows or (SHORT if short else tuple(ROWS)), ROWS)
        came = asyncio.run(_in_order(_run(wanted, seed, pace, controls)))
    from drill.report import plain, total

    click.echo(f"\n{total(came, seed)}")
    if report is not None:
        report.write_text(json.dumps(plain(came, seed, pace), indent=2, ensure_ascii=False) + "\n")
    if not all(outcome.passed for outcome in came):
        raise SystemExit(1)


def _check(urls: Sequence[str], report: Path | None) -> None:
    """See before anything is broken that the nodes answer, and that the report can be written. Raises `UsageError`."""
    for url in urls:
        try:
            urlopen(f"{url.rstrip('/')}/healthz", timeout=_ANSWERS_S).close()
        except HTTPError:
            # It answers; what is wrong the drill shows.
            continue
        except (OSError, ValueError, HTTPException):
            raise click.UsageError(f"No node answers at {url}: give the http or https address of one.") from None
    if report is not None:
        try:
            report.open("a").close()
        except OSError as error:
            raise click.UsageError(f"{report} cannot be written ({error.strerror}): give another file.") from None


async def _in_order(drilling: "Coroutine[Any, Any, list[Outcome]]") -> "list[Outcome]":
    """What comes of it. Told to end (SIGTERM, SIGHUP), it ends as on Ctrl-C: every process that it started with it."""
    task = asyncio.ensure_future(drilling)
    for name in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise click.Abort from None


async def _run(rows: "Sequence[Row]", seed: int, pace: float, weakened: bool) -> "list[Outcome]":
    from drill.programs import Missing
    from drill.report import HEADING
    from drill.run import controls, outcomes
    from drill.site import Failure
    from drill.sites import SITES

    came: list[Outcome] = []
    click.echo(HEADING)
    try:
        for kind, made in SITES.items():
            wanted = [row for row in rows if row.on is kind]
            if not wanted:
                continue
            with tempfile.TemporaryDirectory(prefix="curbside-drill-") as folder:
                async with made(Path(folder), Random(seed)) as site:
                    async for outcome in (controls if weakened else outcomes)(wanted, site, seed=seed, pace=pace):
                        came.append(outcome)
                        _tell(outcome)
    except (Missing, Failure) as failed:
        raise Unable(str(failed)) from None
    return came


async def _watch(urls: list[str], tokens: list[str], seed: int, seconds: float) -> "list[Outcome]":
    from client.errors import ClientError
    from drill.report import HEADING
    from drill.run import outcome
    from drill.staging import Staging, promise, watch

    click.echo(HEADING)
    with tempfile.TemporaryDirectory(prefix="curbside-drill-") as folder:
        try:
            came = await outcome(
                promise(HEALS_S),
                Staging(urls, Path(folder)),
                tokens,
                Random(seed),
                lambda held: watch(held, seconds),
                one_sided=False,
            )
        except ClientError as error:
            raise Unable(str(error)) from None
    _tell(came)
    return [came]


def _tell(outcome: "Outcome") -> None:
    from drill.report import line

    click.echo(line(outcome))
    for wrong in outcome.wrong:
        click.echo(f"  {wrong}")


def _bearers(tokens: Path | None) -> list[str]:
    if tokens is None or len(bearers := tokens.read_text().split()) < 2:
        make = "`curbside token --count 50 --role physician --out FILE` makes them"
        raise click.UsageError(f"--at needs --tokens FILE with at least two: {make}.")
    return bearers


def _wanted(names: Sequence[str], rows: "dict[str, Row]") -> "list[Row]":
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise click.UsageError(f"There is no row {unknown[0]}. `curbside drill --list` names them.")
    return [rows[name] for name in names]
