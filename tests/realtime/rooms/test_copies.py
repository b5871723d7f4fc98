"""What each audience is sent. Canaries stand for what must not arrive; they are looked for in the encoded bytes."""

from typing import Any, Final, get_args

import msgspec
import pytest

from realtime.rooms.chain import Record
from realtime.rooms.command import Evidence, EvidenceType
from realtime.rooms.commands import (
    Act,
    Amend,
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
from realtime.rooms.copies import Audience, author_copy, body_copy, by_copy, case_copy, state_copy
from realtime.rooms.events import (
    BODIES,
    AwardsRevealed,
    Escalated,
    Event,
    Opened,
    Paged,
    Posted,
    RevealedAward,
    Sealed,
)
from realtime.rooms.fold import fold, replay
from realtime.rooms.interests.interest import Interest, Stated
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import SYSTEM, By, Person
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room
from tests.builders import AT, ROOM, ana, ask, ben, cleo, mo, opening, records, story
from tests.samples import MEASURED, TRIAL, VITALS

NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)


TOLD: Final = {"interests": [{"nature": "speaker"}]}
"""What observers are told of the interests of everybody here."""


def marked(person: Person) -> Person:
    """The same person, with a canary in everything that tells who they are."""
    return msgspec.structs.replace(
        person,
        id=f"CANARY-id-{person.id}",
        handle=f"CANARY handle {person.id}",
        institution=f"CANARY institution {person.id}",
        network="CANARY network",
        interests=(Interest("CANARY payer", "speaker", "CANARY since", "declared", ("CANARY product",)),),
    )


SUPERSEDED_TRIAL = msgspec.structs.replace(TRIAL, type="guideline", ref="SUPERSEDED")
FOLDED_TRIAL = msgspec.structs.replace(TRIAL, type="guideline", ref="FOLDED")
RETRACTED_TRIAL = msgspec.structs.replace(TRIAL, type="guideline", ref="RETRACTED")
WITHHELD_TRIAL = msgspec.structs.replace(TRIAL, type="guideline", ref="WITHHELD")
ANA, BEN, CLEO, MO = marked(ana), marked(ben), marked(cleo), marked(mo)


class Log:
    """A room's events with their records, and the room after them all."""

    def __init__(self, events: list[Event]) -> None:
        room = replay(events)
        assert room is not None
        self.room: Room = room
        self.events = events
        self.records = records(events)

    def copy(self, seq: int, audience: Audience, room: Room | None = None) -> Any:
        """The copy of the event at `seq`, as the room is after all of them unless another state is given."""
        event, record = self.events[seq - 1], self.records[seq - 1]
        return body_copy(event, record, room or self.room, audience, NAMES)

    def sent(self, audience: Audience) -> bytes:
        """Everything that `audience` may be sent of this room, in both encodings."""
        parts: list[Any] = [
            state_copy(self.room, self.room, audience, NAMES),
            case_copy(self.room.card.case, audience, NAMES),
        ]
        for event in self.events:
            parts.append((event.id, author_copy(event, audience, NAMES), self.copy(event.seq, audience)))
        return msgspec.json.encode(parts) + msgspec.msgpack.encode(parts)


