from typing import Any

from realtime.presence.roster import GRACE_MS, REMEMBERED_MS, SILENCE_MS, Changes, Here, Roster, Statement
from tests.builders import ana as ana_person

START = 1_000_000
ANA, BEN, CLEO = Here("ana", 100), Here("ben", 200), Here("cleo", 300)


def said(node: str = "n1", at_ms: int = 1, **fields: Any) -> Statement:
    given: dict[str, Any] = {"room": "case1", "node": node, "incarnation": 1, "at_ms": at_ms}
    return Statement(**given | fields)


def told(roster: Roster, now_ms: int = START) -> Changes:
    changes = roster.changes(now_ms)
    assert changes is not None
    return changes


def roster(*statements: Statement) -> Roster:
    """A roster that has told what these said."""
    roster = Roster()
    for statement in statements:
        roster.merge(statement, START)
    roster.changes(START)
    return roster


def test_an_entry_has_what_an_author_has() -> None:
    assert Here.of(ana_person.by, 5) == Here("ana", 5, "dr_ana", "physician", "cardiology", "CH", 3)


def test_all_that_nodes_say_is_told_once() -> None:
    roster = Roster()
    roster.merge(said("n1", here=[BEN], viewers=2, observers={"pharma": 1}, seen={"ben": 4}), START)
    roster.merge(said("n2", here=[ANA], viewers=3, observers={"pharma": 2, "research": 1}), START)
    changes = told(roster)
    assert changes == Changes(
        here=[ANA, BEN],
        gone=[],
        seen={"ben": 4},
        viewers=5,
        observers={"pharma": 3, "research": 1},
        counted=True,
    )
    assert roster.changes(START) is None


def test_who_is_known_is_who_was_told_of() -> None:
    room = Roster()
    room.merge(said(here=[ANA]), START)
    room.snapshot()
    assert not room.knows("ana")
    told(room)
    assert room.knows("ana") and not room.knows("ben")
    room.merge(said(at_ms=2), START)
    assert room.knows("ana")
    told(room, START + GRACE_MS)
    assert not room.knows("ana")


def test_an_empty_room_has_no_changes() -> None:
    assert roster().changes(START) is None
    assert roster(said()).changes(START) is None


def test_kinds_of_observers_that_nobody_is_of_are_not_named() -> None:
    assert roster(said(observers={"pharma": 0, "research": 1})).observers == {"research": 1}


def test_only_what_changed_is_told() -> None:
    room = roster(said(here=[ANA], viewers=1, seen={"ana": 1}))
    room.merge(said(at_ms=2, here=[ANA, BEN], viewers=1, seen={"ana": 1, "ben": 1}), START)
    assert told(room) == Changes(here=[BEN], gone=[], seen={"ben": 1}, viewers=1, observers={}, counted=False)
    room.merge(said(at_ms=3, here=[ANA, BEN]), START)
    assert told(room) == Changes(here=[], gone=[], seen={}, viewers=0, observers={}, counted=True)


def test_a_person_on_two_nodes_is_here_once_since_the_earliest() -> None:
    room = roster(said("n1", here=[Here("ana", 500)]), said("n2", here=[Here("ana", 400)]))
    assert room.snapshot() == [Here("ana", 400)]
    room.merge(said("n2", at_ms=2), START)
    assert told(room).here == [Here("ana", 500)]
    assert room.snapshot() == [Here("ana", 500)]


def test_whoever_leaves_is_told_as_gone_two_seconds_later() -> None:
    room = roster(said(here=[ANA, BEN]))
    room.merge(said(at_ms=2, here=[BEN]), START)
    assert room.changes(START + GRACE_MS - 1) is None
    assert room.snapshot() == [ANA, BEN]
    assert told(room, START + GRACE_MS).gone == ["ana"]
    assert room.snapshot() == [BEN]
    assert room.changes(START + 2 * GRACE_MS) is None


def test_whoever_is_back_within_two_seconds_was_never_gone() -> None:
    room = roster(said("n1", here=[ANA]))
    room.merge(said("n1", at_ms=2), START)
    assert room.changes(START + 1_000) is None
    room.merge(said("n2", here=[ANA]), START + 1_500)
    assert room.changes(START + 2 * GRACE_MS) is None
    assert room.snapshot() == [ANA]


def test_the_grace_begins_anew_with_each_absence() -> None:
    room = roster(said("n1", here=[ANA]))
    room.merge(said(at_ms=2), START)
    room.merge(said(at_ms=3, here=[ANA]), START + 1_900)
    room.merge(said(at_ms=4), START + 1_950)
    assert room.changes(START + 1_950 + GRACE_MS - 1) is None
    assert told(room, START + 1_950 + GRACE_MS).gone == ["ana"]


def test_whoever_came_and_went_untold_is_never_told() -> None:
    room = roster(said())
    room.merge(said(at_ms=2, here=[ANA]), START)
    room.merge(said(at_ms=3), START)
    assert room.changes(START + GRACE_MS) is None
    assert room.snapshot() == []


