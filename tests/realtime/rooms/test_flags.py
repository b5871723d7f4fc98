from typing import Final, get_args

import msgspec
import pytest

from realtime.rooms.body import Body
from realtime.rooms.command import FlagReason
from realtime.rooms.commands import Amend, Close, Flag, Post
from realtime.rooms.decide import decide
from realtime.rooms.events import Collapsed, Warned
from realtime.rooms.flags import is_told
from realtime.rooms.people import Mode, Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from tests.builders import Seat, after, ana, ask, ben, cleo, mo, obi, opened_room

DANGER: Final = ask(Flag, target="e2", reason="danger")
dan = msgspec.structs.replace(ana, id="dan", handle="dr_dan")


def room() -> Room:
    """Ben has posted e2."""
    return after(opened_room(), Seat(ben), ask(Post, text="Adrenaline 10 mg i.v."))


def made(state: Room, person: Person, flag: Flag = DANGER) -> list[Body]:
    return decide(state, Seat(person), flag, state.at)


def test_a_physicians_flag_warns_of_the_post() -> None:
    assert made(room(), ana) == [Warned(target="e2", reason="danger")]


def test_the_second_one_folds_it_away() -> None:
    state = after(room(), Seat(ana), DANGER)
    assert made(state, dan) == [Warned(target="e2", reason="danger"), Collapsed(target="e2", reason="danger")]


def test_a_moderators_flag_folds_it_away_at_once() -> None:
    assert made(room(), mo) == [Warned(target="e2", reason="danger"), Collapsed(target="e2", reason="danger")]


def test_a_folded_post_is_not_folded_twice() -> None:
    state = after(room(), Seat(mo), DANGER)
    assert made(state, ana) == [Warned(target="e2", reason="danger")]


def test_warnings_of_two_kinds_are_not_two_warnings() -> None:
    state = after(room(), Seat(ana), DANGER)
    flag = ask(Flag, target="e2", reason="identifying")
    assert made(state, dan, flag) == [Warned(target="e2", reason="identifying")]


def test_nobody_counts_twice() -> None:
    state = after(room(), Seat(ana), DANGER)
    with pytest.raises(Refused) as refused:
        made(state, ana)
    assert refused.value.refusal is Refusal.SAME_FLAG


def test_an_amended_text_is_free_of_the_warnings_of_the_earlier_one() -> None:
    state = after(after(room(), Seat(mo), DANGER), Seat(ben), ask(Amend, target="e2", text="Adrenaline 1 mg i.v."))
    post = state.posts["e2"]
    assert (post.collapsed, post.hidden, dict(post.warnings)) == (False, False, {})
    assert made(state, mo)[0] == Warned(target="e2", reason="danger")


@pytest.mark.parametrize(
    ("person", "mode", "told"),
    [
        (ana, "contribute", True),
        (mo, "contribute", True),
        (ana, "follow", False),
        (cleo, "contribute", False),
        (obi, "observe", False),
    ],
)
def test_the_room_is_told_of_its_verified_contributors_flags_alone(person: Person, mode: Mode, told: bool) -> None:
    assert is_told(room(), person, mode, DANGER) is told


@pytest.mark.parametrize("reason", get_args(FlagReason))
def test_the_room_is_told_of_what_it_must_know_at_once(reason: FlagReason) -> None:
    told = reason in ("danger", "identifying")
    flag = ask(Flag, target="e2", reason=reason)
    assert is_told(room(), ana, "contribute", flag) is told
    if not told:
        with pytest.raises(Refused) as refused:
            made(room(), ana, flag)
        assert refused.value.refusal is Refusal.NOT_TOLD


def test_a_closed_room_is_told_of_nothing() -> None:
    state = after(room(), Seat(mo), ask(Close, disposition="Transferred", summary="Stable."))
    assert not is_told(state, ana, "contribute", DANGER)
