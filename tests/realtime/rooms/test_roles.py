"""Who may do what: every command by role, office, whose post, mode and status. The rest is refused."""

from itertools import product
from typing import Any, Final, get_args

import msgspec
import pytest

from realtime.rooms.command import Command
from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    Flag,
    HandOver,
    Invite,
    Lead,
    Observers,
    Opine,
    Outcome,
    Page,
    Pin,
    PollClose,
    PollOpen,
    PollVote,
    Post,
    Release,
    Remove,
    Respond,
    Retract,
    Reveal,
    Revise,
    Unpin,
    Vitals,
    Widen,
    Withhold,
)
from realtime.rooms.decide import decide
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Mode, Person, Role
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.roles import RULES, authorize
from realtime.rooms.room import Room
from realtime.rooms.vitals.vital import Vital
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, mo, obi, opened_room, rung

FIELDS: Final[dict[type[Command], dict[str, Any]]] = {
    Post: {"text": "Give antivenom now."},
    Amend: {"target": "e2", "text": "Give antivenom after the ECG."},
    Withhold: {"target": "e2"},
    Retract: {"target": "e2", "reason": "Wrong room."},
    Corroborate: {"target": "e2", "stance": "agree"},
    Release: {"target": "e2"},
    Pin: {"target": "e2"},
    Unpin: {"target": "e3"},
    Act: {"target": "e2", "state": "accepted"},
    PollOpen: {"question": "Antivenom now?", "options": ["Yes", "No"]},
    PollVote: {"target": "e6", "choices": [0]},
    PollClose: {"target": "e6"},
    HandOver: {"person": "guest"},
    Lead: {"person": "guest"},
    Invite: {"person": "guest"},
    Remove: {"person": "guest"},
    Widen: {"reach": "world"},
    Observers: {"mode": "off"},
    Page: {"specialty": "surgery"},
    Respond: {"page": "p1", "answer": "decline", "reason": "In theatre."},
    Vitals: {"taken_at": AT, "values": [Vital("pain", 7.0, "{score}")]},
    Revise: {"acuity": "stat"},
    Close: {"disposition": "Transferred", "summary": "Antivenom given."},
    Outcome: {"verdict": "confirmed"},
    Opine: {"differential": [Diagnosis("Envenoming", 0.6)]},
    Reveal: {},
    Flag: {"target": "e2", "reason": "danger"},
}

CLINICIAN = msgspec.structs.replace(cleo, id="colleague")
UNVERIFIED = msgspec.structs.replace(ana, id="unverified", tier=1)
COLUMNS: Final[list[tuple[Person, bool]]] = [
    (CLINICIAN, False),
    (UNVERIFIED, False),
    (ana, False),
    (mo, False),
    (obi, False),
    (cleo, True),
    (UNVERIFIED, True),
    (ana, True),
]
OUTCOMES: Final = {
    ".": None,
    "A": Refusal.NOT_THE_AUTHOR,
    "P": Refusal.PHYSICIANS_ONLY,
    "Y": Refusal.NOT_YOURS,
    "O": Refusal.OBSERVER,
    "N": Refusal.NOT_TOLD,
    "R": Refusal.NOT_PAGED,
    "C": Refusal.NOT_THE_OPENER,
    "D": Refusal.OPINES_NOT,
}
# Contributors of an open room. The observer's column is a seat that should not be: an observer seated as contributor.
GOLDEN: Final = """
                     guests of the room                                presenter of the room
                     clinician  unverified  physician  moderator obi   clinician  unverified  physician
post       none      .          .           .          .         O     .          .           .
amend      own       .          .           .          .         O     .          .           .
amend      other     A          A           A          A         O     A          A           A
retract    own       .          .           .          .         O     .          .           .
retract    other     A          A           A          .         O     A          A           A
withhold   own       .          .           .          .         O     .          .           .
withhold   other     Y          Y           Y          .         O     .          .           .
corroborate own      P          P           .          P         O     P          P           .
corroborate other    P          P           .          P         O     P          P           .
release    own       .          .           .          .         O     .          .           .
release    other     Y          Y           Y          .         O     .          .           .
pin        own       Y          Y           Y          .         O     .          .           .
pin        other     Y          Y           Y          .         O     .          .           .
unpin      own       Y          Y           Y          .         O     .          .           .
unpin      other     Y          Y           Y          .         O     .          .           .
act        own       Y          Y           Y          Y         O     .          .           .
act        other     Y          Y           Y          Y         O     .          .           .
poll_open  none      .          .           .          .         O     .          .           .
poll_vote  own       .          .           .          .         O     .          .           .
poll_vote  other     .          .           .          .         O     .          .           .
poll_close own       .          .           .          .         O     .          .           .
poll_close other     C          C           C          C         O     .          .           .
hand_over  none      Y          Y           Y          .         O     .          .           .
lead       none      Y          Y           Y          .         O     .          .           .
invite     none      Y          Y           Y          .         O     .          .           .
remove     none      Y          Y           Y          .         O     .          .           .
widen      none      Y          Y           Y          Y         O     .          .           .
observers  none      Y          Y           Y          .         O     .          .           .
page       none      .          .           .          .         O     .          .           .
respond    rung      .          .           .          .         O     .          .           .
respond    others    R          R           R          R         O     R          R           R
vitals     none      Y          Y           Y          Y         O     .          .           .
revise     none      Y          Y           Y          Y         O     .          .           .
close      none      Y          Y           Y          .         O     .          .           .
outcome    none      Y          Y           Y          Y         O     .          .           .
opine      none      D          D           .          D         O     .          .           .
reveal     none      Y          Y           Y          Y         O     .          .           .
flag       own       N          N           .          .         O     N          N           .
flag       other     N          N           .          .         O     N          N           .
"""
WHOSE: Final[dict[type[Command], tuple[str, ...]]] = {Respond: ("rung", "others")}
KINDS: Final = {str(kind.__struct_config__.tag): kind for kind in FIELDS}