def test_whoever_was_shown_is_told_as_gone_even_if_never_told_as_here() -> None:
    room = roster(said())
    room.merge(said(at_ms=2, here=[ANA]), START)
    assert room.snapshot() == [ANA]
    room.merge(said(at_ms=3), START)
    assert room.snapshot() == [ANA]
    assert told(room, START + GRACE_MS) == Changes(
        here=[], gone=["ana"], seen={}, viewers=0, observers={}, counted=False
    )
    assert room.snapshot() == []


def test_the_absence_is_counted_from_its_beginning() -> None:
    room = roster(said(here=[ANA]))
    room.merge(said(at_ms=2), START)
    room.merge(said(at_ms=3, here=[BEN]), START + 1_500)
    assert told(room, START + GRACE_MS).gone == ["ana"]


def test_of_two_statements_of_one_moment_every_node_keeps_the_same() -> None:
    one, other = said(here=[ANA]), said(here=[BEN])
    assert roster(one, other).snapshot() == roster(other, one).snapshot()


def test_of_two_entries_of_one_person_every_node_keeps_the_same() -> None:
    one, other = said("n1", here=[Here("ana", 1, tier=2)]), said("n2", here=[Here("ana", 1, tier=3)])
    assert roster(one, other).snapshot() == roster(other, one).snapshot() == [Here("ana", 1, tier=2)]


def test_a_node_that_has_come_back_is_silent_only_after_its_new_words() -> None:
    room = roster(said(here=[ANA]))
    room.expire(START + SILENCE_MS)
    room.merge(said(at_ms=2, here=[ANA]), START + SILENCE_MS)
    room.expire(START + 2 * SILENCE_MS)
    room.merge(said(at_ms=2, here=[ANA]), START + 2 * SILENCE_MS)
    assert told(room, START + 2 * SILENCE_MS + GRACE_MS).gone == ["ana"]


def test_a_silent_node_is_gone_with_all_its_people() -> None:
    room = roster(
        said("n1", here=[ANA], viewers=4, observers={"pharma": 1}, seen={"ana": 3}), said("n2", here=[BEN], viewers=1)
    )
    room.merge(said("n2", at_ms=2, here=[BEN], viewers=1), START + 5_000)
    assert room.changes(START + SILENCE_MS - 1) is None
    counts = told(room, START + SILENCE_MS)
    assert (counts.viewers, counts.observers, counts.counted, counts.gone) == (1, {}, True, [])
    assert told(room, START + SILENCE_MS + GRACE_MS).gone == ["ana"]
    assert room.snapshot() == [BEN]
    assert room.seen == {"ana": 3}


def test_a_node_that_repeats_itself_is_not_silent() -> None:
    room = roster(said(here=[ANA]))
    for beat in range(1, 10):
        room.merge(said(at_ms=1 + beat, here=[ANA]), START + beat * 3_000)
        assert room.changes(START + beat * 3_000) is None


def test_a_copy_of_old_words_keeps_no_node_alive_and_brings_nobody_back() -> None:
    words = said(here=[ANA])
    room = roster(words)
    room.merge(words, START + SILENCE_MS - 1)
    room.changes(START + SILENCE_MS)
    room.merge(words, START + SILENCE_MS + 1)
    assert told(room, START + SILENCE_MS + GRACE_MS).gone == ["ana"]
    assert room.snapshot() == []


def test_a_node_that_was_silent_and_speaks_again_is_back() -> None:
    room = roster(said(here=[ANA]))
    room.changes(START + SILENCE_MS)
    assert told(room, START + SILENCE_MS + GRACE_MS).gone == ["ana"]
    room.merge(said(at_ms=2, here=[ANA]), START + 30_000)
    assert told(room, START + 30_000).here == [ANA]


def test_a_node_that_is_silent_for_a_minute_is_forgotten() -> None:
    room = roster(said(at_ms=9))
    room.expire(START + SILENCE_MS)
    room.expire(START + REMEMBERED_MS)
    room.merge(said(at_ms=1, here=[ANA]), START + REMEMBERED_MS)
    assert room.snapshot() == [ANA]


def test_a_restarted_node_starts_anew_and_its_old_words_are_ignored() -> None:
    room = roster(said(at_ms=50, here=[ANA]))
    room.merge(said(incarnation=2, at_ms=1, here=[BEN]), START)
    room.merge(said(incarnation=1, at_ms=60, here=[CLEO]), START)
    assert room.snapshot() == [ANA, BEN]
    assert told(room, START + GRACE_MS).gone == ["ana"]


def test_what_was_read_only_grows() -> None:
    room = roster(said(at_ms=5, here=[ANA], seen={"ana": 7}))
    room.merge(said(at_ms=6, here=[ANA], seen={"ana": 4}), START)
    assert room.changes(START) is None
    room.merge(said("n2", here=[ANA], seen={"ana": 9}), START)
    assert told(room).seen == {"ana": 9}
    assert room.seen == {"ana": 9}


def test_who_came_in_one_moment_stands_by_handle() -> None:
    zoe, amy = Here("a", 100, handle="zoe"), Here("b", 100, handle="amy")
    assert roster(said(here=[CLEO, zoe, amy])).snapshot() == [amy, zoe, CLEO]
