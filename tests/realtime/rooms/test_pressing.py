"""What cannot wait for a bad line."""

import pytest

from realtime.rooms.commands import Act, AnyCommand, HandOver, Post
from realtime.rooms.events import BODIES
from realtime.rooms.fold import fold
from realtime.rooms.people import Person
from realtime.rooms.pressing import PRESSING, presses
from tests.builders import Seat, ana, ask, ben, cleo, happened, opened_room


def test_what_presses_on_everybody_are_events_that_there_are() -> None:
    assert PRESSING <= BODIES.keys()


@pytest.mark.parametrize(
    ("author", "command", "presses_on_cleo"),
    [
        (ana, ask(Post, text="Is she awake", kind="question", to="cleo"), True),
        (ana, ask(Post, text="Is he awake", kind="question", to="ben"), False),
        (ana, ask(Post, text="Give it", kind="recommendation"), False),
        (cleo, ask(HandOver, person="ana"), True),
    ],
)
def test_what_is_asked_of_one_presses_on_them_and_what_is_said_on_nobody(
    author: Person, command: AnyCommand, presses_on_cleo: bool
) -> None:
    (event,) = happened(opened_room(), Seat(author), command)
    assert presses(event, "cleo") is presses_on_cleo


def test_ones_own_words_press_on_nobody() -> None:
    (event,) = happened(opened_room(), Seat(ben), ask(Post, text="Noted", to="ben"))
    assert not presses(event, "ben")


def test_a_step_of_the_plan_presses_on_everybody() -> None:
    room = opened_room()
    (said,) = happened(room, Seat(ana), ask(Post, text="Give it", kind="recommendation"))
    (acted,) = happened(
        fold(room, said), Seat(cleo), ask(Act, target=said.id, state="accepted", read_back="One vial now")
    )
    assert presses(acted, "ben")
