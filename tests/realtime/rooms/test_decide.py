from typing import Any, Final, get_args

import msgspec
import pytest

from realtime.rooms.body import Body
from realtime.rooms.command import Command, Evidence, Verdict
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
from realtime.rooms.deciding.pins import MOST_PINS
from realtime.rooms.deciding.texts import clean
from realtime.rooms.events import Corroborated, ObserversChanged, Paged, Posted, Removed
from realtime.rooms.fold import replay
from realtime.rooms.identifiers.gate import IdentifiersFound
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.rooms.vitals.vital import Vital
from tests import builders
from tests.builders import AT, Seat, after, ask, brought, cleo, mo, opened_room, opening, story
from tests.samples import VITALS

# Of cleo's network, so that a room may be theirs and still be widened.
ana, ben = (msgspec.structs.replace(person, network=cleo.network) for person in (builders.ana, builders.ben))
ZERO_WIDTH, BOM, EMOJI = "\u200b", "\ufeff", "\U0001f9ec"


def consult() -> Room:
    """Ana posted e2 and e3, cleo e4; ben agrees with e2 (e5); e3 is retracted (e6), e2 pinned (e7); mo removed dan.

    Ben warned of e4. Ana's e11 has a picture, and ben's e12 one that observers may see;
    ana warned of that in his e14. Ana's e16 is on the plan, ben's e18 is not.
    Ben is asked to take over (e19), ana leads. Nobody has said what the doses in e16 and the drug in e33 rest on.
    Page p1 has rung ben, who declined, ana and the guest; mo has taken p2; the
    case's own `auto2` rings, which has taken the place of `auto`. ana's poll e29 has ben's vote, e31 is
    closed.
    """
    room = replay(
        story(
            (ana, ask(Post, text="Give antivenom now.")),
            (ana, ask(Post, text="Wrong room.")),
            (cleo, ask(Post, text="We have two vials.")),
            (ben, ask(Corroborate, target="e2", stance="agree")),
            (ana, ask(Retract, target="e3", reason="Meant for another room.")),
            (cleo, ask(Pin, target="e2")),
            (cleo, ask(Invite, person="guest")),
            (mo, ask(Remove, person="dan")),
            (ben, ask(Flag, target="e4", reason="danger")),
            (ana, ask(Post, text="See.", images=["scan"])),
            (ben, ask(Post, text="And here.", images=["ecg"])),
            (mo, ask(Release, target="e12")),
            (ben, ask(Post, text="Sorry.", images=["face"])),
            (ana, ask(Flag, target="e14", reason="identifying")),
            (ana, ask(Post, text="Adrenaline 0.5 mg i.m.", kind="recommendation")),
            (cleo, ask(Act, target="e16", state="accepted")),
            (ben, ask(Post, text="A second line.", kind="recommendation")),
            (cleo, ask(HandOver, person="ben")),
            (cleo, ask(Lead, person="ana")),
            (cleo, ask(Page, id="p1", specialty="toxicology")),
            Paged(page="p1", tier=1, people=["ben", "ana", "guest"], deadline_at=AT),
            (ben, ask(Respond, page="p1", answer="decline", reason="In theatre.")),
            (cleo, ask(Page, id="p2")),
            Paged(page="p2", tier=1, people=["ana", "mo"], deadline_at=AT),
            (mo, ask(Respond, page="p2", answer="accept")),
            Paged(page="auto", tier=1, people=["ana"], deadline_at=AT),
            Paged(page="auto2", tier=1, people=["ana"], deadline_at=AT),
            (ana, ask(PollOpen, question="Which goes first?", options=["One", "Two", "Three"])),
            (ben, ask(PollVote, target="e29", choices=[1])),
            (mo, ask(PollOpen, question="Is it over?", options=["Yes", "No"])),
            (mo, ask(PollClose, target="e31")),
            (ben, ask(Post, text="Start noradrenaline.")),
            first=opening(reach="network"),
        )
    )
    assert room is not None
    return room


DIFFERENTIAL: Final = [Diagnosis("Envenoming", 0.6, "T63"), Diagnosis("Takotsubo", 0.2)]

