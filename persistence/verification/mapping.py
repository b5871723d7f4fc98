"""How the file of a register is laid out: data files in `registers/`, or one of an operator's own."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from persistence.verification.formats import format_of
from persistence.verification.registers import Entry
from realtime.rooms.licences import normal, verdict
from realtime.rooms.names import normalised

FOLDER: Final = Path(__file__).with_name("registers")


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The columns of one register's file, by the names in its first line.

    `number` may join several columns. `active`: the column that says so and what it then holds; without one everybody
    in the file is. `only`: columns and what they hold in lines that are people. `inactive_if`: columns that are empty
    for those who may work, unless one of `again_if` is not. `specialty` and `states`, a pair of columns for a state and
    its licence there, may have `{n}` for 1 to `most`. Where `specialty_begins` is given, only who has such a specialty
    is somebody: a register may hold other professions. `unverified`: nobody has compared this with a real file.
    """

    country: str
    register: str
    number: list[str]
    family: str
    given: list[str]
    specialty: str = ""
    specialty_begins: list[str] = []
    active: str = ""
    active_values: list[str] = []
    only: dict[str, list[str]] = {}
    inactive_if: list[str] = []
    again_if: list[str] = []
    states: list[str] = []
    most: int = 0
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    source: str
    date: str
    unverified: bool = False
    note: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns that a file must have."""
        return [
            *self.number,
            self.family,
            *self.given,
            *filter(None, (self.specialty.format(n=1), self.active)),
            *self.only,
            *self.inactive_if,
            *self.again_if,
        ]


def known_layouts() -> dict[str, Path]:
    """The layouts that come with Curbside, by name: `nppes`, and countries in small letters."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.toml"))}


def layout(file: Path) -> Layout:
    """The layout in this file. Raises `ValueError` with a sentence for people."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Layout)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} cannot be read: give a layout in TOML, as docs/verification.md shows.") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{file} is no layout of a register: {error}.") from error


def entry_of(layout: Layout, line: Mapping[str, str]) -> Entry | None:
    """The person in this line, or None where it is no person, or has no number as the register writes them."""
    if any(line[column].strip() not in values for column, values in layout.only.items()):
        return None
    form = format_of(layout.country, layout.register)
    number = normal("".join(line[column] for column in layout.number), form)
    specialty = _specialty(layout, line)
    if not number or verdict(form, number) == "wrong" or specialty is None:
        return None
    return Entry(
        number,
        normalised(line[layout.family]),
        normalised(" ".join(line[column] for column in layout.given)),
        specialty,
        _states(layout, line),
        _active(layout, line),
    )


def _active(layout: Layout, line: Mapping[str, str]) -> bool:
    if layout.active and line[layout.active].strip() not in layout.active_values:
        return False
    ended = any(line[column].strip() for column in layout.inactive_if)
    return not ended or any(line[column].strip() for column in layout.again_if)


def _specialty(layout: Layout, line: Mapping[str, str]) -> str | None:
    """The first that counts; None where one must and none does."""
    columns = [layout.specialty.format(n=n) for n in range(1, max(1, layout.most) + 1)]
    found = [line.get(column, "").strip() for column in dict.fromkeys(columns) if column]
    if not layout.specialty_begins:
        return found[0] if found else ""
    return next((one for one in found if one.startswith(tuple(layout.specialty_begins))), None)


def _states(layout: Layout, line: Mapping[str, str]) -> str:
    if not layout.states:
        return ""
    pairs = []
    for n in range(1, layout.most + 1):
        state, licence = (re.sub(r"\s+", "", line.get(column.format(n=n), "")) for column in layout.states)
        if state and licence:
            pairs.append(f"{state} {licence}")
    return "; ".join(dict.fromkeys(pairs))