def full_log() -> Log:
    """A room in which every kind of event has happened."""
    events = story(
        (ANA, ask(Post, text="SUPERSEDED", kind="question", to=CLEO.id, evidence=[TRIAL])),
        (BEN, ask(Post, text="RETRACTED", reply_to="e2", to=ANA.id, evidence=[RETRACTED_TRIAL])),
        (BEN, ask(Amend, target="e3", text="RETRACTED again", evidence=[RETRACTED_TRIAL, TRIAL])),
        (ANA, ask(Amend, target="e2", text="SUPERSEDED again", evidence=[SUPERSEDED_TRIAL])),
        (ANA, ask(Amend, target="e2", text="The last word.", evidence=[TRIAL])),
        (BEN, ask(Corroborate, target="e2", stance="agree", note="Seen it.", evidence=[TRIAL])),
        (CLEO, ask(Pin, target="e2")),
        (CLEO, ask(Pin, target="e3")),
        (MO, ask(Retract, target="e3", reason="Names the village.")),
        (CLEO, ask(Unpin, target="e2")),
        (CLEO, ask(Pin, target="e2")),
        (BEN, ask(Post, text="FOLDED", evidence=[FOLDED_TRIAL])),
        (CLEO, ask(Pin, target="e13")),
        (ANA, ask(Flag, target="e13", reason="danger")),
        (MO, ask(Flag, target="e13", reason="danger")),
        (CLEO, ask(Invite, person="CANARY-id-guest")),
        (CLEO, ask(Remove, person="CANARY-id-guest", reason="Left.")),
        (CLEO, ask(Widen, reach="world")),
        (CLEO, ask(Observers, mode="delayed")),
        (BEN, ask(Post, text="See.", images=["unseen", "unseen2"])),
        (BEN, ask(Post, text="See.", images=["seen"])),
        (CLEO, ask(Release, target="e23")),
        (BEN, ask(Post, text="RETRACTED", images=["RETRACTED"])),
        (BEN, ask(Retract, target="e25", reason="Shows a name.")),
        (ANA, ask(Post, text="WITHHELD at first", trial_data=True, evidence=[WITHHELD_TRIAL])),
        (BEN, ask(Post, text="WITHHELD later", evidence=[WITHHELD_TRIAL])),
        (BEN, ask(Amend, target="e28", text="WITHHELD later still", evidence=[WITHHELD_TRIAL, TRIAL])),
        (ANA, ask(Corroborate, target="e28", stance="agree", note="WITHHELD too", evidence=[WITHHELD_TRIAL])),
        (CLEO, ask(Withhold, target="e28")),
        (BEN, ask(Post, text="RETRACTED", kind="recommendation")),
        (CLEO, ask(Act, target="e32", state="accepted", read_back="The CANARY village, now.")),
        (BEN, ask(Retract, target="e32", reason="Names the village.")),
        (ANA, ask(Post, text="FOLDED", kind="recommendation")),
        (CLEO, ask(Act, target="e35", state="cannot", reason="FOLDED too")),
        (MO, ask(Flag, target="e35", reason="danger")),
        (BEN, ask(Post, text="Give one vial.", kind="recommendation", contradicts="e2")),
        (CLEO, ask(Act, target="e39", state="accepted", read_back="One vial, now.")),
        (BEN, ask(Post, text="Which snake?", kind="question", to=CLEO.id)),
        (CLEO, ask(Lead, person=ANA.id)),
        (CLEO, ask(HandOver, person=BEN.id, note="My shift ends.")),
        (BEN, ask(Respond, page="e43", answer="accept", read_back="Antivenom is running.")),
        (MO, ask(HandOver, person=CLEO.id)),
        (CLEO, ask(Respond, page="e46", answer="accept", read_back="Antivenom was given.")),
        (CLEO, ask(HandOver, person=ANA.id, note="In an hour.")),
        (CLEO, ask(Page, id="p1", person=ANA.id, note="Bring your book.")),
        Paged(page="p1", tier=1, people=[ANA.id, BEN.id], deadline_at=AT),
        (BEN, ask(Respond, page="p1", answer="decline", reason="In theatre.")),
        Escalated(page="p1", tier=1, why="lapsed"),
        Paged(page="p2", tier=1, people=[MO.id], deadline_at=AT),
        (MO, ask(Respond, page="p2", answer="accept", read_back="A bite, chest pain.")),
        (CLEO, ask(Vitals, taken_at=AT - 7, values=VITALS)),
        (CLEO, ask(Revise, acuity="stat", background="One vial left.")),
        (ANA, ask(Opine, differential=[Diagnosis("Envenoming by a pit viper", 0.5)])),
        (CLEO, ask(Reveal)),
        (CLEO, ask(PollOpen, question="Antivenom before transfer?", options=["Yes", "No"])),
        (ANA, ask(PollVote, target="e60", choices=[0])),
        (CLEO, ask(PollClose, target="e60")),
        (CLEO, ask(Close, disposition="Transferred", summary="Antivenom given.")),
        (CLEO, ask(Outcome, verdict="confirmed", diagnosis="Envenoming", supports=["e2"], contradicts=["e3"])),
        first=opening(CLEO, title="CANARY title", linked_to="CANARY-id-case", reach="network"),
    )
    room = replay(events)
    assert room is not None
    revealed = AwardsRevealed(awards=[RevealedAward("ab" * 32)])
    events.append(Event(room.seq + 1, "revealed", room.at, By(SYSTEM), revealed))
    room = fold(room, events[-1])
    events.append(Event(room.seq + 1, "seal", room.at, By(SYSTEM), Sealed(upto=room.seq, root="00", key_id="k")))
    return Log(events)


