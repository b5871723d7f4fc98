"""Restoring a backup: all of it, proved whole, or nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from sqlalchemy import Connection, Table, func, insert, select

from persistence.backup.contents import PERSON, Contents
from persistence.backup.items import Backup, Item, Part, Rows, items
from persistence.backup.report import Held, Report
from persistence.backup.staging import Staging
from persistence.backup.take import columns, stored
from persistence.migrate import HEAD, pending, upgrade
from persistence.references import check_references
from persistence.refused import refused
from persistence.rows import EVENT, ROOM
from persistence.schema import METADATA
from persistence.sqlite import Sqlite

if TYPE_CHECKING:
    from persistence.postgres import Postgres


def check(path: Path, passphrase: str) -> Held:
    """What the backup at `path` holds, all of it read. Raises `ValueError` where it is not whole."""
    report = _of_this_version(found := items(path, passphrase))
    for item in found:
        report.take(item)
    return report.made()


async def restore(
    database: Union[Sqlite, "Postgres"],
    path: Path,
    passphrase: str,
    *,
    archive: Path,
    pictures: Path,
    var: Path,
    replace: bool,
) -> Held:
    """Put what the backup holds into `database` and the three folders, and return what that is as read back.

    All is one transaction, and the files get their names at its end. Without `replace` the database must be empty and
    no file there of other content; with it what is in the tables goes, files that the backup lacks stay, and a key of
    other content is kept under another name. Raises `Unavailable`, and `ValueError` in one sentence.
    """
    found = items(path, passphrase)
    report = _of_this_version(found)
    if await pending(database):
        await upgrade(database)
    with Staging({"archive": archive, "pictures": pictures, "keys": var}, replace=replace) as staging:
        restoring = _Restoring(database.place, found, report, staging, replace)
        await database.alter(restoring.run)
    return report.made()


class _Restoring:
    def __init__(self, place: str, found: Iterator[Item], report: Report, staging: Staging, replace: bool) -> None:
        self._place = place
        self._found = found
        self._report = report
        self._staging = staging
        self._replace = replace

    def run(self, connection: Connection) -> None:
        """Everything, in the transaction of `connection`."""
        self._empty(connection)
        for item in self._found:
            self._report.take(item)
            match item:
                case Rows(table=name, columns=names, rows=rows):
                    given = [dict(zip(names, row, strict=True)) for row in rows]
                    self._insert(connection, _table(name, names), given)
                case Part():
                    self._staging.take(item)
        _number_on(connection)
        self._prove(connection)
        if connection.dialect.name == "sqlite":
            check_references(connection)
        self._staging.place()

    def _insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        try:
            connection.execute(insert(table), rows)
        except Exception as error:
            if not refused(error):
                raise
            raise ValueError(
                f"{self._place} does not take a row of the backup's table `{table.name}`. Nothing was restored: "
                "restore it into the kind of database that it was taken from."
            ) from None

    def _empty(self, connection: Connection) -> None:
        for one in reversed(METADATA.sorted_tables):
            if connection.execute(select(1).select_from(one).limit(1)).first() is None:
                continue
            if not self._replace:
                raise ValueError(
                    f"{self._place} is not empty: name an empty one in CURBSIDE_DATABASE_URL, "
                    "or give --replace to lose what is in it."
                )
            connection.execute(one.delete())

    def _prove(self, connection: Connection) -> None:
        """Read everything back. Raises `ValueError` where it is not what the backup held, or not whole."""
        read = Contents()
        for one in (EVENT, ROOM, PERSON):
            for rows in stored(connection, one):
                read.take(one.name, columns(one), rows)
        held = self._report.made()
        if (wrong := read.wrong() or held.wrong) is not None:
            raise ValueError(f"{wrong} Nothing was restored.")
        if (read.rooms, read.events, read.people) != (held.rooms, held.events, held.people):
            raise ValueError("The database does not give back what was written to it. Nothing was restored.")


def _of_this_version(found: Iterator[Item]) -> Report:
    backup = next(found)
    assert isinstance(backup, Backup)
    if backup.tables != HEAD:
        raise ValueError(
            f"The backup has the tables of version {backup.tables} and this version of Curbside those of {HEAD}: "
            "restore it with the version of Curbside that took it, then upgrade that one."
        )
    return Report(backup)


def _table(name: str, names: list[str]) -> Table:
    found = METADATA.tables.get(name)
    if found is None or set(names) != set(found.columns.keys()):
        raise ValueError(f"The backup's table `{name}` is not one of this version of Curbside.")
    return found


def _number_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows from where the restored ones end; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for one in METADATA.sorted_tables:
        if (numbered := one.autoincrement_column) is not None:
            last = select(func.coalesce(func.max(numbered), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(one.name, numbered.name)
            connection.execute(select(func.setval(sequence, last, False)))