Case = tuple[type[Command], str, Person, bool, Refusal | None]


def golden() -> list[Case]:
    rows = [line.split() for line in GOLDEN.strip().splitlines()[2:]]
    return [
        (KINDS[name], whose, person, presents, OUTCOMES[cell])
        for name, whose, *cells in rows
        for (person, presents), cell in zip(COLUMNS, cells, strict=True)
    ]


def scene(kind: type[Command], whose: str, person: Person, presents: bool) -> tuple[Room, AnyCommand]:
    """A room with two posts, the second pinned, and a poll, by `person` or by ben; and the command on them."""
    presenter = person if presents else msgspec.structs.replace(cleo, id="someone")
    room = with_guests(opened_room(presenter, reach="institution"))
    author = person if whose == "own" and person.role != "observer" else ben
    for text in ("first", "second"):
        room = after(room, Seat(author), ask(Post, text=text, kind="recommendation", images=[text]))
    room = after(room, Seat(mo), ask(Pin, target="e3"))
    room = rung(room, "p1", person.id if whose == "rung" else "someone")
    room = after(room, Seat(author), ask(PollOpen, **FIELDS[PollOpen]))
    command: Any = ask(kind, **FIELDS[kind])
    return room, command


def with_guests(room: Room) -> Room:
    """`room` with everybody invited who sits in it."""
    guests = frozenset({person.id for person, _ in COLUMNS} | {ben.id})
    return msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, invited=guests))


def outcome(room: Room, seat: Seat, command: AnyCommand) -> Refusal | None:
    try:
        authorize(room, seat, command)
    except Refused as refused:
        return refused.refusal
    return None


def test_the_table_has_a_row_for_every_command_and_nothing_else() -> None:
    assert set(RULES) == set(get_args(AnyCommand)) == set(FIELDS)
    assert {(name, whose) for name, whose, *_ in (line.split() for line in GOLDEN.strip().splitlines()[2:])} == {
        (name, whose)
        for name, kind in KINDS.items()
        for whose in WHOSE.get(kind, ("own", "other") if "target" in kind.__struct_fields__ else ("none",))
    }
    assert {person.role for person, _ in COLUMNS} == set(get_args(Role))


@pytest.mark.parametrize(("kind", "whose", "person", "presents", "expected"), golden())
def test_a_contributor_of_an_open_room_may_do_what_the_table_says(
    kind: type[Command], whose: str, person: Person, presents: bool, expected: Refusal | None
) -> None:
    room, command = scene(kind, whose, person, presents)
    assert outcome(room, Seat(person), command) is expected


@pytest.mark.parametrize(("mode", "refusal"), [("follow", Refusal.READ_ONLY), ("observe", Refusal.OBSERVER)])
def test_who_does_not_contribute_may_do_nothing_at_all(mode: Mode, refusal: Refusal) -> None:
    for kind, whose, person, presents, _ in golden():
        room, command = scene(kind, whose, person, presents)
        expected = Refusal.OBSERVER if person.role == "observer" else refusal
        assert outcome(room, Seat(person, mode), command) is expected


@pytest.mark.parametrize("mode", get_args(Mode))
def test_a_closed_room_takes_nothing_from_anybody_but_an_outcome(mode: Mode) -> None:
    for kind, whose, person, presents, _ in golden():
        if kind is Outcome:
            continue
        room, command = scene(kind, whose, person, presents)
        room = after(room, Seat(mo), ask(Close, **FIELDS[Close]))
        with pytest.raises(Refused) as refused:
            decide(room, Seat(person, mode), command, room.at)
        expected = Refusal.OBSERVER if person.role == "observer" else Refusal.CLOSED
        assert refused.value.refusal is expected


@pytest.mark.parametrize("mode", get_args(Mode))
def test_who_may_say_how_the_case_turned_out_may_do_so_after_the_close_and_nobody_else(mode: Mode) -> None:
    for kind, whose, person, presents, _ in golden():
        if kind is Outcome:
            room, command = scene(kind, whose, person, presents)
            closed = after(room, Seat(mo), ask(Close, **FIELDS[Close]))
            assert outcome(closed, Seat(person, mode), command) is outcome(room, Seat(person, mode), command)


@pytest.mark.parametrize("mode", get_args(Mode))
def test_whoever_may_not_enter_any_more_may_do_nothing_wherever_they_sit(mode: Mode) -> None:
    for kind, whose, person, presents, _ in golden():
        if presents or person is mo:
            continue
        room, command = scene(kind, whose, person, presents)
        room = after(room, Seat(mo), ask(Remove, person=person.id))
        assert outcome(room, Seat(person, mode), command) is Refusal.NOT_FOUND


def test_decide_asks_the_table() -> None:
    for (kind, whose, person, presents, expected), mode in product(golden(), get_args(Mode)):
        room, command = scene(kind, whose, person, presents)
        allowed = expected is None and mode == "contribute"
        try:
            decide(room, Seat(person, mode), command, room.at)
        except Refused as refused:
            allowed = allowed and refused.refusal in BEYOND_THE_TABLE
            assert allowed or refused.refusal.code == "forbidden"
        else:
            assert allowed


BEYOND_THE_TABLE: Final = {Refusal.OWN_POST, Refusal.NO_OPINIONS}