REFUSED: Final[list[tuple[Refusal, Person, AnyCommand]]] = [
    (Refusal.NO_SUCH_POST, cleo, ask(Pin, target="e9")),
    (Refusal.IDENTIFIERS, ana, ask(Post, text="Seen last Tuesday.")),
    (Refusal.NO_SUCH_POST, ana, ask(Amend, target="e1", text="the opening is no post")),
    (Refusal.NO_SUCH_POST, ana, ask(Corroborate, target="e5", stance="agree")),
    (Refusal.NO_SUCH_POST, mo, ask(Retract, target="", reason="x")),
    (Refusal.RETRACTED, ana, ask(Amend, target="e3", text="x")),
    (Refusal.RETRACTED, ana, ask(Retract, target="e3", reason="again")),
    (Refusal.RETRACTED, ana, ask(Withhold, target="e3")),
    (Refusal.RETRACTED, ben, ask(Corroborate, target="e3", stance="agree")),
    (Refusal.RETRACTED, cleo, ask(Pin, target="e3")),
    (Refusal.RETRACTED, cleo, ask(Unpin, target="e3")),
    (Refusal.NO_SUCH_REPLY, ana, ask(Post, text="x", reply_to="e1")),
    (Refusal.NO_SUCH_REPLY, ana, ask(Post, text="x", contradicts="e9")),
    (Refusal.EMPTY_TEXT, ana, ask(Post, text="")),
    (Refusal.EMPTY_TEXT, ana, ask(Post, text=" \t\r\n\u3000")),
    (Refusal.EMPTY_TEXT, ana, ask(Amend, target="e2", text=" ")),
    (Refusal.EMPTY_TEXT, ana, ask(Retract, target="e2", reason=" ")),
    (Refusal.EMPTY_TEXT, cleo, ask(Close, disposition="", summary="x")),
    (Refusal.EMPTY_TEXT, cleo, ask(Close, disposition="x", summary="\n")),
    (Refusal.CONTROL_CHARACTERS, ana, ask(Post, text="10 mg\r100 mg")),
    (Refusal.CONTROL_CHARACTERS, ana, ask(Post, text="x", lang="e\x00n")),
    (Refusal.CONTROL_CHARACTERS, ana, ask(Post, text="x", evidence=[Evidence("url", "https://x/\x1b[2J")])),
    (Refusal.CONTROL_CHARACTERS, ben, ask(Corroborate, target="e2", stance="disagree", note="\x07")),
    (Refusal.CONTROL_CHARACTERS, mo, ask(Remove, person="ben", reason="\x85")),
    (Refusal.SAME_TEXT, ana, ask(Amend, target="e2", text="Give antivenom now.")),
    (Refusal.SAME_TEXT, ana, ask(Amend, target="e2", text="Give antivenom now.", evidence=[])),
    (Refusal.EVIDENCE, ana, ask(Post, text="x", evidence=[Evidence("pmid", "0123")])),
    (Refusal.EVIDENCE, ana, ask(Amend, target="e2", text="x", evidence=[Evidence("doi", "11.1/x")])),
    (Refusal.EVIDENCE, ben, ask(Corroborate, target="e2", stance="agree", evidence=[Evidence("nct", "NCT1")])),
    (Refusal.PIN_DOSE, cleo, ask(Pin, target="e16")),
    (Refusal.PIN_DRUG, cleo, ask(Pin, target="e33")),
    (Refusal.UNKNOWN_IMAGE, ana, ask(Post, text="x", images=["scan"])),
    (Refusal.NO_PICTURES, ana, ask(Release, target="e2")),
    (Refusal.HIDDEN, cleo, ask(Release, target="e14")),
    (Refusal.RELEASED, cleo, ask(Release, target="e12")),
    (Refusal.OWN_POST, ana, ask(Corroborate, target="e2", stance="agree")),
    (Refusal.OWN_POST, ana, ask(Corroborate, target="e2", stance="withdraw")),
    (Refusal.NO_OPINION, ben, ask(Corroborate, target="e4", stance="withdraw")),
    (Refusal.SAME_OPINION, ben, ask(Corroborate, target="e2", stance="agree")),
    (Refusal.ALREADY_PINNED, cleo, ask(Pin, target="e2")),
    (Refusal.NOT_PINNED, cleo, ask(Unpin, target="e4")),
    (Refusal.NOT_WIDER, cleo, ask(Widen, reach="network")),
    (Refusal.NOT_WIDER, cleo, ask(Widen, reach="team")),
    (Refusal.SAME_OBSERVERS, cleo, ask(Observers, mode="live")),
    (Refusal.SAME_OBSERVERS, cleo, ask(Observers, mode="live", delay_s=30)),
    (Refusal.PRESENTER_STAYS, cleo, ask(Invite, person="cleo")),
    (Refusal.PRESENTER_STAYS, mo, ask(Remove, person="cleo")),
    (Refusal.ALREADY_INVITED, cleo, ask(Invite, person="guest")),
    (Refusal.NOT_HERE, cleo, ask(Remove, person="dan")),
    (Refusal.NO_RECOMMENDATION, cleo, ask(Act, target="e2", state="accepted")),
    (Refusal.NOT_ON_PLAN, cleo, ask(Act, target="e18", state="doing")),
    (Refusal.NOT_NEXT, ana, ask(Act, target="e16", state="accepted")),
    (Refusal.CANNOT_WHY, cleo, ask(Act, target="e16", state="cannot", reason=" ")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Act, target="e16", state="stopped", reason="\x00")),
    (Refusal.IDENTIFIERS, cleo, ask(Act, target="e18", state="accepted", read_back="A line, as last Tuesday.")),
    (Refusal.IDENTIFIERS, cleo, ask(HandOver, person="ana", note="Seen last Tuesday.")),
    (Refusal.ASKED_ALREADY, cleo, ask(HandOver, person="ben", note="Again.")),
    (Refusal.IS_REMOVED, cleo, ask(HandOver, person="dan")),
    (Refusal.NOT_PAGED, ana, ask(Respond, page="e19", answer="accept", read_back="All of the case.")),
    (Refusal.NO_SUCH_PAGE, ben, ask(Respond, page="e18", answer="decline")),
    (Refusal.READ_BACK, ben, ask(Respond, page="e19", answer="accept", read_back="Fine.")),
    (Refusal.LEADS_ALREADY, cleo, ask(Lead, person="ana")),
    (Refusal.IS_REMOVED, cleo, ask(Lead, person="dan")),
    (Refusal.NO_SUCH_CLAIM, cleo, ask(Outcome, verdict="confirmed", supports=["e2", "e5"])),
    (Refusal.NO_SUCH_CLAIM, cleo, ask(Outcome, verdict="refuted", contradicts=["e1"])),
    (Refusal.RIGHT_AND_WRONG, cleo, ask(Outcome, verdict="unknown", supports=["e2", "e4"], contradicts=["e2"])),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", diagnosis="\x00")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", how_known="\x00")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", advice_used="\x00")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", state_24h="\x00")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", state_7d="\x00")),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Outcome, verdict="unknown", harm="\x00")),
    (Refusal.ONE_WISH, cleo, ask(Page, specialty="surgery", person="dan")),
    (Refusal.NOT_TO_BE_PAGED, cleo, ask(Page, person="cleo")),
    (Refusal.NOT_TO_BE_PAGED, ana, ask(Page, person="ana")),
    (Refusal.RINGING, ana, ask(Page, specialty="toxicology")),
    (Refusal.NO_SUCH_PAGE, ana, ask(Respond, page="e2", answer="accept")),
    (Refusal.NOT_PAGED, cleo, ask(Respond, page="p1", answer="accept")),
    (Refusal.TAKEN, ana, ask(Respond, page="p2", answer="accept")),
    (Refusal.TAKEN, ana, ask(Respond, page="p2", answer="decline", reason="Busy.")),
    (Refusal.REPLACED, ana, ask(Respond, page="auto", answer="accept")),
    (Refusal.SAME_ANSWER, ben, ask(Respond, page="p1", answer="decline", reason="Busy.")),
    (Refusal.SAME_ANSWER, mo, ask(Respond, page="p2", answer="accept")),
    (Refusal.NO_REASON, ana, ask(Respond, page="p1", answer="decline")),
    (Refusal.NO_REASON, ana, ask(Respond, page="p1", answer="decline", reason=" ")),
    (Refusal.VITALS, cleo, ask(Vitals, taken_at=AT, values=[Vital("mood", 3.0, "{score}")])),
    (Refusal.VITALS_WHEN, cleo, ask(Vitals, taken_at=AT + 300_001, values=VITALS)),
    (Refusal.SAME_CASE, cleo, ask(Revise)),
    (Refusal.SAME_CASE, cleo, ask(Revise, acuity="urgent", specialties=["cardiology"])),
    (Refusal.CASE_INCOMPLETE, cleo, ask(Revise, request=" ")),
    (Refusal.NO_SPECIALTY, cleo, ask(Revise, specialties=[])),
    (Refusal.CONTROL_CHARACTERS, cleo, ask(Revise, background="\x00")),
    (Refusal.EMPTY_TEXT, ana, ask(Opine, differential=[Diagnosis(" ", 0.5)])),
    (Refusal.CONTROL_CHARACTERS, ana, ask(Opine, differential=[Diagnosis("x\x00", 0.5)])),
    (Refusal.IDENTIFIERS, ana, ask(Opine, differential=[Diagnosis("Sepsis since last Tuesday", 0.5)])),
    (Refusal.OVER_CERTAIN, ana, ask(Opine, differential=[Diagnosis("Sepsis", 0.6), Diagnosis("Malaria", 0.41)])),
    (Refusal.OVER_CERTAIN, ana, ask(Opine, differential=[Diagnosis("Sepsis", float("nan"))])),
    (Refusal.NAMED_TWICE, ana, ask(Opine, differential=[Diagnosis("Sepsis", 0.3), Diagnosis(" sepsis", 0.3)])),
    (Refusal.NAMED_TWICE, ana, ask(Opine, differential=[Diagnosis("A", 0.3, "I21"), Diagnosis("B", 0.3, "I21")])),
    (Refusal.NO_OPINIONS, cleo, ask(Reveal)),
    (Refusal.EMPTY_TEXT, ana, ask(PollOpen, question="?", options=["One", " "])),
    (Refusal.CONTROL_CHARACTERS, ana, ask(PollOpen, question="x\x00", options=["One", "Two"])),
    (Refusal.IDENTIFIERS, ana, ask(PollOpen, question="?", options=["One", "Since last Tuesday"])),
    (Refusal.SAME_OPTIONS, ana, ask(PollOpen, question="?", options=["One", "one "])),
    (Refusal.NO_SUCH_POLL, ana, ask(PollVote, target="e2", choices=[0])),
    (Refusal.NO_SUCH_POLL, ana, ask(PollClose, target="nothing")),
    (Refusal.NO_SUCH_OPTION, ana, ask(PollVote, target="e29", choices=[3])),
    (Refusal.ONE_CHOICE, ana, ask(PollVote, target="e29", choices=[0, 1])),
    (Refusal.SAME_CHOICE, ana, ask(PollVote, target="e29", choices=[1, 1])),
    (Refusal.SAME_BALLOT, ben, ask(PollVote, target="e29", choices=[1])),
    (Refusal.POLL_OVER, ana, ask(PollVote, target="e31", choices=[0])),
    (Refusal.POLL_OVER, mo, ask(PollClose, target="e31")),
    (Refusal.NOT_THE_OPENER, ben, ask(PollClose, target="e29")),
    (Refusal.SAME_FLAG, ben, ask(Flag, target="e4", reason="danger")),
    (Refusal.NOT_TOLD, ben, ask(Flag, target="e4", reason="spam")),
]