def test_the_log_of_these_tests_has_every_kind_of_event() -> None:
    assert {event.kind for event in full_log().events} == set(BODIES)


def test_observers_are_sent_no_person_handle_institution_title_or_linked_case() -> None:
    assert b"CANARY" in full_log().sent("contributors")
    assert b"CANARY" not in full_log().sent("observers")


def test_observers_are_never_sent_a_word_of_what_is_withheld_but_who_holds_what() -> None:
    log = full_log()
    assert b"WITHHELD" in log.sent("contributors")
    assert b"WITHHELD" not in log.sent("observers")
    posted = log.copy(28, "observers")
    assert posted["withheld"] is True and "text" not in posted and posted["evidence"] == []
    assert log.copy(30, "observers").stance == "agree"


def test_a_post_that_is_withheld_keeps_its_pin_for_contributors_alone() -> None:
    events = story((ana, ask(Post, text="WITHHELD", trial_data=True)), (cleo, ask(Pin, target="e2")))
    room = Log(events).room
    assert state_copy(room, room, "observers", NAMES)["pinned"] == []
    assert [pin["text"] for pin in state_copy(room, room, "contributors", NAMES)["pinned"]] == ["WITHHELD"]


def test_observers_are_never_sent_what_was_amended_since() -> None:
    assert b"SUPERSEDED" in full_log().sent("contributors")
    assert b"SUPERSEDED" not in full_log().sent("observers")
    assert b"The last word." in full_log().sent("observers")


def test_observers_are_not_sent_what_is_folded_away() -> None:
    assert b"FOLDED" in full_log().sent("contributors")
    assert b"FOLDED" not in full_log().sent("observers")
    nothing = {"kind": "comment", "evidence": [], "images": [], "withheld": True}
    assert full_log().copy(13, "observers") == nothing | TOLD


@pytest.mark.parametrize("reason", ["danger", "identifying"])
def test_one_warning_of_an_identifier_is_enough_to_keep_a_text_from_observers(reason: str) -> None:
    steps: list[Any] = [
        (BEN, ask(Post, text="WARNED")),
        (BEN, ask(Amend, target="e2", text="WARNED still")),
        (ANA, ask(Flag, target="e2", reason=reason)),
    ]
    log = Log(story(*steps))
    assert (b"WARNED" in log.sent("observers")) is (reason == "danger")
    if reason == "identifying":
        assert log.copy(3, "observers") == {"target": "e2", "withheld": True}
    amended = Log(story(*steps, (BEN, ask(Amend, target="e2", text="The last word."))))
    assert b"The last word." in amended.sent("observers")
    assert b"WARNED" not in amended.sent("observers")


@pytest.mark.parametrize("audience", ["contributors", "observers"])
def test_nobody_is_sent_what_was_retracted_since(audience: Audience) -> None:
    log = full_log()
    assert b"RETRACTED" in b"".join(record.body for record in log.records)
    assert b"RETRACTED" not in log.sent(audience)


def test_observers_are_told_of_a_picture_only_when_somebody_has_looked_again() -> None:
    log = full_log()
    held, released = log.copy(22, "observers"), log.copy(23, "observers")
    assert msgspec.to_builtins(held)["pictures"] == [
        {"id": "unseen", "withheld": True},
        {"id": "unseen2", "withheld": True},
    ]
    assert released.pictures == log.events[22].body.pictures  # type: ignore[attr-defined]
    before = replay(log.events[:23])
    assert msgspec.to_builtins(log.copy(23, "observers", before))["pictures"] == [{"id": "seen", "withheld": True}]
    assert log.copy(24, "observers") is log.events[23].body


