"""What is asked of a database about pictures, on both: which may be posted, and which are left over."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence.journal import open_journal
from persistence.people import new_id
from persistence.pictures import rows
from persistence.pictures.leftovers import Leftovers
from persistence.pictures.rows import KEPT_MS, POSTABLE_MS, BroughtPictures
from persistence.pictures.shelf import Shelf
from persistence.pictures.tables import Picture
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from tests.builders import AT, ana, cleo
from tests.live import LiveNode, Site


@pytest.fixture
async def node(database: Sqlite | Postgres) -> AsyncIterator[LiveNode]:
    """A node over this database, whose pictures are those of the database."""
    journal = open_journal(database)
    made = await Site(journal).node()
    made.hub.node.pictures = BroughtPictures(database, lambda: AT)
    yield made
    await made.hub.close()
    made.gateway.close()
    await journal.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "pictures")
    made.prepare()
    return made


async def brought(database: Sqlite | Postgres, shelf: Shelf, room: str, *, at: int = AT, checked: bool = True) -> str:
    """The name of a picture that ana has brought."""
    row = Picture(
        id=new_id(), room=room, person="ana", type="png", width=9, height=9, bytes=4, sha256="ab", created_at=at
    )
    name = row.id
    await database.write(lambda sql: sql.add(row))
    if checked:
        await database.write(lambda sql: rows.checked(sql, room, "ana", name, at))
    shelf.put(name, b"full", b"preview")
    return name


async def test_what_may_be_posted(database: Sqlite | Postgres, shelf: Shelf) -> None:
    fresh, old = await brought(database, shelf, "r"), await brought(database, shelf, "r", at=AT - POSTABLE_MS - 1)
    unchecked, elsewhere = await brought(database, shelf, "r", checked=False), await brought(database, shelf, "s")
    known = BroughtPictures(database, lambda: AT)
    names = [fresh, old, unchecked, elsewhere, "../x"]
    assert [picture.id for picture in await known.known("r", "ana", names)] == [fresh]
    assert await known.known("r", "ben", names) == []
    assert await database.read(lambda sql: rows.unsettled(sql, "ana")) == 4


async def test_who_looked_first_is_kept(database: Sqlite | Postgres, shelf: Shelf) -> None:
    name = await brought(database, shelf, "r")
    again = await database.write(lambda sql: rows.checked(sql, "r", "ana", name, AT + 5))
    assert again is not None and (again.checked_by, again.checked_at) == ("ana", AT)
    assert await database.write(lambda sql: rows.checked(sql, "r", "ben", name, AT)) is None


async def test_only_what_no_post_has_is_removed_after_a_day(
    database: Sqlite | Postgres, node: LiveNode, shelf: Shelf
) -> None:
    room = await node.open(cleo)
    posted, left = await brought(database, shelf, room), await brought(database, shelf, room)
    caller = await node.seated(ana, room)
    caller.send("post", id="p", room=room, text="See.", images=[posted])
    await caller.next("ack", re="p")

    await Leftovers(database, shelf, lambda: AT + KEPT_MS).step()
    assert shelf.path(left, "full").exists()
    await Leftovers(database, shelf, lambda: AT + KEPT_MS + 1).step()

    kept = await database.read(lambda sql: rows.brought(sql, room, "ana", posted))
    assert kept is not None and kept.event == "p"
    assert await database.read(lambda sql: rows.brought(sql, room, "ana", left)) is None
    assert shelf.path(posted, "full").exists() and not shelf.path(left, "full").exists()
    await database.write(lambda sql: rows.removed(sql, [posted]))
    assert await database.read(lambda sql: rows.brought(sql, room, "ana", posted)) is not None


async def test_files_without_a_row_go_too(database: Sqlite | Postgres, shelf: Shelf) -> None:
    kept = await brought(database, shelf, "r")
    lost, cut, fresh = new_id(), shelf.incoming("cut"), shelf.incoming("fresh")
    shelf.put(lost, b"full", b"preview")
    for path in (cut, fresh):
        path.write_bytes(b"half")
    for path in (shelf.path(lost, "full"), shelf.path(kept, "full"), cut):
        os.utime(path, (0, 0))
    await Leftovers(database, shelf, lambda: AT).step()
    assert shelf.path(kept, "full").exists() and fresh.exists()
    assert not shelf.path(lost, "full").exists() and not shelf.path(lost, "preview").exists() and not cut.exists()


async def test_where_no_picture_was_ever_brought_nothing_is_left_over(
    database: Sqlite | Postgres, tmp_path: Path
) -> None:
    await Leftovers(database, Shelf(tmp_path / "nowhere"), lambda: AT).step()
