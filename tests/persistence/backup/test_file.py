"""A backup's file, byte by byte, and what is said of one that cannot be used."""

import os
from pathlib import Path
from typing import Any

import pytest

from persistence import people, tables
from persistence.backup import restore as restoring
from persistence.backup import take as taking
from persistence.backup.items import Backup, items
from persistence.backup.restore import check, restore
from persistence.backup.take import Taken, take
from persistence.journal import open_journal
from persistence.migrate import HEAD
from persistence.people import new_id
from persistence.pictures.shelf import Shelf
from realtime.rooms.people import Person
from tests.builders import AT, ana, ben
from tests.persistence.appends import opens, posts
from tests.persistence.counting import CountingSqlite

WORDS = "a long passphrase of the tests"


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.backup.encrypted.WORK", 1)


@pytest.fixture
async def backup(database: CountingSqlite, tmp_path: Path) -> Path:
    """A small one."""
    await database.write(lambda session: people.add(session, ana, AT))
    journal = open_journal(database)
    opening = opens("case1")
    await journal.append(opening)
    await journal.append(posts("case1", opening.head, "p1"))
    await journal.close()
    path = tmp_path / "backup"
    await taken(database, path)
    return path


async def taken(database: CountingSqlite, path: Path, **more: Any) -> Taken:
    folders = {name: path.parent / name for name in ("archive", "pictures")}
    given: dict[str, Any] = {**folders, "keys": [], "now_ms": AT}
    return await take(database, path, WORDS, **given | more)


def test_every_byte_that_is_changed_and_every_cut_is_refused(backup: Path) -> None:
    good = backup.read_bytes()
    for place in range(len(good)):
        backup.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        refused(backup)
        backup.write_bytes(good[:place])
        refused(backup)
    backup.write_bytes(good)
    assert check(backup, WORDS).events == 2


def test_a_wrong_passphrase_is_said_to_be_one(backup: Path) -> None:
    with pytest.raises(ValueError, match="The passphrase is not the one of this backup"):
        check(backup, "another long passphrase")


async def test_a_file_that_is_there_is_not_written_over(backup: Path, database: CountingSqlite) -> None:
    held = check(backup, WORDS)
    await database.write(lambda session: people.add(session, ben, AT))
    with pytest.raises(ValueError, match="is there already"):
        await taken(database, backup)
    assert check(backup, WORDS) == held


async def test_where_it_cannot_be_written_nothing_is_left(database: CountingSqlite, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read or written"):
        await taken(database, tmp_path / "no" / "such")
    (tmp_path / "key").mkdir()
    with pytest.raises(ValueError, match="key cannot be read or written"):
        await taken(database, tmp_path / "backup", keys=[tmp_path / "key"])
    assert not [name for name in os.listdir(tmp_path) if "backup" in name]


def test_only_its_owner_may_read_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


async def test_what_is_large_goes_in_parts(
    database: CountingSqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PART_BYTES", 10)
    monkeypatch.setattr(taking, "ROWS", 2)
    await database.write(lambda session: people.add_many(session, many(), AT))
    (tmp_path / "archive" / "deep").mkdir(parents=True)
    contents = {"empty": b"", "short": b"123456789", "even": bytes(20), "deep/long": bytes(range(95))}
    for name, data in contents.items():
        (tmp_path / "archive" / name).write_bytes(data)
    (tmp_path / "archive" / ".half").write_bytes(b"being written")
    await taken(database, tmp_path / "backup")
    other = CountingSqlite(str(tmp_path / "new" / "curbside.db"))
    new = tmp_path / "new"
    held = await restore(
        other, tmp_path / "backup", WORDS, archive=new / "archive", pictures=new / "pictures", var=new, replace=False
    )
    await other.close()
    assert (held.people, held.archived) == (5, 4)
    assert {name: (new / "archive" / name).read_bytes() for name in contents} == contents
    assert not (new / "archive" / ".half").exists()


async def test_archive_files_that_are_not_there_are_counted(database: CountingSqlite, tmp_path: Path) -> None:
    seals = [sealed("there"), sealed("away")]
    await database.write(lambda session: session.add_all(seals))
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "there.curbside").write_bytes(b"a case")
    assert (await taken(database, tmp_path / "backup")).missing == 1


async def test_tables_of_another_version_are_refused_with_what_to_do(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "HEAD", "0000")
    other = CountingSqlite(str(tmp_path / "new" / "curbside.db"))
    with pytest.raises(ValueError, match=f"tables of version {HEAD}.*those of 0000: restore it with the version"):
        await restore(
            other,
            backup,
            WORDS,
            archive=tmp_path / "new",
            pictures=tmp_path / "new",
            var=tmp_path / "new",
            replace=False,
        )
    await other.close()
    assert (other.reads, other.writes) == (0, 0)


def test_the_first_item_says_what_it_is(backup: Path) -> None:
    assert next(items(backup, WORDS)) == Backup(tables=HEAD, taken_at=AT)


def refused(backup: Path) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z][^\n]*\.$"):
        check(backup, WORDS)


def sealed(room: str) -> tables.Archive:
    return tables.Archive(
        room=room,
        upto=1,
        root=b"",
        key_id="",
        signature=b"",
        path=f"{room}.curbside",
        sha256=b"",
        size_bytes=6,
        events=1,
        sealed_at=AT,
    )


def many() -> list[Person]:
    return [Person(f"p{n}", f"handle{n}", "clinician") for n in range(5)]


async def test_pictures_go_along_and_what_is_just_being_brought_does_not(
    database: CountingSqlite, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "pictures")
    shelf.prepare()
    name = new_id()
    shelf.put(name, b"full", b"preview")
    shelf.incoming("cut").write_bytes(b"half")
    assert (await taken(database, tmp_path / "backup")).held.pictures == 2
    new = tmp_path / "new"
    other = CountingSqlite(str(new / "curbside.db"))
    held = await restore(
        other, tmp_path / "backup", WORDS, archive=new / "archive", pictures=new / "pictures", var=new, replace=False
    )
    await other.close()
    assert held.pictures == 2
    assert Shelf(new / "pictures").path(name, "full").read_bytes() == b"full"
    assert sorted(path.name for path in (new / "pictures").rglob("*.*")) == [f"{name}.full", f"{name}.preview"]
