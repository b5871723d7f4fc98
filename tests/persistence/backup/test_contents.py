import msgspec
import pytest

from persistence.backup.contents import Contents
from persistence.rows import EVENT, ROOM
from realtime.rooms.chain import Record
from realtime.rooms.commands import Post
from tests.builders import ROOM as CASE
from tests.builders import ana, ask, records, story

LOG = records(story((ana, ask(Post, text="Check the ECG.")), (ana, ask(Post, text="Then transfer."))))
COLUMNS = list(EVENT.columns.keys())


def looked_at(log: list[Record], head: Record | None) -> Contents:
    """What is made of a room with this log and the head after `head`."""
    contents = Contents()
    contents.take(EVENT.name, COLUMNS, [msgspec.structs.astuple(record) for record in log])
    if head is not None:
        contents.take(ROOM.name, ["id", "seq", "head"], [(CASE, head.seq, head.digest)])
    return contents


def test_a_whole_room_is_counted() -> None:
    contents = looked_at(LOG, LOG[-1])
    contents.take("person", ["id"], [("ana",), ("ben",)])
    assert contents.wrong() is None
    assert (contents.rooms, contents.events, contents.people) == (1, 3, 2)
    assert contents.newest_at == LOG[-1].at


@pytest.mark.parametrize(
    ("log", "head", "sentence"),
    [
        ([*LOG[:1], *LOG[2:]], LOG[-1], "its chain breaks at event 2"),
        (LOG[1:], LOG[-1], "its chain breaks at event 1"),
        (LOG[:-1], LOG[-1], "its events and its head end differently"),
        (LOG, LOG[-2], "its events and its head end differently"),
        (LOG, None, "is not in the other"),
        ([], LOG[-1], "is not in the other"),
    ],
)
def test_a_room_that_is_not_whole_is_named(log: list[Record], head: Record | None, sentence: str) -> None:
    wrong = looked_at(log, head).wrong()
    assert wrong is not None and CASE in wrong and sentence in wrong


def test_a_changed_event_is_named() -> None:
    changed = msgspec.structs.replace(LOG[1], body=LOG[1].body.replace(b"ECG", b"EEG"))
    wrong = looked_at([LOG[0], changed, LOG[2]], LOG[-1]).wrong()
    assert wrong is not None and "breaks at event 2" in wrong


def test_what_was_erased_by_law_proves_nothing_and_breaks_nothing() -> None:
    values = dict(zip(COLUMNS, msgspec.structs.astuple(LOG[1]), strict=True)) | {"salt_body": None, "body": None}
    contents = Contents()
    for row in (msgspec.structs.astuple(LOG[0]), tuple(values.values()), msgspec.structs.astuple(LOG[2])):
        contents.take(EVENT.name, COLUMNS, [row])
    contents.take(ROOM.name, ["id", "seq", "head"], [(CASE, 3, LOG[2].digest)])
    assert contents.wrong() is None


def test_rooms_one_after_another_are_each_looked_at() -> None:
    contents = Contents()
    logs = [[msgspec.structs.replace(record, room=name) for record in LOG[:1]] for name in ("a", "b", "c")]
    for log in logs:
        contents.take(EVENT.name, COLUMNS, [msgspec.structs.astuple(record) for record in log])
    assert contents.events == 3
    wrong = contents.wrong()
    assert wrong is not None and "Room a" in wrong
