"""What one turn of a room makes of a batch of commands."""

from typing import cast

import msgspec
import pytest

from realtime.rooms.chain import EMPTY, Head, Record, first_broken
from realtime.rooms.commands import AnyCommand, Close, Corroborate, Opine, Post
from realtime.rooms.credibility.weighing import Word
from realtime.rooms.events import Corroborated, Opined, canonical
from realtime.rooms.fold import fold
from realtime.rooms.interests.interest import Interest
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal
from realtime.socket import Seat as LiveSeat
from realtime.turns import Asked, tried
from tests.builders import AT, Seat, ana, ask, ben, cleo, mo, opened_room, opening, records, salts

FIRST = records([opening()])[0]


def asked(person: Person, command: AnyCommand) -> Asked:
    return Asked(cast(LiveSeat, Seat(person)), command)


def turn(*batch: Asked, known: dict[str, Record] | None = None, now_ms: int = AT + 1) -> tuple[list[Record], list[str]]:
    """The records that a turn would append, and what each author would be told."""
    trial = tried(list(batch), opened_room(), FIRST.head, known or {}, now_ms, lambda: salts(1))
    said = [
        answer.outcome.name if isinstance(answer.outcome, Refusal) else f"{answer.outcome.seq}{'=' * answer.duplicate}"
        for answer in trial.answers
    ]
    return [item.record for item in trial.told], said


def test_a_batch_is_decided_in_order_each_on_what_went_before() -> None:
    kept, said = turn(
        asked(ana, ask(Post, id="p1", text="Check the ECG.")),
        asked(ben, ask(Corroborate, id="c1", target="p1", stance="agree")),
        asked(cleo, ask(Close, id="x1", disposition="advised", summary="Done.")),
        asked(ana, ask(Post, id="p2", text="Too late.")),
    )
    assert said == ["2", "3", "4", "CLOSED"]
    assert first_broken(kept, FIRST.head) is None


def test_the_same_command_twice_in_a_batch_makes_one_event() -> None:
    post = ask(Post, id="p1", text="Check the ECG.")
    kept, said = turn(asked(ana, post), asked(ana, post), asked(ben, post))
    assert (len(kept), said) == (1, ["2", "2=", "CONFLICT"])


def test_a_known_id_is_a_repeat_with_its_content_and_a_conflict_with_another() -> None:
    post = ask(Post, id="p1", text="Check the ECG.")
    earlier = turn(asked(ana, post))[0][0]
    changed = ask(Post, id="p1", text="Check the CT.")
    kept, said = turn(asked(ana, post), asked(ana, changed), known={"p1": earlier})
    assert (kept, said) == ([], ["2=", "CONFLICT"])


def test_time_never_goes_back_within_a_room() -> None:
    kept, _ = turn(asked(ana, ask(Post, id="p1", text="Check the ECG.")), now_ms=AT - 5_000)
    assert kept[0].at == AT


def test_a_turn_changes_nothing_by_itself() -> None:
    room = opened_room()
    trial = tried([asked(ana, ask(Post, text="x"))], room, FIRST.head, {}, AT, lambda: salts(1))
    assert (room.seq, trial.room.seq) == (1, 2)


@pytest.mark.parametrize("head", [EMPTY, Head(7, b"\1" * 32)])
def test_records_continue_the_head_that_they_are_given(head: Head) -> None:
    room = opened_room()
    trial = tried([asked(ana, ask(Post, text="x"))], room, Head(room.seq, head.digest), {}, AT, lambda: salts(1))
    assert first_broken([trial.told[0].record], Head(room.seq, head.digest)) is None


def test_refusals_are_told_apart() -> None:
    _, said = turn(asked(ana, ask(Corroborate, target="nothing", stance="agree")))
    assert said == [Refusal.NO_SUCH_POST.name]


class Scales:
    """Weighs every word on what is not cleo's alike, and ana's opinions."""

    def word(self, person: Person, author: str, specialty: str, conflict: float) -> Word | None:
        if specialty != "cardiology" or author == "cleo":
            return None
        return Word(0.63 * (1 - conflict), same_house=author == "ben")

    def voice(self, person: Person, specialty: str) -> float | None:
        return 1.75 if (person.id, specialty) == ("ana", "cardiology") else None


@pytest.mark.parametrize(
    ("author", "stance", "weighs"),
    [
        (ben, "agree", (0.63, True)),
        (mo, "disagree", (0.63, False)),
        (cleo, "agree", (None, None)),
    ],
)
def test_a_stance_is_put_on_record_with_what_it_weighs_where_that_is_known(
    author: Person, stance: str, weighs: tuple[float | None, bool | None]
) -> None:
    batch = [
        asked(author, ask(Post, id="p1", text="Check the ECG.")),
        asked(ana, ask(Corroborate, id="c1", target="p1", stance=stance)),
    ]
    (_, held) = tried(batch, opened_room(), FIRST.head, {}, AT, lambda: salts(1), weigh=Scales()).told
    assert isinstance(held.event.body, Corroborated)
    assert (held.event.body.weight, held.event.body.same_house) == weighs


@pytest.mark.parametrize(("text", "weight"), [("Give adrenaline.", 0.0), ("Give atropine.", 0.63)])
def test_who_has_an_interest_in_what_a_post_names_weighs_nothing(text: str, weight: float) -> None:
    paid = Interest("Acme", "consulting", "2026", "declared", products=("epinephrine",))
    batch = [
        asked(ben, ask(Post, id="p1", text=text)),
        asked(msgspec.structs.replace(ana, interests=(paid,)), ask(Corroborate, id="c1", target="p1", stance="agree")),
    ]
    (_, held) = tried(batch, opened_room(), FIRST.head, {}, AT, lambda: salts(1), weigh=Scales()).told
    assert isinstance(held.event.body, Corroborated)
    assert held.event.body.weight == weight


def test_what_is_taken_back_weighs_nothing() -> None:
    batch = [
        asked(ben, ask(Post, id="p1", text="Check the ECG.")),
        asked(ana, ask(Corroborate, id="c1", target="p1", stance="agree")),
        asked(ana, ask(Corroborate, id="c2", target="p1", stance="withdraw")),
    ]
    told = tried(batch, opened_room(), FIRST.head, {}, AT, lambda: salts(1), weigh=Scales()).told
    assert isinstance(told[2].event.body, Corroborated)
    assert told[2].event.body.weight is None


@pytest.mark.parametrize(
    ("author", "specialty", "weighs"),
    [(ana, "cardiology", 1.75), (ben, "cardiology", None), (ana, "toxicology", None)],
)
def test_an_opinion_is_put_on_record_with_what_it_weighs_where_that_is_known(
    author: Person, specialty: str, weighs: float | None
) -> None:
    room = fold(None, opening(specialties=[specialty]))
    batch = [asked(author, ask(Opine, differential=[Diagnosis("Envenoming", 0.6)]))]
    (given,) = tried(batch, room, FIRST.head, {}, AT, lambda: salts(1), weigh=Scales()).told
    assert isinstance(given.event.body, Opined)
    assert given.event.body.weight == weighs
    assert given.record.body == canonical(given.event.body)