def refusal_of(room: Room, person: Person, command: AnyCommand) -> Refusal:
    with pytest.raises(Refused) as refused:
        decide(room, Seat(person), command, AT)
    return refused.value.refusal


@pytest.mark.parametrize(("refusal", "person", "command"), REFUSED)
def test_a_command_that_cannot_be_is_refused_by_name(refusal: Refusal, person: Person, command: AnyCommand) -> None:
    assert refusal_of(consult(), person, command) is refusal


def test_every_refusal_of_the_rules_has_its_example() -> None:
    elsewhere = {
        # of the table: test_roles.py
        Refusal.READ_ONLY,
        Refusal.OBSERVER,
        Refusal.NOT_YOURS,
        Refusal.NOT_THE_AUTHOR,
        Refusal.PHYSICIANS_ONLY,
        Refusal.NOT_FOUND,
        # of entering by office: test_office.py
        Refusal.SAY_WHY,
        # of pages: paging/test_answers.py
        Refusal.ROUTINE_PAGES_NOBODY,
        Refusal.NOBODY_RUNG_HERE,  # ../test_ringing.py
        Refusal.TOO_MANY_PAGES,
        Refusal.NO_READ_BACK,
        Refusal.STAT_NEEDS_T2,
        # of polls: test_polls.py
        Refusal.TOO_MANY_POLLS,
        # of opinions: opinions/test_giving.py
        *(Refusal.OPINES_NOT, Refusal.TOO_MANY_OPINIONS, Refusal.REVEALED),
        # of opening: test_opening.py
        *(Refusal.TRIAGE, Refusal.NEWS2_NOT_FOR),
        *(Refusal.RESOURCES, Refusal.NO_SUCH_TEMPLATE),
        # below
        Refusal.CLOSED,
        Refusal.TOO_MANY_PINS,
        # of the plan: test_plan.py
        Refusal.PLAN_FULL,
        Refusal.TOO_MANY_QUESTIONS,
        Refusal.PRESENTS_ALREADY,
        # of awards: ../test_awards.py, tests/contract/test_awards.py
        *(Refusal.OBSERVERS_AWARD, Refusal.NO_AWARD_BUDGET, Refusal.AWARD_AMOUNT, Refusal.AWARD_WITHHELD),
        *(Refusal.AWARD_PRODUCT, Refusal.AWARD_CONFLICT, Refusal.AWARD_AGAIN),
        *(Refusal.AWARD_BUDGET, Refusal.AWARD_CASE_CAP),
        # of a new case: test_opening.py
        Refusal.AGE_OVER_89,
        Refusal.CASE_TOO_LARGE,
        # of the live side
        Refusal.MUTED,
        Refusal.NOT_A_VIEWER,
        Refusal.MAY_NOT_FOLLOW,
        Refusal.MAY_NOT_CONTRIBUTE,
        Refusal.NO_SUCH_PERSON,
        Refusal.MAY_NOT_ENTER,
        Refusal.SEEN_AHEAD,
        Refusal.CONFLICT,
        Refusal.NOT_JOINED,
        Refusal.READING_TOKEN,
        # below
        Refusal.ALREADY_WITHHELD,
        # of an agreement: tests/persistence/observers
        Refusal.NO_AGREEMENT,
        Refusal.NOT_ACCEPTED,
        Refusal.SUSPENDED,
        Refusal.TERM_OVER,
        Refusal.HOURS_USED,
        Refusal.SEATS_TAKEN,
    }
    assert {refusal for refusal, _, _ in REFUSED}.isdisjoint(elsewhere)
    assert {refusal for refusal, _, _ in REFUSED} | elsewhere == set(Refusal)


