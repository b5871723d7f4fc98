"""Pictures that no post has after a day: removed by the worker, which asks the log and not its own notes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from sqlmodel import Session, col, select

from persistence import tables
from persistence.database import Database
from persistence.pictures.rows import KEPT_MS, removed
from persistence.pictures.shelf import Shelf
from persistence.pictures.tables import Picture
from realtime.rooms.events import Posted, decoded

AT_ONCE: Final = 200


class Leftovers:
    """Removes pictures that were brought and never posted, and files without a row. `now_ms` is Unix time."""

    def __init__(self, database: Database, shelf: Shelf, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._shelf = shelf
        self._now_ms = now_ms

    async def step(self) -> None:
        """Remove what is too old. Raises `Unavailable` or `OSError`."""
        before = self._now_ms() - KEPT_MS
        while await self._rows(before) == AT_ONCE:
            pass
        await self._files()

    async def _rows(self, before: int) -> int:
        """Look at a batch of rows brought before `before`; how many there were."""
        old = await self._database.read(lambda sql: _old(sql, before))
        posts = await self._database.read(lambda sql: _posts(sql, old))
        unused = [row.id for row in old if row.id not in posts]
        await self._database.write(lambda sql: _settle(sql, posts, unused))
        await asyncio.to_thread(self._remove, unused)
        return len(old)

    async def _files(self) -> None:
        """A process that ended between a file and its row has left the file."""
        names = await asyncio.to_thread(lambda: list(self._shelf.older_than(KEPT_MS / 1_000)))
        for start in range(0, len(names), AT_ONCE):
            part = names[start : start + AT_ONCE]
            known = await self._database.read(partial(_known, names=part))
            await asyncio.to_thread(self._remove, [name for name in part if name not in known])

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._shelf.remove(name)


def _old(sql: Session, before: int) -> Sequence[Picture]:
    wanted = select(Picture).where(col(Picture.event).is_(None), Picture.created_at < before)
    return sql.exec(wanted.order_by(col(Picture.created_at)).limit(AT_ONCE)).all()


def _posts(sql: Session, pictures: Iterable[Picture]) -> dict[str, str]:
    """The post of each of these pictures that has one, as the log says."""
    by_room: dict[str, set[str]] = defaultdict(set)
    for picture in pictures:
        by_room[picture.room].add(picture.id)
    return {name: event for room, names in by_room.items() for name, event in _in_log(sql, room, names)}


def _in_log(sql: Session, room: str, names: set[str]) -> Iterable[tuple[str, str]]:
    event = tables.Event
    wanted = select(event.id, event.body).where(event.room == room, event.kind == "post", col(event.body).is_not(None))
    for post, stored in sql.exec(wanted.execution_options(yield_per=500)):
        body = decoded("post", stored or b"")
        if isinstance(body, Posted):
            yield from ((name, post) for name in body.images if name in names)


def _settle(sql: Session, posts: dict[str, str], unused: Sequence[str]) -> None:
    for name, event in posts.items():
        if (row := sql.get(Picture, name)) is not None:
            row.event = event
            sql.add(row)
    removed(sql, unused)


def _known(sql: Session, names: Sequence[str]) -> set[str]:
    return set(sql.exec(select(Picture.id).where(col(Picture.id).in_(names))).all())