def test_a_warning_takes_pictures_from_observers_until_somebody_has_looked_again() -> None:
    released: list[Any] = [(BEN, ask(Post, text="x", images=["face"])), (BEN, ask(Release, target="e2"))]
    warned = [*released, (ANA, ask(Flag, target="e2", reason="identifying"))]
    amended = [*warned, (BEN, ask(Amend, target="e2", text="y"))]
    again = [*amended, (BEN, ask(Release, target="e2"))]
    shown = [b'"width"' in Log(story(*steps)).sent("observers") for steps in (released, warned, again)]
    assert shown == [True, False, True]
    post = msgspec.to_builtins(Log(story(*amended)).copy(2, "observers"))
    assert post["pictures"] == [{"id": "face", "withheld": True}]


def test_contributors_get_the_event_itself() -> None:
    log = full_log()
    for event in log.events:
        if event.seq not in (1, 3, 4, 25, 32):
            assert log.copy(event.seq, "contributors") is event.body
        assert by_copy(event.by, "contributors", NAMES) is event.by


@pytest.mark.parametrize("audience", ["contributors", "observers"])
def test_a_retracted_post_keeps_its_place_with_a_digest_in_place_of_its_text(audience: Audience) -> None:
    log = full_log()
    to = ANA.id if audience == "contributors" else NAMES.of(ANA.id)
    whole = {"nature": "speaker", "payer": "CANARY payer", "since": "CANARY since", "source": "declared"}
    assert log.copy(3, audience) == {
        **({"interests": [whole]} if audience == "contributors" else TOLD),
        "kind": "comment",
        "reply_to": "e2",
        "to": to,
        "evidence": [],
        "images": [],
        "retracted": True,
        "digest": log.records[2].body_hash.hex(),
    }
    assert log.copy(4, audience) == {"target": "e3", "retracted": True, "digest": log.records[3].body_hash.hex()}
    assert log.copy(10, audience).reason == "Names the village."


def test_observers_are_told_of_an_interest_its_nature_and_nothing_else() -> None:
    log = full_log()
    for seq in (2, 7, 13, 27, 28, 30):  # said, held, folded away, withheld at once and later, held of that
        assert msgspec.to_builtins(log.copy(seq, "observers"))["interests"] == TOLD["interests"], seq
    assert log.copy(2, "contributors").interests == [Stated("speaker", "CANARY payer", "CANARY since", "declared")]


def test_before_the_retraction_its_text_was_sent() -> None:
    log = full_log()
    room = replay(log.events[:3])
    assert room is not None
    assert log.copy(3, "contributors", room).text == "RETRACTED"
    assert log.copy(3, "observers", room).text == "RETRACTED"


def test_an_observer_who_is_behind_gets_each_text_in_its_present_form() -> None:
    log = full_log()
    assert [log.copy(seq, "observers").text for seq in (2, 5, 6)] == ["The last word."] * 3
    assert [log.copy(seq, "contributors").text for seq in (2, 5, 6)] == [
        "SUPERSEDED",
        "SUPERSEDED again",
        "The last word.",
    ]


def test_an_observer_follows_who_says_what_by_pseudonym() -> None:
    log = full_log()
    authors = [by_copy(event.by, "observers", NAMES) for event in log.events]
    assert [by.person for by in authors[:4]] == [NAMES.of(p.id) for p in (CLEO, ANA, BEN, BEN)]
    assert authors[1] == By(NAMES.of(ANA.id), "", "physician", "cardiology", "CH", 3)
    assert log.copy(2, "observers").to == NAMES.of(CLEO.id)
    assert log.copy(18, "observers").person == log.copy(19, "observers").person == NAMES.of("CANARY-id-guest")
    case = log.copy(1, "observers").case
    assert case.presenter == NAMES.of(CLEO.id) == state_copy(log.room, log.room, "observers", NAMES)["presenter"]


def test_the_server_is_not_hidden_behind_a_pseudonym() -> None:
    assert by_copy(By(SYSTEM), "observers", NAMES) == By(SYSTEM)


def test_observers_get_a_generated_title_and_the_same_clinical_text() -> None:
    case = full_log().room.card.case
    copy = case_copy(case, "observers", NAMES)
    assert copy.title == "Cardiology, stat"
    assert (copy.situation, copy.assessment, copy.request) == (case.situation, case.assessment, case.request)


def test_nobody_is_sent_where_the_presenter_works() -> None:
    case = full_log().room.card.case
    assert case.institution and case.network
    for audience in get_args(Audience):
        copy = case_copy(case, audience, NAMES)
        assert (copy.institution, copy.network) == (None, None)
    plain = msgspec.structs.replace(case, institution=None, network=None)
    assert case_copy(case, "contributors", NAMES) == plain


