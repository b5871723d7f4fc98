"""What a backup holds, for people."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from persistence.backup.contents import Contents
from persistence.backup.items import Backup, Item, Part, Rows


class Report:
    """Takes in the items of a backup as they come by."""

    def __init__(self, backup: Backup) -> None:
        self.backup = backup
        self.contents = Contents()
        self.archived: set[str] = set()
        self.pictures = 0
        self.keys: list[str] = []

    def take(self, item: Item) -> None:
        """Look at one item."""
        match item:
            case Rows(table=table, columns=columns, rows=rows):
                self.contents.take(table, columns, rows)
            case Part(folder="archive", path=path, last=True):
                self.archived.add(path)
            case Part(folder="pictures", last=True):
                self.pictures += 1
            case Part(folder="keys", path=path, last=True):
                self.keys.append(path)

    def made(self) -> "Held":
        """What it all was, once everything has come by."""
        contents = self.contents
        return Held(
            taken_at=self.backup.taken_at,
            rooms=contents.rooms,
            events=contents.events,
            people=contents.people,
            newest_at=contents.newest_at,
            archived=len(self.archived),
            pictures=self.pictures,
            keys=tuple(self.keys),
            wrong=contents.wrong(),
        )


class Held(NamedTuple):
    """What is in a backup. Times are Unix ms; `wrong`: see `Contents`.

    `archived`: how many files of sealed cases; `pictures`: how many of pictures, two each.
    """

    taken_at: int
    rooms: int
    events: int
    people: int
    newest_at: int | None
    archived: int
    pictures: int
    keys: Sequence[str]
    wrong: str | None

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        newest = f", the newest of {_time(self.newest_at)}" if self.newest_at is not None else ""
        return (
            f"{self.rooms} rooms, {self.events} events{newest}, {self.people} people, {self.archived} archive files, "
            f"{self.pictures} files of pictures, "
            f"keys: {', '.join(self.keys) or 'none'}; taken at {_time(self.taken_at)}"
        )


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