ACCEPTED: Final[list[tuple[Person, AnyCommand, dict[str, Any]]]] = [
    (
        ana,
        ask(Post, text="CT first?", kind="question", reply_to="e4", contradicts="e2", to="cleo", lang="en"),
        {"text": "CT first?", "kind": "question", "reply_to": "e4", "contradicts": "e2", "to": "cleo", "lang": "en"},
    ),
    (cleo, ask(Post, text="Noted.", reply_to="e3"), {"reply_to": "e3"}),
    (ana, ask(Amend, target="e2", text="Give it now."), {"target": "e2", "text": "Give it now.", "evidence": None}),
    (cleo, ask(Withhold, target="e2"), {"target": "e2", "reason": "trial_data"}),
    (mo, ask(Retract, target="e4", reason="Names the village."), {"target": "e4", "reason": "Names the village."}),
    (ben, ask(Corroborate, target="e2", stance="disagree"), {"stance": "disagree"}),
    (cleo, ask(Release, target="e11"), {"target": "e11"}),
    (ben, ask(Corroborate, target="e2", stance="agree", note="In every trial."), {"note": "In every trial."}),
    (ben, ask(Corroborate, target="e2", stance="withdraw"), {"stance": "withdraw"}),
    (cleo, ask(Pin, target="e4"), {"target": "e4"}),
    (mo, ask(Unpin, target="e2"), {"target": "e2"}),
    (ana, ask(Act, target="e16", state="cannot", reason="None here."), {"state": "cannot", "reason": "None here."}),
    (cleo, ask(HandOver, person="ana", note="My shift ends."), {"person": "ana", "note": "My shift ends."}),
    (cleo, ask(HandOver, person="cleo"), {"person": "cleo"}),
    (ben, ask(Respond, page="e19", answer="decline", reason=""), {"page": "e19", "answer": "decline", "reason": None}),
    (mo, ask(Lead, person="cleo"), {"person": "cleo"}),
    (cleo, ask(Invite, person="dan", reason="Knows vipers."), {"person": "dan"}),
    (cleo, ask(Remove, person="guest"), {"person": "guest", "reason": None}),
    (mo, ask(Remove, person="ben", reason="Not his case."), {"person": "ben", "reason": "Not his case."}),
    (cleo, ask(Widen, reach="world"), {"reach": "world"}),
    (
        cleo,
        ask(Observers, mode="live", allow_kinds=["research", "pharma"], allow_purposes=["HRESCH"]),
        {"mode": "live", "delay_s": 0, "allow_kinds": ["pharma", "research"], "allow_purposes": ["HRESCH"]},
    ),
    (cleo, ask(Observers, mode="delayed"), {"mode": "delayed", "delay_s": 60}),
    (cleo, ask(Observers, mode="delayed", delay_s=0), {"mode": "delayed", "delay_s": 0}),
    (mo, ask(Observers, mode="off", delay_s=30), {"mode": "off", "delay_s": 0}),
    (cleo, ask(Vitals, taken_at=AT - 1, values=VITALS), {"taken_at": AT - 1, "values": VITALS}),
    (
        cleo,
        ask(Revise, acuity="stat", specialties=["cardiology"], background="One vial left."),
        {"acuity": "stat", "specialties": None, "background": "One vial left.", "request": None},
    ),
    (ana, ask(Flag, target="e4", reason="identifying"), {"target": "e4", "reason": "identifying"}),
    (ana, ask(Page, specialty="surgery", note="A second look."), {"page": "c", "tier": 0, "note": "A second look."}),
    (ana, ask(Respond, page="p1", answer="accept", read_back="A bite."), {"page": "p1", "read_back": "A bite."}),
    (ana, ask(Respond, page="p1", answer="decline", reason="Busy."), {"answer": "decline", "reason": "Busy."}),
    (ben, ask(Respond, page="p1", answer="accept"), {"answer": "accept", "read_back": None}),
    (ben, ask(Opine, differential=DIFFERENTIAL), {"differential": DIFFERENTIAL}),
    (ben, ask(PollOpen, question="Now?", options=["Yes", "No"]), {"question": "Now?", "options": ["Yes", "No"]}),
    (ben, ask(PollVote, target="e29", choices=[2]), {"target": "e29", "choices": [2]}),
    (cleo, ask(PollClose, target="e29"), {"target": "e29", "voters": 1, "counts": [0, 1, 0]}),
    (mo, ask(Close, disposition="Transferred", summary="One vial."), {"disposition": "Transferred"}),
    (
        cleo,
        ask(Outcome, verdict="confirmed", diagnosis="Envenoming", advice_used=True, harm="", supports=["e2", "e3"]),
        {"verdict": "confirmed", "advice_used": True, "harm": None, "supports": ["e2", "e3"], "contradicts": []},
    ),
]


