from typing import Any

import msgspec
import pytest

from realtime.rooms.body import Body
from realtime.rooms.commands import (
    Amend,
    Close,
    Corroborate,
    Invite,
    Observers,
    Pin,
    PollOpen,
    Post,
    Remove,
    Retract,
    Unpin,
    Widen,
)
from realtime.rooms.events import BODIES, Event, Opened, Pinned, Sealed
from realtime.rooms.fold import fold, replay
from realtime.rooms.people import SYSTEM, By
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, mo, opened_room, opening, rung, story, wish
from tests.samples import VITALS

agree = ask(Corroborate, target="e2", stance="agree")
disagree = ask(Corroborate, target="e2", stance="disagree")
advice = ask(Post, text="Give antivenom now.", kind="recommendation")


def room_after(*steps: Any) -> Room:
    room = replay(story(*steps))
    assert room is not None
    return room


def system(room: Room, body: Body) -> Event:
    return Event(room.seq + 1, f"s{room.seq + 1}", room.at, By(SYSTEM), body)


def test_a_room_begins_with_its_case() -> None:
    room = opened_room()
    assert (room.seq, room.at, room.presenter, room.card.open, room.card.waiting) == (1, AT, "cleo", True, True)
    assert room.card.case.title == wish().title
    assert room.observers == room.card.case.observers


def test_a_post_stands_with_its_author_place_and_kind() -> None:
    post = room_after((ana, advice)).posts["e2"]
    assert (post.id, post.seq, post.by, post.kind, post.text) == ("e2", 2, "ana", "recommendation", advice.text)
    assert (post.version, post.retracted, post.holders("agree")) == (1, False, [])


def test_a_case_waits_until_somebody_but_its_presenter_posts() -> None:
    assert room_after((cleo, ask(Post, text="Anyone?"))).card.waiting
    assert not room_after((cleo, ask(Post, text="Anyone?")), (ana, advice)).card.waiting


def test_holders_of_a_stance_come_in_order_of_their_ids() -> None:
    carl = msgspec.structs.replace(ben, id="carl")
    post = room_after((cleo, advice), (carl, agree), (ben, disagree), (ana, agree)).posts["e2"]
    assert (post.holders("agree"), post.holders("disagree")) == (["ana", "carl"], ["ben"])


def test_a_person_holds_one_stance_the_last() -> None:
    post = room_after((ana, advice), (ben, agree), (ben, disagree)).posts["e2"]
    assert (post.holders("agree"), post.holders("disagree")) == ([], ["ben"])


def test_a_stance_can_be_withdrawn() -> None:
    post = room_after((ana, advice), (ben, agree), (ben, ask(Corroborate, target="e2", stance="withdraw"))).posts["e2"]
    assert (post.holders("agree"), post.holders("withdraw")) == ([], [])


def test_amending_voids_the_corroborations_of_the_earlier_text() -> None:
    carl = msgspec.structs.replace(ben, id="carl")
    amend = ask(Amend, target="e2", text="Give half.")
    post = room_after((ana, advice), (ben, agree), (carl, agree), (ana, amend), (carl, agree)).posts["e2"]
    assert (post.text, post.version, post.holders("agree")) == ("Give half.", 2, ["carl"])


def test_amending_back_does_not_bring_corroborations_back() -> None:
    there, back = ask(Amend, target="e2", text="Wait."), ask(Amend, target="e2", text=advice.text)
    post = room_after((ana, advice), (ben, agree), (ana, there), (ana, back)).posts["e2"]
    assert (post.text, post.version, post.holders("agree")) == (advice.text, 3, [])


def test_retracting_empties_a_post_keeps_its_place_and_unpins_it() -> None:
    before = room_after((ana, advice), (ben, ask(Post, text="Wait.")), (cleo, ask(Pin, target="e2")))
    room = after(before, Seat(ana), ask(Retract, target="e2", reason="Wrong dose."))
    assert sorted(room.posts) == ["e2", "e3"]
    assert (room.posts["e2"].text, room.posts["e2"].retracted, room.posts["e2"].seq) == ("", True, 2)
    assert (before.pinned, room.pinned) == (("e2",), ())


def test_pins_keep_the_order_in_which_they_were_made() -> None:
    posts = [(ana, ask(Post, text=str(n))) for n in range(3)]
    pins = [(cleo, ask(Pin, target=target)) for target in ("e4", "e2", "e3")]
    assert room_after(*posts, *pins).pinned == ("e4", "e2", "e3")
    assert room_after(*posts, *pins, (mo, ask(Unpin, target="e2"))).pinned == ("e4", "e3")


def test_inviting_and_removing_undo_each_other() -> None:
    invite, remove = ask(Invite, person="dan"), ask(Remove, person="dan")
    assert room_after((cleo, invite)).card.invited == {"dan"}
    removed = room_after((cleo, invite), (cleo, remove)).card
    assert (sorted(removed.invited), sorted(removed.removed)) == ([], ["dan"])
    again = room_after((cleo, remove), (cleo, invite)).card
    assert (sorted(again.invited), sorted(again.removed)) == (["dan"], [])


