"""The plan, the questions that wait, and who presents and leads."""

import json
from typing import Any, Final, get_args

import msgspec
import pytest

from realtime.rooms.command import ActState
from realtime.rooms.commands import Act, Amend, AnyCommand, HandOver, Lead, Post, Remove, Respond, Retract
from realtime.rooms.decide import decide
from realtime.rooms.deciding.posts import MOST_OPEN_QUESTIONS
from realtime.rooms.events import HandedOver
from realtime.rooms.fold import replay
from realtime.rooms.people import Person
from realtime.rooms.plan import MOST_OPEN, may_follow
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, mo, opened_room, opening, story
from tests.vectors.make import HERE

FOLLOWS: Final[dict[str, list[str]]] = json.loads((HERE / "plan.json").read_text())["follows"]
READ_BACK: Final = "One vial of antivenom, now."

advice = ask(Post, text="Give one vial of antivenom now.", kind="recommendation")


def act(state: ActState, **words: Any) -> AnyCommand:
    return ask(Act, target="e2", state=state, **words)


def room_after(*steps: tuple[Person, AnyCommand], **parts: Any) -> Room:
    room = replay(story(*steps, first=opening(**parts)))
    assert room is not None
    return room


def refusal_of(room: Room, person: Person, command: AnyCommand) -> Refusal:
    with pytest.raises(Refused) as refused:
        decide(room, Seat(person), command, AT)
    return refused.value.refusal


def full_plan() -> Room:
    """As many recommendations on the plan as are open at once, and one more beside it."""
    room = opened_room()
    for _ in range(MOST_OPEN + 1):
        room = after(room, Seat(ana), advice)
    for post in sorted(room.posts.values(), key=lambda post: post.seq)[:MOST_OPEN]:
        room = after(room, Seat(cleo), ask(Act, target=post.id, state="accepted"))
    return room


@pytest.mark.parametrize("before", FOLLOWS)
def test_the_states_follow_each_other_as_the_vectors_say(before: str) -> None:
    known: dict[str, ActState | None] = {"none": None} | {state: state for state in get_args(ActState)}
    assert {state for state in get_args(ActState) if may_follow(known[before], state)} == set(FOLLOWS[before])


def test_an_eighth_is_refused_until_one_has_ended() -> None:
    room, eighth = full_plan(), ask(Act, target="e9", state="accepted")
    assert refusal_of(room, cleo, eighth) is Refusal.PLAN_FULL
    assert len(after(after(room, Seat(cleo), act("done")), Seat(cleo), eighth).open_acts) == MOST_OPEN


def test_a_full_plan_takes_what_cannot_be_done_and_an_amended_text() -> None:
    room = full_plan()
    assert decide(room, Seat(cleo), ask(Act, target="e9", state="cannot", reason="None here."), AT)
    amended = after(room, Seat(ana), ask(Amend, target="e2", text="Two vials."))
    assert decide(amended, Seat(cleo), act("accepted"), AT)


def test_a_stat_case_needs_a_read_back_and_others_do_not() -> None:
    assert refusal_of(room_after((ana, advice), acuity="stat"), cleo, act("accepted")) is Refusal.READ_BACK
    assert refusal_of(room_after((ana, advice), acuity="stat"), cleo, act("accepted", read_back="Ok.")) is (
        Refusal.READ_BACK
    )
    room = room_after((ana, advice), (cleo, act("accepted", read_back=READ_BACK)), acuity="stat")
    assert room.acts["e2"].read_back == READ_BACK
    assert decide(room, Seat(cleo), act("doing"), AT)
    assert decide(room_after((ana, advice)), Seat(cleo), act("accepted"), AT)


def test_an_act_is_of_the_text_that_was_accepted() -> None:
    room = room_after((ana, advice), (cleo, act("accepted")), (ana, ask(Amend, target="e2", text="Two vials now.")))
    assert (room.acts["e2"].version, room.posts["e2"].version) == (1, 2)
    assert after(room, Seat(cleo), act("done")).acts["e2"].done == 1
    assert after(room, Seat(cleo), act("accepted")).acts["e2"].version == 2


def test_what_was_retracted_can_only_end() -> None:
    room = room_after((ana, advice), (cleo, act("accepted")), (ana, ask(Retract, target="e2", reason="Wrong.")))
    assert [act.target for act in room.open_acts] == ["e2"]
    assert refusal_of(room, cleo, act("doing")) is Refusal.RETRACTED
    assert not after(room, Seat(cleo), act("stopped")).open_acts
    assert after(room, Seat(cleo), act("done")).acts["e2"].done == 1
    never = room_after((ana, advice), (ana, ask(Retract, target="e2", reason="Wrong.")))
    assert refusal_of(never, cleo, act("cannot", reason="Gone.")) is Refusal.RETRACTED