@pytest.mark.parametrize(("person", "command", "expected"), ACCEPTED)
def test_a_command_makes_one_event_that_says_the_same(
    person: Person, command: AnyCommand, expected: dict[str, Any]
) -> None:
    room = consult()
    (body,) = decide(room, Seat(person), command, AT)
    assert {name: getattr(body, name) for name in expected} == expected
    assert room == consult()


def test_every_command_has_been_accepted_once() -> None:
    # There is nothing to reveal in this room: opinions/test_giving.py
    assert {type(command) for _, command, _ in ACCEPTED} == set(get_args(AnyCommand)) - {Reveal}


def body_of(command: AnyCommand, person: Person = ben) -> Body:
    return decide(consult(), Seat(person), command, AT)[0]


@pytest.mark.parametrize("images", [["scan"], ["unknown"], ["new", "new"], ["new", "scan"]])
def test_a_picture_is_posted_once_by_whoever_brought_it(images: list[str]) -> None:
    known = brought(ask(Post, text="x", images=["scan", "new"]))
    with pytest.raises(Refused) as refused:
        decide(consult(), Seat(ana), ask(Post, text="x", images=images), AT, known)
    assert refused.value.refusal is Refusal.UNKNOWN_IMAGE


def test_a_post_says_what_proves_its_pictures() -> None:
    command = ask(Post, text="x", images=["b", "a"])
    (body,) = decide(consult(), Seat(ben), command, AT, brought(command)[::-1])
    assert isinstance(body, Posted)
    assert body.images == ["b", "a"] and body.pictures == brought(command)


