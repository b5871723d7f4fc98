"""The checker is itself checked: on a history that kept every promise, and on one broken in each way."""

from collections.abc import Callable

import pytest

from drill.checker import Kind, OnRecord, findings
from drill.history import Acked, Broken, History, Refused, Reset, Seen, Sent

LOG = [
    OnRecord(1, "opening", "c1", "cleo"),
    OnRecord(2, "a1", "c2", "ana"),
    OnRecord(3, "b1", "c3", "ben"),
    OnRecord(4, "a2", "c4", "ana"),
]


def told() -> tuple[History, History]:
    """What ana and ben wrote down of a consult in which nothing went wrong."""
    ana, ben = History("ana", "ana"), History("ben", "ben")
    for id, seq in (("a1", 2), ("a2", 4)):
        ana.sent(id)
        ana.acked(id, seq)
    ben.sent("b1")
    ben.acked("b1", 3)
    for history in (ana, ben):
        for event in LOG:
            history.seen(event.seq, event.id, event.check)
    return ana, ben


def kinds(ana: History, ben: History, log: list[OnRecord] = LOG, *, taken_back: bool = False) -> set[Kind]:
    return {one.kind for one in findings([ana, ben], log, others=["opening"], taken_back=taken_back)}


def test_a_consult_in_which_nothing_went_wrong_has_no_findings() -> None:
    assert findings([*told()], LOG, others=["opening"]) == []


def test_an_acked_event_that_is_not_in_the_log_is_lost() -> None:
    ana, ben = told()
    ana.sent("a3")
    ana.acked("a3", 5)
    (lost,) = [one for one in findings([ana, ben], LOG, others=["opening"]) if one.kind == "lost"]
    assert (lost.who, lost.how) == ("ana", "a3 was acked as event 5, and the log ends before")


def test_an_acked_event_at_whose_place_another_stands_is_lost() -> None:
    ana, ben = told()
    log = [LOG[0], LOG[2]._replace(seq=2), LOG[1]._replace(seq=3), LOG[3]]
    assert "lost" in kinds(ana, ben, log)


def test_a_doubled_row_and_an_event_shown_twice_are_found() -> None:
    ana, ben = told()
    assert "doubled" in kinds(ana, ben, [*LOG, OnRecord(5, "a1", "c5", "ana")])
    ben.seen(4, "a2", "c4")
    assert kinds(ana, ben) == {"doubled"}


def test_swapped_events_are_found() -> None:
    ana, ben = told()
    ben.entries[-1], ben.entries[-2] = ben.entries[-2], ben.entries[-1]
    assert kinds(ana, ben) >= {"disordered"}


def test_an_authors_posts_in_another_order_than_sent_are_found() -> None:
    ana, ben = History("ana"), History("ben")
    for id, seq in (("a2", 4), ("a1", 2)):
        ana.sent(id)
        ana.acked(id, seq)
    ben.sent("b1")
    ben.acked("b1", 3)
    assert kinds(ana, ben) == {"disordered"}


def test_times_that_go_back_in_the_log_are_found() -> None:
    ana, ben = told()
    assert kinds(ana, ben, [event._replace(at=9 - event.seq) for event in LOG]) == {"disordered"}


def test_a_hole_is_found_though_the_missing_event_comes_later() -> None:
    ana, ben = told()
    ben.entries.remove(next(entry for entry in ben.of(Seen) if entry.seq == 3))
    assert kinds(ana, ben) == {"holed"}


def test_a_hole_in_the_log_is_found() -> None:
    ana, ben = told()
    assert "holed" in kinds(ana, ben, [*LOG[:2], *LOG[3:]])


@pytest.mark.parametrize("shown", [(5, "x", "c5"), (4, "x", "c4"), (4, "a2", "other")])
def test_an_event_that_is_not_in_the_log_is_invented(shown: tuple[int, str, str]) -> None:
    ana, ben = told()
    if shown[0] == 4:
        ben.entries.pop()
    ben.seen(*shown)
    assert "invented" in kinds(ana, ben)


def test_an_event_in_the_log_that_nobody_sent_is_invented() -> None:
    ana, ben = told()
    for history in (ana, ben):
        history.seen(5, "x", "c5")
    assert kinds(ana, ben, [*LOG, OnRecord(5, "x", "c5", "eve")]) == {"invented"}


def test_a_command_without_an_answer_is_unsettled_also_where_it_is_on_record() -> None:
    ana, ben = told()
    ana.entries.remove(next(entry for entry in ana.of(Acked) if entry.id == "a2"))
    assert kinds(ana, ben) == {"unsettled"}


def test_a_refused_command_that_is_on_record_is_unsettled() -> None:
    ana, ben = told()
    ana.entries = [
        Refused(entry.at_s, "a2", "closed") if entry in [*ana.of(Acked)][1:] else entry for entry in ana.entries
    ]
    assert kinds(ana, ben) == {"unsettled"}


def test_a_refused_command_that_is_not_on_record_is_settled() -> None:
    ana, ben = told()
    ana.sent("a3")
    ana.refused("a3", "closed")
    assert kinds(ana, ben) == set()


def test_a_reader_who_was_not_shown_the_end_is_behind() -> None:
    ana, ben = told()
    ben.entries.pop()
    assert kinds(ana, ben) == {"behind"}


def test_a_client_that_had_to_stop_is_found() -> None:
    ana, ben = told()
    ben.broken("event 18 came after 16")
    assert kinds(ana, ben) == {"broken"}


def test_what_a_reset_takes_back_may_be_gone_only_where_the_log_went_back() -> None:
    ana, ben = told()
    gone = LOG[:2]
    for history in (ana, ben):
        history.reset(2, "c2")
        history.seen(1, "opening", "c1")
        history.seen(2, "a1", "c2")
    assert kinds(ana, ben, gone) >= {"lost", "invented"}
    assert kinds(ana, ben, gone, taken_back=True) == set()


def test_who_was_not_told_that_the_log_went_back_was_lied_to() -> None:
    ana, ben = told()
    ben.reset(2, "c2")
    ben.seen(2, "a1", "c2")
    wrong = findings([ana, ben], LOG[:2], others=["opening"], taken_back=True)
    assert {one.who for one in wrong} == {"ana"}
    assert {one.kind for one in wrong} >= {"lost", "invented"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda history: history.entries.append(Sent(0, "a9")),
        lambda history: history.entries.append(Acked(0, "a9", 9)),
        lambda history: history.entries.append(Seen(0, 9, "a9", "c9")),
        lambda history: history.entries.append(Reset(0, 1, "c1")) or history.entries.append(Seen(0, 1, "x", "c1")),
        lambda history: history.entries.append(Broken(0, "why")),
    ],
)
def test_nothing_that_is_added_to_a_good_history_goes_unnoticed(spoil: Callable[[History], None]) -> None:
    ana, ben = told()
    spoil(ana)
    assert kinds(ana, ben)
