"""What a late reader is told of the plan and of the questions that wait."""

from typing import Any, Final

import msgspec

from realtime.rooms.commands import Act, Amend, Corroborate, Flag, HandOver, Lead, Post, Retract
from realtime.rooms.copies import Audience, state_copy
from realtime.rooms.fold import replay
from realtime.rooms.listed import MOST_ENDED
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room
from tests.builders import ROOM, Seat, after, ana, ask, ben, cleo, opened_room, story

NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)
MASKED: Final = "▮▮▮ (name), seen last ▮▮▮ (date)."
NAMED: Final = "Mr Hansen, seen last Tuesday."

advice = ask(Post, text="Give one vial now.", kind="recommendation")
take = ask(Act, target="e2", state="accepted", read_back="One vial, now.")


def room_after(*steps: Any) -> Room:
    room = replay(story(*steps))
    assert room is not None
    return room


def told(room: Room, audience: Audience = "contributors") -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(state_copy(room, room, audience, NAMES))
    return plain


def test_an_act_is_told_with_its_text_author_support_and_state() -> None:
    room = room_after((ana, advice), (ben, ask(Corroborate, target="e2", stance="disagree")), (cleo, take))
    (act,) = told(room)["plan"]
    assert (act["text"], act["author"]["handle"], act["agree"], act["disagree"]) == (advice.text, "dr_ana", 0, 1)
    assert act["act"].pop("by")["handle"] == "nurse_cleo"
    said = {"state": "accepted", "at": room.at, "version": 1, "done": 0, "seq": 4, "read_back": "One vial, now."}
    assert act["act"] == said


def test_an_act_tells_what_it_contradicts_and_that_it_was_amended() -> None:
    other = ask(Post, text="Give none.", kind="recommendation", contradicts="e2")
    room = room_after((ana, advice), (ben, other), (cleo, ask(Act, target="e3", state="accepted")))
    (act,) = told(after(room, Seat(ben), ask(Amend, target="e3", text="Give none yet.")))["plan"]
    assert (act["contradicts"], act["version"], act["act"]["version"]) == ("e2", 2, 1)


def test_a_retracted_act_is_told_without_its_text() -> None:
    room = room_after((ana, advice), (cleo, take), (ana, ask(Retract, target="e2", reason="Wrong room.")))
    (act,) = told(room)["plan"]
    assert (act["text"], act["retracted"], act["act"]["read_back"]) == ("", True, "One vial, now.")
    (shown,) = told(room, "observers")["plan"]
    assert "read_back" not in shown["act"]


def test_of_what_ended_the_last_are_told_and_all_that_is_open() -> None:
    room = opened_room()
    for _ in range(MOST_ENDED + 2):
        room = after(room, Seat(ana), advice)
    for n in range(2, MOST_ENDED + 3):
        room = after(room, Seat(cleo), ask(Act, target=f"e{n}", state="cannot", reason="None here."))
    room = after(room, Seat(cleo), ask(Act, target=f"e{MOST_ENDED + 3}", state="accepted"))
    assert [act["id"] for act in told(room)["plan"]] == [f"e{n}" for n in range(3, MOST_ENDED + 4)]


def test_open_questions_are_told_with_whom_they_wait_for() -> None:
    room = room_after((ana, ask(Post, text="Which snake?", kind="question", to="cleo")))
    (question,) = told(room)["questions"]
    assert (question["text"], question["author"]["handle"], question["to"]) == ("Which snake?", "dr_ana", "cleo")


def test_who_leads_and_who_is_asked_to_take_over_are_told() -> None:
    room = room_after((cleo, ask(Lead, person="ana")), (cleo, ask(HandOver, person="ben", note="My shift ends.")))
    state = told(room)
    assert state["lead"] == "ana"
    assert state["hand_over"] == {"id": "e3", "person": "ben", "by": "cleo", "note": "My shift ends."}
    assert told(opened_room()).keys().isdisjoint({"lead", "hand_over"})


def test_observers_are_told_pseudonyms_and_masked_words_and_nothing_hidden() -> None:
    confirmed: dict[str, Any] = {"not_identifying": ["Mr Hansen", "Tuesday"]}
    room = room_after(
        (ana, ask(Post, text=NAMED, kind="recommendation", **confirmed)),
        (ben, advice),
        (cleo, ask(Act, target="e2", state="accepted", read_back=NAMED, **confirmed)),
        (cleo, ask(Act, target="e3", state="accepted", read_back="One vial, now.")),
        (ben, ask(Post, text=NAMED, kind="question", to="cleo", **confirmed)),
        (cleo, ask(HandOver, person="ben", note=NAMED, **confirmed)),
        (ana, ask(Flag, target="e3", reason="identifying")),
    )
    state = told(room, "observers")
    (act,) = state["plan"]
    (question,) = state["questions"]
    assert (act["text"], act["act"]["read_back"], question["text"]) == (MASKED, MASKED, MASKED)
    assert (state["hand_over"]["note"], question["to"]) == (MASKED, NAMES.of("cleo"))
    assert (act["author"]["person"], act["act"]["by"]["person"]) == (NAMES.of("ana"), NAMES.of("cleo"))
    assert "handle" not in act["author"]