def test_evidence_goes_with_the_claim() -> None:
    trial = Evidence("pmid", "38147337", level="2", scheme="CEBM 2011", question_type="treatment")
    posted = body_of(ask(Post, text="x", evidence=[trial]))
    corroborated = body_of(ask(Corroborate, target="e4", stance="agree", evidence=[trial]))
    assert isinstance(posted, Posted)
    assert isinstance(corroborated, Corroborated)
    assert posted.evidence == corroborated.evidence == [trial]


def test_evidence_is_kept_in_its_one_form() -> None:
    body = body_of(ask(Post, text="x", evidence=[Evidence("doi", "https://doi.org/10.1056/NEJMoa2212663")]))
    assert isinstance(body, Posted)
    assert body.evidence == [Evidence("doi", "10.1056/NEJMoa2212663")]


DOSE: Final = ask(Post, text="Adrenaline 0.5 mg i.m.", kind="recommendation")
GUIDELINE: Final = [Evidence("guideline", "WAO 2020, anaphylaxis")]


def test_a_dose_is_pinned_once_its_author_says_what_it_rests_on() -> None:
    room = after(opened_room(), Seat(ana), DOSE)
    assert refusal_of(room, cleo, ask(Pin, target="e2")) is Refusal.PIN_DOSE
    room = after(room, Seat(ana), ask(Amend, target="e2", text=DOSE.text, evidence=GUIDELINE))
    assert after(room, Seat(cleo), ask(Pin, target="e2")).pinned == ("e2",)


