import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from persistence.database import open_database
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.errors import Unavailable
from tests.persistence.counting import CountingSqlite


@pytest.mark.parametrize("form", ["sqlite:///{}", "{}"])
def test_sqlite_is_named_by_url_or_path(tmp_path: Path, form: str) -> None:
    database = open_database(form.format(tmp_path / "new folder" / "curbside.db"))
    assert isinstance(database, Sqlite)
    assert database.path == tmp_path / "new folder" / "curbside.db"
    assert database.place == f"SQLite at {tmp_path}/new folder/curbside.db"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_postgres_is_named_by_url_and_shown_without_user_and_password(scheme: str) -> None:
    database = open_database(f"{scheme}://ana:secret@db.example/curbside")
    assert isinstance(database, Postgres)
    assert database.place == "PostgreSQL at db.example:5432/curbside"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "mysql://ana:secret@db.example/curbside",
        "postgresql+asyncpg://ana:secret@db.example/curbside",
        "postgresql://ana:secret@db.example:port/curbside",
        "postgresql://ana:sec/ret@db.example/curbside",
        "postgresql://ana:1/secret@db.example/curbside",
        "postgresql://ana:1?secret@db.example/curbside",
        "postgresql://ana:1#secret@db.example/curbside",
    ],
)
def test_a_wrong_url_is_refused_in_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"^The database URL [^.]*\.$") as raised:
        open_database(url)
    assert "sec" not in str(raised.value).replace("percent-encode", "")


def test_a_folder_is_no_sqlite_database(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a folder; name a file in it"):
        open_database(str(tmp_path))


def test_a_sqlite_that_is_too_old_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 31, 1))
    with pytest.raises(ValueError, match=r"at least 3\.33 is needed"):
        open_database(str(tmp_path / "curbside.db"))


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="for the database cannot be made: Not a directory"):
        open_database(str(tmp_path / "file" / "folder" / "curbside.db"))


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    database = open_database(str(path))
    with pytest.raises(Unavailable):
        await database.read(lambda session: session.connection().execute(text("SELECT 1 FROM sqlite_master")))
    await database.close()


async def test_commits_are_synced_to_disk(database: CountingSqlite) -> None:
    assert await database.write(_settings) == ["wal", 2, 1, 5_000]


async def test_a_read_cannot_write(database: CountingSqlite) -> None:
    with pytest.raises(Unavailable):
        await database.read(lambda session: session.connection().execute(text("DELETE FROM person")))


async def test_a_statement_that_is_wrong_is_our_error_and_not_the_disks(database: CountingSqlite) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        await database.read(lambda session: session.connection().execute(text("SELECT 1 FROM no_table")))


async def test_a_write_waits_for_no_read(database: CountingSqlite) -> None:
    def read(session: Session) -> None:
        session.connection().execute(text("SELECT 1 FROM person")).all()
        # Another connection commits while this one holds its snapshot.
        other = sqlite3.connect(database.path)
        other.execute("DELETE FROM person")
        other.commit()
        other.close()

    await database.read(read)


async def test_a_read_that_takes_too_long_ends(database: CountingSqlite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.sqlite.READ_S", 0.05)
    endless = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    with pytest.raises(Unavailable):
        await database.read(lambda session: session.connection().execute(endless))


async def test_a_writer_that_hangs_is_unavailable_and_what_waits_behind_it_is_never_begun(
    database: CountingSqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.sqlite.CALL_S", 0.05)
    held = threading.Event()
    begun: list[str] = []
    hanging = asyncio.create_task(database.hand_over(lambda _: held.wait() and None))
    waiting = asyncio.create_task(database.hand_over(lambda _: begun.append("begun")))

    outcomes = await asyncio.gather(hanging, waiting, return_exceptions=True)
    held.set()

    assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]
    monkeypatch.undo()
    await database.hand_over(lambda _: None)
    assert begun == []


def _settings(session: Session) -> list[object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    return [session.connection().execute(text(f"PRAGMA {name}")).scalar() for name in names]
