"""Interests, declared and imported, over SQLite and a real PostgreSQL."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from persistence import people
from persistence.csv_files import NotThisFile
from persistence.database import Database
from persistence.interests import importing
from persistence.interests.declaring import Declaration, Undeclarable, declare, withdraw
from persistence.interests.entries import Declared, entries, standing
from persistence.interests.holding import MOST_HELD, has_interest, interests_of
from persistence.interests.importing import Imported, read_in
from persistence.interests.payments import disputed, given
from persistence.people import PeopleDirectory
from persistence.verification import identities
from persistence.verification.identities import Identity
from persistence.verification.keys import Keys
from realtime.rooms.interests.interest import Interest
from tests.builders import AT, PEOPLE, ana
from tests.persistence.interests.payments import NPI, line, written

KEYS: Final = Keys(b"a key of the tests, 32 characters")
NOW: Final = int(datetime(2026, 11, 30, tzinfo=UTC).timestamp() * 1_000)
DAY: Final = 86_400_000
OTHER_NPI: Final = "1558598797"
CONSULTING: Final = "Consulting Fee"
SAID: Final = Declaration(
    payer="Acme Pharma",
    payer_kind="drug",
    nature="speaker",
    products=("fomepizole",),
    since="2024-03",
    band="under_5000",
)


@pytest.fixture
async def db(database: Database) -> Database:
    await database.write(lambda sql: people.add_many(sql, PEOPLE.values(), AT))
    return database


async def says(db: Database, person: str = "ana", at: int = NOW, **parts: Any) -> Declared:
    return await db.write(lambda sql: declare(sql, person, msgspec.structs.replace(SAID, **parts), at))


async def held(db: Database, person: str = "ana", at: int = NOW) -> tuple[Interest, ...]:
    return (await db.read(lambda sql: interests_of(sql, [person], at))).get(person, ())


async def claims(db: Database, person: str, number: str = NPI) -> None:
    who = Identity(family="Miller", given="Ana", country="US", register="npi", number=number)
    await db.write(lambda sql: identities.keep(sql, KEYS, person, who, AT))


async def reads(db: Database, file: Path, at: int = NOW, **how: Any) -> Imported:
    return await read_in(db, KEYS, file, at, **how)


async def test_what_is_declared_counts_and_is_kept(db: Database) -> None:
    first = await says(db)
    assert await held(db) == (Interest("Acme Pharma", "speaker", "2024-03", "declared", ("fomepizole",)),)
    assert [one.id for one in await db.read(lambda sql: entries(sql, "ana"))] == [first.id]
    assert await held(db, "ben") == ()


async def test_a_change_takes_the_place_and_both_are_kept(db: Database) -> None:
    first = await says(db)
    second = await says(db, at=NOW + 1, replaces=first.id, payer="Acme   Pharma AG")
    assert [one.payer for one in await held(db)] == ["Acme Pharma AG"]
    kept = await db.read(lambda sql: entries(sql, "ana"))
    assert [(one.act, one.about) for one in kept] == [("changed", first.id), ("declared", None)]
    with pytest.raises(Undeclarable, match="does not stand any more"):
        await says(db, replaces=first.id)
    await db.write(lambda sql: withdraw(sql, "ana", second.id, NOW + 2))
    assert await held(db) == ()
    assert [one.act for one in await db.read(lambda sql: entries(sql, "ana"))] == ["withdrawn", "changed", "declared"]
    with pytest.raises(Undeclarable, match="does not stand any more"):
        await db.write(lambda sql: withdraw(sql, "ana", second.id, NOW + 3))


async def test_nobody_changes_or_withdraws_what_another_declared(db: Database) -> None:
    first = await says(db)
    with pytest.raises(Undeclarable):
        await says(db, "ben", replaces=first.id)
    with pytest.raises(Undeclarable):
        await db.write(lambda sql: withdraw(sql, "ben", first.id, NOW))
    assert len(await db.read(lambda sql: standing(sql, ["ana", "ben"]))) == 1


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"payer": "   "}, "who pays"),
        ({"nature": "bribe"}, "nature"),
        ({"since": "2024-13"}, "no such day"),
        ({"since": "2023-02-29"}, "no such day"),
        ({"until": "2024-02-30"}, "no such day"),
        ({"since": "2026-12"}, "future"),
        ({"since": "2024-03", "until": "2024-02"}, "ends before it begins"),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence(db: Database, parts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Undeclarable, match=sentence):
        await says(db, **parts)
    assert await db.read(lambda sql: entries(sql, "ana")) == []


@pytest.mark.parametrize(
    ("until", "counts"), [(None, True), ("2023", True), ("2023-11", True), ("2023-11-30", True), ("2023-11-29", False)]
)
async def test_an_interest_counts_for_36_months_after_its_end(db: Database, until: str | None, counts: bool) -> None:
    await says(db, since="2020", until=until)
    assert bool(await held(db)) is counts


async def test_payments_are_summed_up_by_payer_and_year(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    file = written(
        tmp_path / "file.csv",
        line(1, product="Zelboraf"),
        line(2, amount="1000.00", nature=CONSULTING, product="Fomepizole"),
        line(3, year="2024", day="05/01/2024", amount="12.00"),
        line(4, payer_id="100000000020", payer="Bolt Devices LLC", amount="14.00"),
        line(5, npi=OTHER_NPI),
        line(6, npi=""),
    )
    done = await reads(db, file)
    assert (done.kept, done.others, done.bad, done.years, done.people) == (4, 2, 0, [2024, 2025], ["ana"])
    sums = (await db.read(lambda sql: given(sql, ["ana"])))["ana"]
    assert [(one.year, one.payer, one.cents, one.payments) for one in sums] == [
        (2025, "Acme Pharma, Inc.", 102_550, 2),
        (2025, "Bolt Devices LLC", 1_400, 1),
        (2024, "Acme Pharma, Inc.", 1_200, 1),
    ]
    assert sums[0].natures == {"consulting": 100_000, "food": 2_550}
    assert set(sums[0].products) == {"Zelboraf", "Fomepizole"}
    acme, bolt = await held(db)
    assert (acme.payer, acme.nature, acme.since, acme.source) == ("Acme Pharma, Inc.", "consulting", "2024", "imported")
    assert (bolt.payer_id, bolt.nature) == ("100000000020", "food")


async def test_the_same_file_again_changes_nothing(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    file = written(tmp_path / "file.csv", line(1), line(2, nature=CONSULTING), line(2, nature=CONSULTING))
    first = await reads(db, file)
    before = await db.read(lambda sql: given(sql, ["ana"]))
    assert await reads(db, file, NOW + 1) == first
    assert await db.read(lambda sql: given(sql, ["ana"])) == before
    assert before["ana"][0].payments == 2


async def test_a_later_file_replaces_a_record_and_moves_it(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    await claims(db, "ben", OTHER_NPI)
    await reads(db, written(tmp_path / "one.csv", line(1), line(2), line(3)))
    changed = written(tmp_path / "two.csv", line(1, amount="5"), line(2, npi=OTHER_NPI), line(3, npi="1245319599"))
    assert (await reads(db, changed, NOW + 1)).people == ["ana", "ben"]
    sums = await db.read(lambda sql: given(sql, ["ana", "ben"]))
    assert {person: [one.cents for one in of] for person, of in sums.items()} == {"ana": [500], "ben": [2_550]}


async def test_what_is_disputed_counts_nowhere(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    await reads(db, written(tmp_path / "one.csv", line(1), line(2, payer_id="7", payer="Bolt", disputed="Yes")))
    assert [one.payer for one in await held(db)] == ["Acme Pharma, Inc."]
    assert [one.payer for one in await db.read(lambda sql: disputed(sql, "ana"))] == ["Bolt"]
    await reads(
        db, written(tmp_path / "two.csv", line(1, disputed="Yes"), line(2, payer_id="7", payer="Bolt")), NOW + 1
    )
    assert [one.payer for one in await held(db)] == ["Bolt"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"npi": "1234567890"}, "NPI"),
        ({"npi": "12345"}, "NPI"),
        ({"record": ""}, "record id"),
        ({"record": "x1"}, "record id"),
        ({"year": "25"}, "programme year"),
        ({"nature": "Bribe"}, "nature"),
        ({"payer": " "}, "name or no id"),
        ({"amount": "a lot"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"count": "0"}, "number of payments"),
        ({"day": "2025-03-14"}, "date of payment"),
        ({"day": "02/30/2025"}, "date of payment"),
        ({"disputed": "maybe"}, "dispute status"),
    ],
)
async def test_a_line_that_is_wrong_is_told_with_its_number(
    db: Database, tmp_path: Path, said: dict[str, str], why: str
) -> None:
    await claims(db, "ana")
    done = await reads(db, written(tmp_path / "file.csv", line(1), line(2, **said), line(3)))
    assert (done.kept, done.bad) == (2, 1)
    assert done.wrong[0].line == 3 and why in done.wrong[0].why


async def test_of_many_wrong_lines_the_first_hundred_are_told(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    file = written(tmp_path / "file.csv", line(1), *(line(n, amount="?") for n in range(2, 152)))
    done = await reads(db, file)
    assert (done.bad, len(done.wrong), done.wrong[-1].line) == (150, 100, 102)


async def test_what_a_whole_file_does_not_have_goes(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    old = line(3, year="2024", day="05/01/2024", payer_id="7", payer="Bolt")
    await reads(db, written(tmp_path / "one.csv", line(1), line(2), old))
    part = written(tmp_path / "two.csv", line(1))
    assert (await reads(db, part, NOW + 1)).removed == 0
    assert (await reads(db, part, NOW + 2, whole=True)).removed == 1
    sums = (await db.read(lambda sql: given(sql, ["ana"])))["ana"]
    assert [(one.year, one.payments) for one in sums] == [(2025, 1), (2024, 1)]


async def test_payments_count_for_who_holds_the_licence_and_is_verified(db: Database, tmp_path: Path) -> None:
    await claims(db, "cleo")
    await reads(db, written(tmp_path / "file.csv", line(1)))
    assert await held(db, "cleo") == ()  # T1
    await claims(db, "cleo", OTHER_NPI)
    await claims(db, "ana")
    assert [one.payer for one in await held(db)] == ["Acme Pharma, Inc."]


async def test_a_year_counts_for_36_months_after_its_end(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    years = [line(n, year=str(2020 + n), day=f"01/02/{2020 + n}", payer_id=str(n), payer=f"p{n}") for n in range(1, 6)]
    await reads(db, written(tmp_path / "file.csv", *years))
    assert [one.payer for one in await held(db)] == ["p5", "p4", "p3"]


async def test_a_zip_is_read_and_what_is_no_such_file_is_said(db: Database, tmp_path: Path) -> None:
    await claims(db, "ana")
    with zipfile.ZipFile(tmp_path / "file.zip", "w") as packed:
        packed.write(written(tmp_path / "file.csv", line(1)), "OP_DTL_GNRL_PGYR2025.csv")
        packed.writestr("README.txt", "about the file")
    assert (await reads(db, tmp_path / "file.zip")).kept == 1
    for content, says_ in [
        (b"a,b\n1,2\n", "has no column `Applicable_Manufacturer"),
        (b"", "has no column"),
        (b"\xff\xfe", "not in UTF-8"),
    ]:
        (tmp_path / "wrong.csv").write_bytes(content)
        with pytest.raises(NotThisFile, match=says_):
            await reads(db, tmp_path / "wrong.csv")
    with pytest.raises(NotThisFile, match="no payment in it"):
        await reads(db, written(tmp_path / "none.csv"))


async def test_a_file_of_many_pieces_is_read_whole(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    await claims(db, "ana")
    seen: list[int] = []
    done = await reads(db, written(tmp_path / "file.csv", *(line(n) for n in range(1, 36))), told=seen.append)
    assert (done.kept, seen) == (35, [10, 20, 30, 35])
    assert (await db.read(lambda sql: given(sql, ["ana"])))["ana"][0].cents == 35 * 2_550


async def test_the_directory_knows_interests_and_asks_anew_when_told(db: Database) -> None:
    directory = PeopleDirectory(db, now_ms=lambda: NOW)
    assert await directory.person("ana") == ana
    await says(db)
    assert await directory.person("ana") == ana
    directory.forget("ana")
    person = await directory.person("ana")
    assert person is not None and [one.payer for one in person.interests] == ["Acme Pharma"]
    await directory.close()


async def test_no_more_than_sixty_are_known_of_one_person(db: Database) -> None:
    for n in range(MOST_HELD + 1):
        await says(db, payer=f"p{n}", since="2024")
    assert len(await held(db)) == MOST_HELD
    for n in range(MOST_HELD + 1, 100):
        await says(db, payer=f"p{n}", since="2024")
    with pytest.raises(Undeclarable, match="100 interests already"):
        await says(db, payer="one more")


async def test_whether_somebody_has_an_interest_is_asked_by_name_or_id(db: Database) -> None:
    await says(db, payer_id="12345")

    async def asked(payer: str, payer_id: str = "", at: int = NOW) -> bool:
        return await db.read(lambda sql: has_interest(sql, "ana", payer, payer_id, at)) is not None

    assert await asked("ACME PHARMA, Inc.")
    assert await asked("", "12345")
    assert not await asked("Bolt", "54321")
