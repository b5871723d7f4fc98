"""Polls: who asks what, what counts as a ballot, and what a poll came to."""

from typing import Any

import pytest

from realtime.rooms.commands import AnyCommand, Close, PollClose, PollOpen, PollVote
from realtime.rooms.decide import decide
from realtime.rooms.events import Closed, PollClosed, PollOpened, PollResult, PollVoted
from realtime.rooms.fold import replay
from realtime.rooms.identifiers.gate import IdentifiersFound
from realtime.rooms.people import Person
from realtime.rooms.poll import MOST_OPEN
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, mo, opened_room, story

QUESTION = "Antivenom before transfer?"


def asked(*options: str, **more: Any) -> PollOpen:
    return ask(PollOpen, question=QUESTION, options=list(options or ("Yes", "No", "Unsure")), **more)


def vote(*choices: int, target: str = "e2") -> PollVote:
    return ask(PollVote, target=target, choices=list(choices))


def room_after(*steps: tuple[Person, AnyCommand]) -> Room:
    room = replay(story(*steps))
    assert room is not None
    return room


def decided(room: Room, person: Person, command: AnyCommand) -> Any:
    (body,) = decide(room, Seat(person), command, AT)
    return body


def refusal_of(room: Room, person: Person, command: AnyCommand) -> Refusal:
    with pytest.raises(Refused) as refused:
        decide(room, Seat(person), command, AT)
    return refused.value.refusal


def test_a_poll_is_opened_with_its_options_as_they_were_written() -> None:
    opened = decided(opened_room(), cleo, asked("Yes, now", "No"))
    assert opened == PollOpened(question=QUESTION, options=["Yes, now", "No"], multiple=False)
    (poll,) = room_after((cleo, asked("Yes, now", "No"))).open_polls
    assert (poll.id, poll.by.handle, poll.options) == ("e2", "nurse_cleo", ("Yes, now", "No"))


@pytest.mark.parametrize("options", [("Yes", "yes"), ("Two  vials", "No", "two vials ")])
def test_options_that_say_the_same_are_refused(options: tuple[str, ...]) -> None:
    assert refusal_of(opened_room(), ana, asked(*options)) is Refusal.SAME_OPTIONS


@pytest.mark.parametrize(
    "command", [asked("Yes", " "), ask(PollOpen, question=" ", options=["Yes", "No"])], ids=["option", "question"]
)
def test_empty_words_are_refused(command: PollOpen) -> None:
    assert refusal_of(opened_room(), ana, command) is Refusal.EMPTY_TEXT


def test_a_sixth_poll_is_refused_until_one_is_closed() -> None:
    room = room_after(*[(ana, asked())] * MOST_OPEN)
    assert refusal_of(room, ben, asked()) is Refusal.TOO_MANY_POLLS
    assert decided(after(room, Seat(ana), ask(PollClose, target="e2")), ben, asked())


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ask(PollOpen, question="Is Mr Hansen fit to fly?", options=["Yes", "No"]), "question"),
        (asked("Yes", "Ask Mr Hansen"), "options.1"),
    ],
)
def test_a_name_in_any_of_its_words_is_found_before_it_is_said(command: PollOpen, field: str) -> None:
    with pytest.raises(IdentifiersFound) as refused:
        decide(opened_room(), Seat(ana), command, AT)
    assert refused.value.found.first == field


def test_what_its_author_confirms_comes_in_and_is_on_record() -> None:
    confirmed = asked("Yes", "Ask Mr Hansen", not_identifying=["Mr Hansen"])
    (on_record,) = decided(opened_room(), ana, confirmed).not_identifying
    assert on_record.field == "options.1"


def test_the_last_ballot_of_a_person_counts_once() -> None:
    room = room_after((cleo, asked()), (ana, vote(0)), (ben, vote(1)), (ana, vote(1)))
    assert room.polls["e2"].counts == [0, 2, 0]
    assert dict(room.polls["e2"].ballots) == {"ana": (1,), "ben": (1,)}


def test_where_several_may_be_chosen_each_choice_counts_and_its_voter_once() -> None:
    room = room_after((cleo, asked(multiple=True)), (ana, vote(2, 0)), (ben, vote(2)))
    assert room.polls["e2"].counts == [1, 0, 2]
    closed = decided(room, cleo, ask(PollClose, target="e2"))
    assert closed == PollClosed(target="e2", voters=2, counts=[1, 0, 2])


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (vote(3), Refusal.NO_SUCH_OPTION),
        (vote(0, 1), Refusal.ONE_CHOICE),
        (vote(0, 0), Refusal.SAME_CHOICE),
        (vote(1), Refusal.SAME_BALLOT),
        (vote(0, target="e1"), Refusal.NO_SUCH_POLL),
        (vote(0, target="nothing"), Refusal.NO_SUCH_POLL),
        (ask(PollClose, target="e3"), Refusal.NO_SUCH_POLL),
        (ask(PollClose, target="e2"), Refusal.NOT_THE_OPENER),
    ],
)
def test_what_is_no_ballot_is_refused_and_changes_nothing(command: AnyCommand, refusal: Refusal) -> None:
    assert refusal_of(room_after((cleo, asked()), (ana, vote(1))), ana, command) is refusal


@pytest.mark.parametrize("person", [ana, cleo], ids=["opener", "presenter"])
def test_a_closed_poll_takes_no_ballot_and_is_not_closed_again(person: Person) -> None:
    room = room_after((ana, asked()), (ben, vote(0)), (person, ask(PollClose, target="e2")))
    assert room.open_polls == [] and room.polls["e2"].counts == [1, 0, 0]
    assert refusal_of(room, mo, vote(1)) is Refusal.POLL_OVER
    assert refusal_of(room, person, ask(PollClose, target="e2")) is Refusal.POLL_OVER


def test_the_close_of_the_room_ends_its_polls_and_says_what_they_came_to() -> None:
    over = (ana, asked()), (ana, ask(PollClose, target="e2"))
    room = room_after(*over, (ben, asked("A", "B")), (cleo, vote(1, target="e4")))
    close = ask(Close, disposition="Transferred", summary="One vial.")
    closed = decided(room, cleo, close)
    assert isinstance(closed, Closed)
    assert closed.polls == [PollResult(target="e4", voters=1, counts=[0, 1])]
    assert after(room, Seat(cleo), close).open_polls == []


def test_a_ballot_names_places_in_order() -> None:
    room = room_after((cleo, asked(multiple=True)))
    assert decided(room, ana, vote(2, 0)) == PollVoted(target="e2", choices=[0, 2])
