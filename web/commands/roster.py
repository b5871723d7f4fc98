"""`curbside institution roster`: who of an institution is on call, and who keeps its rosters."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.failures import Failure
from web.commands.setup import written

if TYPE_CHECKING:
    from sqlmodel import Session as Sql


@click.group(short_help="Who of an institution is on call.")
def roster() -> None:
    """Rosters: who of an institution is on call for which specialty, and who keeps them."""


@roster.command()
@click.argument("institution")
@click.argument("name")
@click.option("--specialty", required=True, help="A code of the list, for example cardiology.")
@click.option("--zone", required=True, help="Where its clocks are, for example Africa/Nairobi.")
def add(institution: str, name: str, specialty: str, zone: str) -> None:
    """Add the roster NAME to INSTITUTION, as its clinicians' accounts have it."""
    from persistence.reach import rosters
    from web.clock import now_ms

    said = {"institution": institution, "name": name, "specialty": specialty}
    written(lambda sql: rosters.add(sql, **said, zone_name=zone, now_ms=now_ms()))
    click.echo(f"{institution} has the roster {name}. Fill it with `curbside institution roster import`.")


@roster.command("import", short_help="Write the shifts of a CSV file into a roster.")
@click.argument("institution")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Shifts that the file lacks go.")
def bring(institution: str, name: str, file: Path, replace: bool) -> None:
    """Write the shifts of FILE into the roster NAME of INSTITUTION: all of them, or none where one is wrong."""
    from persistence.reach import rosters, shift_files

    try:
        entries = shift_files.read(file.read_text(encoding="utf-8"))
    except UnicodeError:
        raise Failure(f"{file} is not in UTF-8: save it as CSV, in UTF-8.") from None
    except ValueError as error:
        raise Failure(f"{file}: {error}") from None

    def write(sql: "Sql") -> int:
        return rosters.put(sql, rosters.named(sql, institution, name), entries, replace=replace)

    click.echo(f"{written(write)} of {len(entries)} shifts are new.")


@roster.command(short_help="Print the shifts of a roster as CSV.")
@click.argument("institution")
@click.argument("name")
def show(institution: str, name: str) -> None:
    """Print the shifts of the roster NAME of INSTITUTION as CSV, to be changed and imported again."""
    from persistence.reach import rosters, shift_files

    shifts = written(lambda sql: rosters.shifts_of(sql, rosters.named(sql, institution, name)))
    click.echo(shift_files.written(shifts), nl=False)


@roster.command("list")
def listed() -> None:
    """List all rosters, one a line."""
    from persistence.reach import rosters

    for one in written(rosters.listed):
        click.echo(f"{one.institution}, {one.name}: {one.specialty}, {one.zone}")


@roster.command()
@click.argument("institution")
@click.argument("name")
def remove(institution: str, name: str) -> None:
    """Remove the roster NAME of INSTITUTION, with its shifts."""
    from persistence.reach import rosters

    written(lambda sql: rosters.remove(sql, rosters.named(sql, institution, name)))
    click.echo(f"The roster {name} of {institution} is gone.")


@roster.command(short_help="Name who keeps the rosters of an institution.")
@click.argument("institution")
@click.argument("handles", nargs=-1)
def keepers(institution: str, handles: tuple[str, ...]) -> None:
    """Let the people with these HANDLES, and nobody else, keep the rosters of INSTITUTION."""
    from persistence.reach import keepers as kept

    written(lambda sql: kept.name_keepers(sql, institution, handles))
    click.echo(f"{', '.join(handles) or 'Nobody but moderators'} may keep the rosters of {institution}.")