def test_the_opening_of_a_case_is_copied_like_the_case() -> None:
    log = full_log()
    opened = log.copy(1, "observers")
    assert isinstance(opened, Opened)
    assert opened.case == case_copy(opened_case(log), "observers", NAMES)


def opened_case(log: Log) -> Any:
    body = log.events[0].body
    assert isinstance(body, Opened)
    return body.case


def test_the_state_shows_the_pinned_posts_as_they_are_now() -> None:
    log = full_log()
    state = state_copy(log.room, log.room, "contributors", NAMES)
    assert state["pinned"] == [
        {"id": "e2", "seq": 2, "by": ANA.id, "kind": "question", "text": "The last word.", "agree": 1, "disagree": 0},
        {"id": "e13", "seq": 13, "by": BEN.id, "kind": "comment", "text": "FOLDED", "agree": 0, "disagree": 0},
    ]
    assert (state["status"], state["posts"], state["sealed_upto"], state["reach"]) == ("closed", 12, 65, "world")
    assert state["outcome"] == "confirmed"
    assert (state["invited"], state["removed"]) == ([BEN.id], ["CANARY-id-guest"])


def test_observers_are_not_told_who_was_invited_or_removed() -> None:
    room = full_log().room
    state = state_copy(room, room, "observers", NAMES)
    assert not {"invited", "removed"} & state.keys()
    assert state["pinned"][0]["by"] == NAMES.of(ANA.id)


@pytest.mark.parametrize("audience", ["contributors", "observers"])
def test_who_is_behind_gets_an_earlier_state_without_what_was_taken_back_since(audience: Audience) -> None:
    events = story(
        (ANA, ask(Post, text="SUPERSEDED")),
        (BEN, ask(Post, text="RETRACTED")),
        (CLEO, ask(Pin, target="e2")),
        (CLEO, ask(Pin, target="e3")),
        (ANA, ask(Amend, target="e2", text="The last word.")),
        (BEN, ask(Retract, target="e3", reason="x")),
        (CLEO, ask(Close, disposition="x", summary="x")),
        first=opening(CLEO),
    )
    earlier, now = replay(events[:5]), replay(events)
    assert earlier is not None
    assert now is not None
    state = state_copy(earlier, now, audience, NAMES)
    assert [(post["id"], post["text"]) for post in state["pinned"]] == [("e2", "The last word.")]
    assert state["status"] == "open"


def test_two_rooms_share_no_pseudonym() -> None:
    log = full_log()
    elsewhere = Pseudonyms(b"a secret of this deployment", "case2")
    for event in (event for event in log.events if event.by.person != SYSTEM):
        assert by_copy(event.by, "observers", NAMES) != by_copy(event.by, "observers", elsewhere)


def test_the_digest_of_a_retracted_text_does_not_betray_it() -> None:
    """Two retractions of one text differ: who guesses the text cannot check the guess without the salt."""
    twice = [(ANA, ask(Post, text="same")), (ANA, ask(Post, text="same"))]
    gone = [(ANA, ask(Retract, target=target, reason="x")) for target in ("e2", "e3")]
    log = Log(story(*twice, *gone))
    assert log.copy(2, "observers")["digest"] != log.copy(3, "observers")["digest"]


def kept(record: Record) -> Any:
    return msgspec.msgpack.decode(record.body)


def test_what_is_on_record_is_not_what_is_copied() -> None:
    log = full_log()
    log.sent("observers")
    assert kept(log.records[2])["text"] == "RETRACTED"


IDENTIFYING: Final = "Mr Hansen, seen last Tuesday."
MASKED: Final = "▮▮▮ (name), seen last ▮▮▮ (date)."
LET_BY: Final[Any] = {"not_identifying": ["Mr Hansen", "Tuesday"]}


