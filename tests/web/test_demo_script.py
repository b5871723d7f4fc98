"""The script holds: the server takes what it says, in this order, from these people; and it names nobody."""

import re
import tomllib
from collections import Counter
from typing import Any, Final

import msgspec
import pytest

from realtime.rooms.command import Evidence
from realtime.rooms.commands import Act, AnyCommand, Close, Corroborate, Observers, Pin, Post
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.fold import fold
from realtime.rooms.opening import OpenCase, opened
from realtime.rooms.readback import restates
from realtime.rooms.room import Room
from realtime.wire.encoding import decode, encode
from tests.builders import AT, Seat
from web.demo import famous, toddler
from web.demo.cast import CAST, OBSERVERS, PHYSICIANS, PRESENTER, VIEWERS
from web.demo.cues import Come, Type, cues
from web.demo.script import FILE, ROOM, beats, length_s

# For these plays everybody's handle is their id as well.
PEOPLE: Final = {one.handle: msgspec.structs.replace(one, id=one.handle) for one in CAST}
COMMANDS: Final = [beat.command for beat in beats()]

_identifying: Final = {
    "a year": r"\b(?:19|20)\d\d\b",
    "a date": r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b",
    "a month": r"\b(?:January|February|April|June|July|August|September|October|November|December)\b",
    "a day": r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\btoday\b",
    "an address": r"https?:|@|www\.",
    "a title": r"\b(?:Dr|Mr|Mrs|Ms|Prof)\b\.?",
}


def room_just_opened() -> Room:
    presenter = PEOPLE[PRESENTER.handle]
    first = Event(1, ROOM, AT, presenter.by, opened(famous.CASE, presenter, ROOM, AT))
    return fold(None, first)


def played() -> list[Room]:
    """The room after each beat. Raises `Refused` where the server would refuse one."""
    rooms = [room_just_opened()]
    for beat in beats():
        person = PEOPLE[beat.who]
        for body in decide(rooms[-1], Seat(person), beat.command, AT):
            event = Event(rooms[-1].seq + 1, beat.command.id, AT, person.by, body)
            rooms.append(fold(rooms[-1], event))
    return rooms


def written(value: Any) -> list[str]:
    """Everything in `value` that somebody wrote, but for what it rests on."""
    if isinstance(value, OpenCase):
        return [value.title, value.situation, value.background or "", value.assessment, value.request]
    names = ("text", "note", "reason", "read_back", "disposition", "summary")
    return [text for name in names if (text := getattr(value, name, None))]


def of(kind: type[AnyCommand]) -> list[Any]:
    return [command for command in COMMANDS if isinstance(command, kind)]


def test_the_server_takes_every_beat_and_the_last_one_closes_the_case() -> None:
    room = played()[-1]
    assert room.card.case.status == "closed"
    assert room.seq == 1 + len(beats())
    assert isinstance(COMMANDS[-1], Close)


def test_every_beat_is_a_frame_of_the_wire() -> None:
    for command in COMMANDS:
        assert decode(encode(command, "msgpack"), "msgpack") == command


def test_no_beat_has_a_field_that_the_wire_does_not_know() -> None:
    known = {"at_s", "who", "every_s", "t", *(name for command in COMMANDS for name in command.__struct_fields__)}
    for beat in tomllib.loads(FILE.read_text("utf-8"))["beats"]:
        assert not set(beat) - known


def test_no_two_commands_have_the_same_id() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1


def test_times_ascend_and_the_play_is_over_within_two_minutes() -> None:
    times = [beat.at_s for beat in beats()]
    assert times == sorted(times)
    assert times[0] > 0
    assert 90 <= length_s() <= 110


def test_there_is_enough_to_see() -> None:
    stances = Counter(one.stance for one in of(Corroborate))
    assert 28 <= len(of(Post)) <= 34
    assert stances["agree"] >= 40
    assert stances["disagree"] == 3
    assert len(of(Pin)) == 4
    assert [one.mode for one in of(Observers)] == ["delayed", "live"]


