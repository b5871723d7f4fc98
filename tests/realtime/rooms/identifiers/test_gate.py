from typing import Any, Final, get_args

import msgspec
import pytest

from realtime.rooms.command import Evidence, EvidenceType
from realtime.rooms.commands import Amend, AnyCommand, Close, Corroborate, Outcome, Page, Post, Remove, Respond, Retract
from realtime.rooms.decide import decide
from realtime.rooms.events import BODIES, Opened, Opined, Paged
from realtime.rooms.fold import replay
from realtime.rooms.identifiers.gate import MOST_TOLD, Confirmed, IdentifiersFound, Place
from realtime.rooms.opening import opened
from realtime.rooms.people import Person
from realtime.rooms.room import Room
from realtime.rooms.texts import WRITTEN
from tests.builders import AT, ROOM, Seat, ana, ask, ben, cleo, mo, story, wish

DATED: Final = "Seen last Tuesday."
CITED: Final = [Evidence("experience", DATED)]
CITED_WELL: Final = Evidence("doi", "10.1097/PCC.0000000000002198", level="2", scheme="CEBM 2011")


def consult() -> Room:
    advice = (ana, ask(Post, text="Give antivenom now."))
    room = replay(story(advice, Paged(page="p1", tier=1, people=["ana"], deadline_at=AT)))
    assert room is not None
    return room


def refused(person: Person, command: AnyCommand) -> IdentifiersFound:
    with pytest.raises(IdentifiersFound) as found:
        decide(consult(), Seat(person), command, AT)
    return found.value


CARRIERS: Final[list[tuple[Person, AnyCommand, str]]] = [
    (ana, ask(Post, text=DATED), "text"),
    (ana, ask(Post, text="So it was.", evidence=CITED), "evidence.0"),
    *(
        (ana, ask(Post, text="So it was.", evidence=[Evidence(kind, DATED)]), "evidence.0")
        for kind in get_args(EvidenceType)
    ),
    *(
        (ana, ask(Post, text="So it was.", evidence=[CITED_WELL, Evidence("pmid", "1", **{field: DATED})]), name)
        for field, name in ((field, f"evidence.1.{field}") for field in ("level", "scheme", "question_type"))
    ),
    (ana, ask(Amend, target="e2", text=DATED), "text"),
    (ana, ask(Retract, target="e2", reason=DATED), "reason"),
    (ben, ask(Corroborate, target="e2", stance="agree", note=DATED), "note"),
    (ben, ask(Corroborate, target="e2", stance="agree", evidence=CITED), "evidence.0"),
    (mo, ask(Remove, person="ben", reason=DATED), "reason"),
    (cleo, ask(Page, specialty="surgery", note=DATED), "note"),
    (ana, ask(Respond, page="p1", answer="accept", read_back=DATED), "read_back"),
    (ana, ask(Respond, page="p1", answer="decline", reason=DATED), "reason"),
    (cleo, ask(Close, disposition=DATED, summary="Well."), "disposition"),
    (cleo, ask(Close, disposition="Home", summary=DATED), "summary"),
    *(
        (cleo, ask(Outcome, verdict="unknown", **{field: DATED}), field)
        for field in ("diagnosis", "how_known", "advice_used", "state_24h", "state_7d", "harm")
    ),
]


@pytest.mark.parametrize(("person", "command", "field"), CARRIERS)
def test_no_text_that_others_read_passes_unseen(person: Person, command: AnyCommand, field: str) -> None:
    found = refused(person, command).found
    assert {name: list(spans) for name, spans in found.fields.items()} == {field: [(10, 17, "date")]}
    assert found.first == field


@pytest.mark.parametrize(("person", "command", "field"), CARRIERS)
@pytest.mark.parametrize("said", ["Tuesday", Place(10, 17, "date")], ids=["words", "place"])
def test_what_its_author_confirms_passes_and_is_on_record(
    person: Person, command: Any, field: str, said: str | Place
) -> None:
    confirming = msgspec.structs.replace(command, not_identifying=[said])
    (body,) = decide(consult(), Seat(person), confirming, AT)
    assert getattr(body, "not_identifying") == [Confirmed(10, 17, "date", field)]  # noqa: B009
    assert "Tuesday" not in repr(getattr(body, "not_identifying"))  # noqa: B009


@pytest.mark.parametrize("said", ["Monday", "last", Place(9, 17, "date"), Place(10, 17, "name")])
def test_a_confirmation_is_for_what_it_names_only(said: str | Place) -> None:
    refused(ana, ask(Post, text=DATED, not_identifying=[said]))


def test_a_text_that_was_edited_is_looked_at_anew() -> None:
    place = [Place(10, 17, "date")]
    refused(ana, ask(Post, text="Seen, as I said, last Tuesday.", not_identifying=place))
    refused(ana, ask(Post, text="Seen last Thursday.", not_identifying=["Tuesday"]))


def test_all_of_a_case_is_looked_at_and_all_is_told_by_field() -> None:
    texts = ("title", "situation", "background", "assessment", "request")
    sent = wish(**dict.fromkeys(texts, DATED))
    with pytest.raises(IdentifiersFound) as found:
        opened(sent, cleo, ROOM, AT)
    assert set(found.value.found.fields) == set(texts)
    body = opened(msgspec.structs.replace(sent, not_identifying=["Tuesday"]), cleo, ROOM, AT)
    assert [one.field for one in body.not_identifying] == list(texts)


def test_no_more_is_told_than_one_can_read() -> None:
    assert len(refused(ana, ask(Post, text="Mr Hansen. " * 300)).found.fields["text"]) == MOST_TOLD


def test_nothing_that_was_written_is_in_the_refusal() -> None:
    refusal = refused(ana, ask(Post, text=DATED))
    assert "Tuesday" not in repr(refusal) + str(refusal) + repr(refusal.found)


def test_every_body_that_takes_confirmations_is_masked() -> None:
    """A new field of words has to be thought of in two places."""
    taking = {body for body in BODIES.values() if "not_identifying" in body.__struct_fields__}
    assert taking - {Opened, Opined} == set(WRITTEN)