def test_a_dose_is_pinned_once_a_physician_who_agrees_says_what_it_rests_on() -> None:
    room = after(opened_room(), Seat(ana), DOSE)
    against = after(room, Seat(ben), ask(Corroborate, target="e2", stance="disagree", evidence=GUIDELINE))
    assert refusal_of(against, cleo, ask(Pin, target="e2")) is Refusal.PIN_DOSE
    room = after(room, Seat(ben), ask(Corroborate, target="e2", stance="agree", evidence=GUIDELINE))
    assert after(room, Seat(cleo), ask(Pin, target="e2")).pinned == ("e2",)
    room = after(room, Seat(ana), ask(Amend, target="e2", text="Adrenaline 1 mg i.m."))
    assert refusal_of(room, cleo, ask(Pin, target="e2")) is Refusal.PIN_DOSE


def test_a_question_of_a_dose_can_be_pinned() -> None:
    room = after(opened_room(), Seat(ana), ask(Post, text="Adrenaline 0.5 mg?", kind="question"))
    assert after(room, Seat(cleo), ask(Pin, target="e2")).pinned == ("e2",)


def test_what_is_pinned_and_becomes_a_dose_without_evidence_is_pinned_no_longer() -> None:
    room = after(opened_room(), Seat(ana), ask(Post, text="Treat it."))
    room = after(room, Seat(cleo), ask(Pin, target="e2"))
    assert after(room, Seat(ana), ask(Amend, target="e2", text=DOSE.text)).pinned == ()
    cited = ask(Amend, target="e2", text=DOSE.text, evidence=GUIDELINE)
    assert after(room, Seat(ana), cited).pinned == ("e2",)


def test_evidence_that_is_added_leaves_text_version_and_stances_as_they_are() -> None:
    room = after(consult(), Seat(ana), ask(Amend, target="e2", text="Give antivenom now.", evidence=GUIDELINE))
    post = room.posts["e2"]
    assert (list(post.evidence), post.version, post.holders("agree")) == (GUIDELINE, 1, ["ben"])


def test_evidence_stays_where_an_amendment_says_nothing_of_it_and_goes_where_it_says_so() -> None:
    room = after(consult(), Seat(ana), ask(Amend, target="e2", text="Now.", evidence=GUIDELINE))
    room = after(room, Seat(ana), ask(Amend, target="e2", text="Later."))
    assert list(room.posts["e2"].evidence) == GUIDELINE
    room = after(room, Seat(ana), ask(Amend, target="e2", text="Later.", evidence=[]))
    assert room.posts["e2"].evidence == ()


def test_the_same_stance_may_be_taken_again_with_new_evidence() -> None:
    body = body_of(ask(Corroborate, target="e2", stance="agree", evidence=[Evidence("nct", "NCT00000102")]))
    assert isinstance(body, Corroborated)


def test_the_same_stance_may_be_taken_again_once_the_text_has_changed() -> None:
    room = after(consult(), Seat(ana), ask(Amend, target="e2", text="Give half a vial."))
    assert decide(room, Seat(ben), ask(Corroborate, target="e2", stance="agree"), AT)


def test_a_stance_on_an_earlier_text_can_still_be_withdrawn() -> None:
    room = after(consult(), Seat(ana), ask(Amend, target="e2", text="Give half a vial."))
    room = after(room, Seat(ben), ask(Corroborate, target="e2", stance="withdraw"))
    assert refusal_of(room, ben, ask(Corroborate, target="e2", stance="withdraw")) is Refusal.NO_OPINION


def test_a_room_has_at_most_20_pins_and_takes_another_after_an_unpin() -> None:
    room = opened_room()
    for n in range(MOST_PINS + 1):
        room = after(room, Seat(ana), ask(Post, text=str(n)))
    for n in range(MOST_PINS):
        room = after(room, Seat(cleo), ask(Pin, target=f"e{n + 2}"))
    one_more = ask(Pin, target=f"e{MOST_PINS + 2}")
    assert refusal_of(room, cleo, one_more) is Refusal.TOO_MANY_PINS
    room = after(room, Seat(cleo), ask(Unpin, target="e2"))
    assert after(room, Seat(cleo), one_more).pinned[-1] == one_more.target


