"""Importing registers, over SQLite and a real PostgreSQL: NPPES with its real columns, and files of other countries."""

import csv
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from persistence.csv_files import NotThisFile
from persistence.database import Database
from persistence.verification import registers
from persistence.verification.identities import Identity
from persistence.verification.importing import Imported, read_in
from persistence.verification.mapping import known_layouts, layout
from realtime.rooms.licences import npi
from tests.builders import AT

NPPES: Final = layout(known_layouts()["nppes"])
FILES: Final = Path(__file__).parents[1] / "persistence" / "verification" / "registers"
_REST: Final = [
    "Replacement NPI",
    "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)",
    "Provider Name Prefix Text",
    "Provider Credential Text",
    "Provider First Line Business Mailing Address",
    "Provider Enumeration Date",
    "Last Update Date",
    "NPI Deactivation Reason Code",
]
COLUMNS: Final = [
    "NPI",
    "Entity Type Code",
    "Provider Last Name (Legal Name)",
    "Provider First Name",
    "Provider Middle Name",
    *_REST,
    "NPI Deactivation Date",
    "NPI Reactivation Date",
    *(
        f"{name}_{n}"
        for n in range(1, 16)
        for name in (
            "Healthcare Provider Taxonomy Code",
            "Provider License Number",
            "Provider License Number State Code",
            "Healthcare Provider Primary Taxonomy Switch",
        )
    ),
]


def line(number: str, **given: str) -> dict[str, str]:
    named = {
        "kind": "Entity Type Code",
        "family": "Provider Last Name (Legal Name)",
        "first": "Provider First Name",
        "middle": "Provider Middle Name",
        "ended": "NPI Deactivation Date",
        "again": "NPI Reactivation Date",
        "taxonomy": "Healthcare Provider Taxonomy Code_1",
        "taxonomy2": "Healthcare Provider Taxonomy Code_2",
        "state": "Provider License Number State Code_1",
        "licence": "Provider License Number_1",
        "state2": "Provider License Number State Code_2",
        "licence2": "Provider License Number_2",
    }
    usual = {"kind": "1", "family": "DOE", "first": "JANE", "taxonomy": "207R00000X"}
    return {"NPI": number} | {named[name]: value for name, value in (usual | given).items()}


def written(folder: Path, *lines: dict[str, str], name: str = "npidata_pfile.csv") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as text:
        sheet = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        sheet.writeheader()
        sheet.writerows(lines)
    return file


def numbers() -> Iterator[str]:
    """Valid numbers, one after another."""
    for body in range(100_000_000, 200_000_000):
        for digit in range(10):
            if npi(number := f"1{body % 100_000_000:08}{digit}"):
                yield number


async def test_nppes_is_read_with_its_real_columns(database: Database, tmp_path: Path) -> None:
    first, second, third, fourth, nurse, firm = (number for _, number in zip(range(6), numbers(), strict=False))
    file = written(
        tmp_path,
        line(first, family="O'BRIEN-SMITH", middle="Q", state="CA", licence="A 123", state2="NY", licence2="9"),
        line(second, ended="01/02/2020"),
        line(third, ended="01/02/2020", again="03/04/2021"),
        line(fourth, taxonomy="163W00000X", taxonomy2="208000000X"),
        line(nurse, taxonomy="163W00000X"),
        line(firm, kind="2"),
        line("1234567890"),
        line(nurse[:-1]),
    )
    assert await read_in(database, NPPES, file, AT) == Imported(4, 4, 0)

    async def entry(number: str) -> registers.Entry | None:
        return await database.read(lambda sql: registers.entry(sql, "US", "npi", number))

    assert await entry(first) == registers.Entry(first, "obrien smith", "jane q", "207R00000X", "CA A123; NY 9", True)
    assert [(found := await entry(one)) and found.active for one in (second, third, fourth)] == [False, True, True]
    assert (found := await entry(fourth)) and found.specialty == "208000000X"
    assert await entry(nurse) is None and await entry(firm) is None


async def test_the_next_month_s_file_replaces_this_one_s(database: Database, tmp_path: Path) -> None:
    stays, goes, comes = (number for _, number in zip(range(3), numbers(), strict=False))
    await read_in(database, NPPES, written(tmp_path, line(stays), line(goes)), AT)
    assert await read_in(database, NPPES, written(tmp_path, line(stays, first="ANN"), line(comes)), AT) == Imported(
        2, 0, 1
    )
    who = Identity(family="Doe", given="Ann", country="US", register="npi", number=stays)
    assert await database.read(lambda sql: registers.finding(sql, who)) == "match"
    gone = Identity(family="Doe", given="Jane", country="US", register="npi", number=goes)
    assert await database.read(lambda sql: registers.finding(sql, gone)) == "no_entry"
    (row,) = await database.read(registers.imported)
    assert (row.entries, row.batch, len(row.sha256)) == (2, 2, 32)


async def test_a_file_of_many_lines_takes_little_memory(database: Database, tmp_path: Path) -> None:
    file = written(tmp_path, *(line(number) for _, number in zip(range(6_000), numbers(), strict=False)))
    packed = tmp_path / "nppes.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
        archive.writestr("readme.txt", "small")
    tracemalloc.start()
    try:
        told: list[int] = []
        assert (await read_in(database, NPPES, packed, AT, told.append)).kept == 6_000
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told == [2_000, 4_000, 6_000]
    assert peak_bytes < 40_000_000


@pytest.mark.parametrize("country", ["fr", "gb", "ie", "no", "nl", "au", "nz", "za", "br", "ch"])
async def test_files_of_other_countries(database: Database, country: str) -> None:
    known = layout(known_layouts()[country])
    done = await read_in(database, known, FILES / f"{country}.csv", AT)
    assert done.kept == 2
    assert [one.country for one in await database.read(registers.imported)] == [country.upper()]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has no column"),
        (b"NPI,Name\n1,2\n", "has no column"),
        (",".join(COLUMNS).encode() + b"\n", "nobody in it"),
        (",".join(COLUMNS).encode() + b"\n\xff\xfe\n", "not in the encoding"),
        (",".join(COLUMNS).encode() + b"\n1,2,D\0OE\n", "not in the encoding"),
    ],
)
async def test_a_file_that_is_not_of_this_register_changes_nothing(
    database: Database, tmp_path: Path, content: bytes, says: str
) -> None:
    (number,) = (number for _, number in zip(range(1), numbers(), strict=False))
    await read_in(database, NPPES, written(tmp_path, line(number)), AT)
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(content)
    with pytest.raises(NotThisFile, match=says):
        await read_in(database, NPPES, wrong, AT)
    assert await database.read(lambda sql: registers.entry(sql, "US", "npi", number)) is not None


async def test_a_file_that_is_missing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotThisFile, match="cannot be read"):
        await read_in(database, NPPES, tmp_path / "none.csv", AT)