def test_observers_read_masks_where_an_author_has_confirmed() -> None:
    events = story(
        (ana, ask(Post, text=IDENTIFYING, evidence=[Evidence("experience", IDENTIFYING), TRIAL], **LET_BY)),
        (ana, ask(Amend, target="e2", text=f"{IDENTIFYING} Again.", **LET_BY)),
        (ben, ask(Corroborate, target="e2", stance="agree", note=IDENTIFYING, **LET_BY)),
        (cleo, ask(Pin, target="e2")),
        (mo, ask(Remove, person="ben", reason=IDENTIFYING, **LET_BY)),
        (cleo, ask(Close, disposition=IDENTIFYING, summary=IDENTIFYING, **LET_BY)),
        (cleo, ask(Outcome, verdict="unknown", diagnosis=IDENTIFYING, harm=IDENTIFYING, **LET_BY)),
        first=opening(situation=IDENTIFYING, background=IDENTIFYING, **LET_BY),
    )
    room = replay(events)
    assert room is not None
    bodies = [
        body_copy(event, record, room, "observers", NAMES)
        for event, record in zip(events, records(events), strict=True)
    ]
    sent = msgspec.json.encode([bodies, state_copy(room, room, "observers", NAMES)]).decode()
    assert "Hansen" not in sent and "Tuesday" not in sent and "not_identifying" not in sent
    assert bodies[0].case.situation == bodies[0].case.background == MASKED
    assert (bodies[1].text, bodies[1].evidence[0].ref, bodies[1].evidence[1]) == (f"{MASKED} Again.", MASKED, TRIAL)
    assert (bodies[3].note, bodies[6].summary, bodies[7].harm) == (MASKED, MASKED, MASKED)


def test_observers_are_not_told_when_vital_signs_were_taken() -> None:
    case = opening(**MEASURED).body.case  # type: ignore[attr-defined]
    copy = case_copy(case, "observers", NAMES)
    assert (copy.vitals, copy.vitals_at) == (case.vitals, None)
    assert case_copy(case, "contributors", NAMES).vitals_at == MEASURED["vitals_at"]


def test_observers_are_told_of_vital_signs_when_they_were_said() -> None:
    log = full_log()
    (event,) = (event for event in log.events if event.kind == "vitals_added")
    assert log.copy(event.seq, "contributors").taken_at == AT - 7
    assert log.copy(event.seq, "observers").taken_at == event.at
    said = {name: state_copy(log.room, log.room, name, NAMES)["vitals"]["temperature"] for name in get_args(Audience)}
    assert said == {"contributors": [[AT - 7, 99.0, "[degF]"]], "observers": [[event.at, 99.0, "[degF]"]]}


@pytest.mark.parametrize("kind", get_args(EvidenceType))
def test_observers_read_masks_in_whatever_is_cited_as_words(kind: EvidenceType) -> None:
    cited = [Evidence(kind, IDENTIFYING), Evidence("pmid", "1", level=IDENTIFYING, scheme=IDENTIFYING)]
    events = story(Posted(text="See.", kind="comment", evidence=cited, images=[]))
    room = replay(events)
    assert room is not None
    body = body_copy(events[1], records(events)[1], room, "observers", NAMES)
    assert body.evidence == [Evidence(kind, MASKED), Evidence("pmid", "1", level=MASKED, scheme=MASKED)]


def test_contributors_read_what_was_written_and_what_of_it_was_confirmed() -> None:
    events = story((ana, ask(Post, text=IDENTIFYING, **LET_BY)))
    room = replay(events)
    assert room is not None
    body = body_copy(events[1], records(events)[1], room, "contributors", NAMES)
    assert body.text == IDENTIFYING
    assert [one.rule for one in body.not_identifying] == ["name", "date"]


def test_a_copy_that_needs_no_mask_is_as_it_was_written() -> None:
    events = story((ana, ask(Post, text="Give half a vial.")))
    room = replay(events)
    assert room is not None
    assert body_copy(events[1], records(events)[1], room, "observers", NAMES) == events[1].body


def test_observers_are_not_told_what_a_stance_weighs() -> None:
    log = story((ben, ask(Post, text="Antivenom.")), (ana, ask(Corroborate, target="e2", stance="agree", note="Yes.")))
    held = msgspec.structs.replace(log[-1], body=msgspec.structs.replace(log[-1].body, weight=0.31, same_house=True))
    log[-1] = held
    room, record = replay(log), records(log)[-1]
    assert room is not None
    shown = body_copy(held, record, room, "observers", NAMES)
    assert (shown.weight, shown.same_house, shown.note) == (None, None, "Yes.")
    assert body_copy(held, record, room, "contributors", NAMES) is held.body