@pytest.mark.parametrize(
    ("then", "done"),
    [((), 1), (("accepted",), 1), (("accepted", "stopped"), 1), (("stopped",), 1), (("doing",), 0)],
)
def test_it_is_kept_whether_an_act_was_done(then: tuple[ActState, ...], done: int) -> None:
    steps = [(cleo, act(state)) for state in ("accepted", "done", *then)]
    assert room_after((ana, advice), *steps).acts["e2"].done == done


def test_the_plan_keeps_the_order_in_which_it_was_made() -> None:
    second = ask(Act, target="e3", state="accepted")
    room = room_after((ana, advice), (ben, advice), (cleo, second), (cleo, act("accepted")), (cleo, act("doing")))
    assert [act.target for act in room.plan] == ["e3", "e2"]


def test_who_leads_keeps_the_plan_and_pins_and_hands_nothing_over() -> None:
    room = room_after((ana, advice), (cleo, ask(Lead, person="ben")))
    assert decide(room, Seat(ben), act("accepted"), AT)
    assert refusal_of(room, ben, ask(HandOver, person="ana")) is Refusal.NOT_YOURS
    ended = after(room, Seat(cleo), ask(Lead, person="cleo"))
    assert (ended.lead, refusal_of(ended, ben, act("accepted"))) == (None, Refusal.NOT_YOURS)


def test_a_hand_over_takes_effect_when_it_is_accepted() -> None:
    room = room_after((cleo, ask(HandOver, person="ben", note="My shift ends.")))
    assert room.presenter == "cleo"
    accept = ask(Respond, page="e2", answer="accept", read_back="Antivenom runs, ECG at 18.")
    assert decide(room, Seat(ben), accept, AT)[1:] == [HandedOver(person="ben")]
    taken = after(room, Seat(ben), accept)
    assert (taken.presenter, taken.hand_over, set(taken.card.invited)) == ("ben", None, {"cleo"})
    assert refusal_of(taken, ben, accept) is Refusal.NO_SUCH_PAGE


def test_a_hand_over_can_be_declined_and_taken_back() -> None:
    room = room_after((cleo, ask(HandOver, person="ben")))
    assert after(room, Seat(ben), ask(Respond, page="e2", answer="decline")).hand_over is None
    back = after(room, Seat(mo), ask(HandOver, person="cleo"))
    assert (back.hand_over, back.presenter) == (None, "cleo")
    assert refusal_of(back, cleo, ask(HandOver, person="cleo")) is Refusal.PRESENTS_ALREADY


def test_who_takes_over_does_not_lead_beside_themselves() -> None:
    room = room_after((cleo, ask(Lead, person="ben")), (cleo, ask(HandOver, person="ben")))
    assert after(room, Seat(ben), ask(Respond, page="e3", answer="accept", read_back=READ_BACK)).lead is None


def test_who_is_removed_leads_no_more_and_is_asked_nothing() -> None:
    room = room_after(
        (cleo, ask(Lead, person="ben")),
        (cleo, ask(HandOver, person="ben")),
        (ana, ask(Post, text="Which dose?", kind="question", to="ben")),
        (cleo, ask(Remove, person="ben")),
    )
    assert (room.lead, room.hand_over, dict(room.open_questions)) == (None, None, {})


def test_a_question_is_open_until_who_was_asked_replies_to_it() -> None:
    room = room_after((ana, ask(Post, text="Which snake?", kind="question", to="cleo")))
    for person, reply in ((ben, "e2"), (cleo, None)):
        said = after(room, Seat(person), ask(Post, text="A viper.", reply_to=reply))
        assert dict(said.open_questions) == {"e2": "cleo"}
    assert not after(room, Seat(cleo), ask(Post, text="A viper.", reply_to="e2")).open_questions


def test_a_comment_to_somebody_and_a_question_to_all_wait_for_nobody() -> None:
    room = room_after((ana, ask(Post, text="Thanks.", to="cleo")), (ana, ask(Post, text="Where?", kind="question")))
    assert not room.open_questions


def test_so_many_questions_wait_and_no_more() -> None:
    question = ask(Post, text="Which snake?", kind="question", to="cleo")
    room = opened_room()
    for _ in range(MOST_OPEN_QUESTIONS):
        room = after(room, Seat(ana), question)
    assert refusal_of(room, ana, question) is Refusal.TOO_MANY_QUESTIONS
    assert decide(room, Seat(ana), msgspec.structs.replace(question, to=None), AT)
    answered = after(room, Seat(cleo), ask(Post, text="A viper.", reply_to="e2"))
    assert decide(answered, Seat(ana), question, AT)