def test_someone_removed_may_be_invited_again_and_removed_again() -> None:
    room = after(consult(), Seat(cleo), ask(Invite, person="dan"))
    room = after(room, Seat(cleo), ask(Remove, person="dan"))
    assert room.card.removed == {"dan"}


def test_each_reach_is_wider_than_the_one_before() -> None:
    room = opened_room(reach="team")
    for reach in ("institution", "network", "world"):
        assert refusal_of(room, cleo, ask(Widen, reach=room.card.case.reach)) is Refusal.NOT_WIDER
        room = after(room, Seat(cleo), ask(Widen, reach=reach))


def test_a_delay_alone_is_a_change() -> None:
    room = opened_room(observers="delayed")
    assert refusal_of(room, cleo, ask(Observers, mode="delayed", delay_s=60)) is Refusal.SAME_OBSERVERS
    (body,) = decide(room, Seat(cleo), ask(Observers, mode="delayed", delay_s=30), AT)
    assert body == ObserversChanged(mode="delayed", delay_s=30)


def test_an_empty_reason_for_a_removal_is_none() -> None:
    assert body_of(ask(Remove, person="ben", reason=""), cleo) == Removed(person="ben", reason=None)


def closed() -> Room:
    return after(consult(), Seat(cleo), ask(Close, disposition="x", summary="x"))


def test_a_closed_room_takes_nothing_but_an_outcome() -> None:
    for refusal, person, command in REFUSED:
        expected = refusal if isinstance(command, Outcome) else Refusal.CLOSED
        assert refusal_of(closed(), person, command) is expected
    for person, command, _ in ACCEPTED:
        if not isinstance(command, Outcome):
            assert refusal_of(closed(), person, command) is Refusal.CLOSED


def test_outcomes_are_the_presenter_s_before_and_after_the_close_and_the_last_one_counts() -> None:
    for room in (consult(), closed()):
        for verdict in get_args(Verdict):
            assert refusal_of(room, mo, ask(Outcome, verdict=verdict)) is Refusal.NOT_YOURS
            room = after(room, Seat(cleo), ask(Outcome, verdict=verdict))
            assert room.card.outcome == verdict


def test_an_observer_who_asks_for_an_outcome_learns_nothing_of_the_close() -> None:
    for room in (consult(), closed()):
        with pytest.raises(Refused) as refused:
            decide(room, Seat(builders.obi, "observe"), ask(Outcome, verdict="unknown"), AT)
        assert refused.value.refusal is Refusal.OBSERVER


@pytest.mark.parametrize(
    "text", ["a\tb\nc\r\nd", "10 µg/kg", EMOJI, f"a{ZERO_WIDTH}b", BOM, "\u2028", "عربي", "x\u202e"]
)
def test_what_was_written_is_kept_to_the_letter(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize("code", [*range(0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), *range(0x7F, 0xA0)])
def test_a_control_character_is_refused(code: int) -> None:
    with pytest.raises(Refused):
        clean(f"10 mg{chr(code)}0")


def test_every_kind_of_command_is_tried() -> None:
    tried: set[type[Command]] = {type(command) for _, _, command in REFUSED}
    assert tried == set(get_args(AnyCommand))


def test_no_answer_tells_an_observer_that_the_room_was_closed() -> None:
    room = after(opened_room(), Seat(cleo), ask(Close, disposition="advised", summary="Done."))
    with pytest.raises(Refused) as refused:
        decide(room, Seat(builders.obi, "observe"), ask(Post, text="Hello?"), AT)
    assert refused.value.refusal is Refusal.OBSERVER


def test_a_post_is_withheld_once_whether_at_first_or_later() -> None:
    room = after(consult(), Seat(ana), ask(Withhold, target="e2"))
    assert refusal_of(room, cleo, ask(Withhold, target="e2")) is Refusal.ALREADY_WITHHELD
    room = after(room, Seat(ben), ask(Post, text="Arm B did better.", trial_data=True))
    assert refusal_of(room, ben, ask(Withhold, target=f"e{room.seq}")) is Refusal.ALREADY_WITHHELD


def test_a_revision_may_not_make_a_case_too_large() -> None:
    room = opened_room(situation="x" * 60_000)
    assert refusal_of(room, cleo, ask(Revise, background="x" * 8_000)) is Refusal.CASE_TOO_LARGE


def test_what_a_revision_says_passes_the_gate() -> None:
    with pytest.raises(IdentifiersFound) as refused:
        decide(consult(), Seat(cleo), ask(Revise, background="Mr Hansen has one vial left."), AT)
    assert list(refused.value.found.fields) == ["background"]