def test_reach_and_observers_change_the_case() -> None:
    delayed = ask(Observers, mode="delayed", delay_s=30)
    room = replay(story((cleo, ask(Widen, reach="world")), (cleo, delayed), first=opening(reach="team")))
    assert room is not None
    assert room.card.case.reach == "world"
    assert (room.observers.mode, room.observers.delay_s) == ("delayed", 30)


def test_closing_is_remembered_with_its_time() -> None:
    room = room_after((cleo, ask(Close, disposition="Home", summary="Better.")))
    assert (room.card.open, room.card.waiting, room.card.closed_at) == (False, False, AT + 1_000)


def test_a_seal_follows_the_close() -> None:
    room = room_after((cleo, ask(Close, disposition="Home", summary="Better.")))
    room = fold(room, system(room, Sealed(upto=2, root="00", key_id="k")))
    assert (room.seq, room.sealed_upto) == (3, 2)


def test_folding_changes_no_earlier_room() -> None:
    earlier = room_after((ana, advice))
    after(earlier, Seat(ben), agree)
    after(earlier, Seat(ana), ask(Amend, target="e2", text="x"))
    assert earlier == room_after((ana, advice))


@pytest.mark.parametrize("seq", [0, 1, 2, 4])
def test_an_event_that_is_not_the_next_one_is_not_folded(seq: int) -> None:
    room = room_after((ana, advice))
    with pytest.raises(ValueError, match="does not follow 2"):
        fold(room, Event(seq, "x", AT, By(SYSTEM), Pinned(target="e2")))


def test_nothing_comes_before_the_opening_and_no_second_one_after() -> None:
    with pytest.raises(ValueError, match="begins with `opened`"):
        fold(None, Event(1, "x", AT, By(SYSTEM), Pinned(target="e2")))
    with pytest.raises(ValueError, match="does not follow 0"):
        fold(None, msgspec.structs.replace(opening(), seq=2))
    with pytest.raises(ValueError, match="Opened"):
        fold(opened_room(), msgspec.structs.replace(opening(), seq=2))


def test_nothing_replayed_is_no_room() -> None:
    assert replay([]) is None


def test_every_kind_of_event_can_be_folded() -> None:
    poll = (ana, ask(PollOpen, question="Which?", options=["One", "Two"]))
    pinned = rung(room_after((ana, advice), (ben, agree), (cleo, ask(Pin, target="e2")), poll), "p0", "ana")
    samples: dict[str, dict[str, Any]] = {
        "post": {"text": "x", "kind": "comment", "evidence": [], "images": []},
        "amended": {"target": "e2", "text": "x"},
        "retracted": {"target": "e2", "reason": "x"},
        "withheld": {"target": "e2", "reason": "trial_data"},
        "corroborated": {"target": "e2", "stance": "agree", "evidence": []},
        "released": {"target": "e2", "pictures": []},
        "pinned": {"target": "e2"},
        "poll_opened": {"question": "Which?", "options": ["One", "Two"]},
        "poll_voted": {"target": "e5", "choices": [0]},
        "poll_closed": {"target": "e5", "voters": 0, "counts": [0, 0]},
        "opined": {"differential": [{"dx": "x", "probability": 0.5}]},
        "revealed": {},
        "unpinned": {"target": "e2"},
        "acted": {"target": "e2", "state": "accepted", "version": 1},
        "hand_over_asked": {"person": "ben"},
        "handed_over": {"person": "ben"},
        "led": {"person": "ben"},
        "invited": {"person": "dan"},
        "removed": {"person": "dan"},
        "widened": {"reach": "world"},
        "observers_changed": {"mode": "off", "delay_s": 0},
        "awards_revealed": {"awards": [{"commitment": "ab" * 32}]},
        "outcome": {"verdict": "unknown", "supports": [], "contradicts": []},
        "paged": {"page": "p1", "tier": 0, "deadline_at": AT},
        "responded": {"page": "p0", "answer": "accept"},
        "escalated": {"page": "p0", "tier": 1, "why": "lapsed"},
        "vitals_added": {"taken_at": AT, "values": VITALS},
        "revised": {"acuity": "stat"},
        "warned": {"target": "e2", "reason": "danger"},
        "collapsed": {"target": "e2", "reason": "danger"},
        "closed": {"disposition": "x", "summary": "x"},
        "sealed": {"upto": 1, "root": "00", "key_id": "k"},
    }
    assert BODIES.keys() - samples.keys() == {"opened"}
    assert BODIES["opened"] is Opened
    for kind, fields in samples.items():
        folded = fold(pinned, system(pinned, BODIES[kind](**fields)))
        assert (folded.seq, folded.at) == (pinned.seq + 1, pinned.at)