def test_the_first_step_of_the_plan_is_taken_within_ninety_seconds_and_read_back() -> None:
    at_s, act = next((beat.at_s, beat.command) for beat in beats() if isinstance(beat.command, Act))
    assert at_s <= 90
    assert (act.state, restates(act.read_back or "")) == ("accepted", True)
    assert Counter(act.state for act in played()[-1].plan) == {"done": 2, "accepted": 2, "stopped": 1}


def test_all_physicians_have_a_part() -> None:
    assert {beat.who for beat in beats()} == {PRESENTER.handle, *(one.handle for one in PHYSICIANS)}


def test_what_was_asked_of_the_presenter_is_answered_by_her() -> None:
    asked = [post.id for post in of(Post) if post.kind == "question"]
    answered = {beat.command.reply_to for beat in beats() if _by_presenter(beat.who) and isinstance(beat.command, Post)}
    assert all(post.to == PRESENTER.handle for post in of(Post) if post.kind == "question")
    # What else was taken is answered with what was swallowed.
    assert set(asked) - {"serotonin"} <= answered


def test_every_dispute_is_settled_in_the_open() -> None:
    room = played()[-1]
    disputed = {one.target for one in of(Corroborate) if one.stance == "disagree"}
    assert disputed == {"spell", "blue", "limit"}
    assert room.posts["spell"].retracted
    assert room.posts["limit"].version == 2
    assert not room.posts["blue"].holders("disagree")
    assert not room.posts["limit"].holders("disagree")


def test_those_who_dispute_say_why() -> None:
    assert all(one.note for one in of(Corroborate) if one.stance == "disagree")


def test_what_is_pinned_at_the_end_stands() -> None:
    room = played()[-1]
    assert set(room.pinned) == {"gap", "if-worse", "limit", "road"}
    assert not any(room.posts[post].retracted for post in room.pinned)


def test_posts_are_as_short_as_people_on_a_phone_write_them() -> None:
    assert max(len(post.text) for post in of(Post)) <= 200


@pytest.mark.parametrize("what", _identifying)
def test_nothing_in_it_could_name_a_patient(what: str) -> None:
    pattern = re.compile(_identifying[what], re.IGNORECASE if what == "a day" else 0)
    texts = [text for value in (famous.CASE, *COMMANDS) for text in written(value)]
    assert not [text for text in texts if pattern.search(text)]


def test_evidence_is_of_a_known_form() -> None:
    forms = {"doi": r"10\.\d{4,9}/[-._;()/:a-z0-9]+", "pmid": r"[1-9]\d{0,7}", "guideline": r"\S.+"}
    given: list[Evidence] = [item for one in (*of(Post), *of(Corroborate)) for item in one.evidence]
    assert len(given) >= 6
    assert all(re.fullmatch(forms[item.type], item.ref) for item in given)


def test_it_says_that_it_is_made_up() -> None:
    assert famous.NOTICE.startswith("A scripted demonstration; not medical advice.")


def test_both_cases_are_ones_that_observers_may_follow_live() -> None:
    assert famous.CASE.acuity == "stat"
    assert (famous.CASE.observers, toddler.CASE.observers) == ("live", "live")


def test_whoever_speaks_has_come_before() -> None:
    came: set[str] = {PRESENTER.handle}
    for cue in cues():
        if isinstance(cue.does, Come):
            came.add(cue.who)
        assert cue.who in came


def test_whoever_posts_is_seen_typing_until_then() -> None:
    typing: set[str] = set()
    for cue in cues():
        if isinstance(cue.does, Type):
            typing = typing | {cue.who} if cue.does.on else typing - {cue.who}
        elif isinstance(cue.does, Post):
            assert cue.who in typing
    assert not typing


def test_everyone_comes_once_and_viewers_only_follow() -> None:
    coming = [cue for cue in cues() if isinstance(cue.does, Come)]
    assert {cue.who for cue in coming} == {one.handle for one in CAST} - {PRESENTER.handle}
    assert len(coming) == len(CAST) - 1
    assert {cue.who for cue in coming if cue.does == Come(follows=True)} == {one.handle for one in VIEWERS}
    assert all(cue.at_s < length_s() for cue in coming)
    assert len(OBSERVERS) == 4


def _by_presenter(handle: str) -> bool:
    return handle == PRESENTER.handle
