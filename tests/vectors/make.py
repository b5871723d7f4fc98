"""Writes the vectors to which every implementation of fold and chain is held: `python -m tests.vectors.make`."""

import json
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from realtime.rooms.blind import OPINIONS as TOPIC
from realtime.rooms.blind import Blind
from realtime.rooms.chain import Record
from realtime.rooms.command import ActState, Evidence, EvidenceType
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
from realtime.rooms.copies import Audience, body_copy, by_copy
from realtime.rooms.drugs.inn import named
from realtime.rooms.events import AwardsRevealed, Escalated, Event, Paged, RevealedAward, Sealed
from realtime.rooms.evidence.refuting import refuted_by
from realtime.rooms.fold import replay
from realtime.rooms.identifiers.finding import found
from realtime.rooms.interests.interest import Interest, Stated
from realtime.rooms.interests.stating import natures_only
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.pooling import Pool, Voice, pool
from realtime.rooms.opinions.stated import pooled
from realtime.rooms.paging.page import shown
from realtime.rooms.people import SYSTEM, By, Person
from realtime.rooms.pictures import Picture, withheld
from realtime.rooms.plan import Act as LoggedAct
from realtime.rooms.plan import Asked, may_follow
from realtime.rooms.poll import Poll
from realtime.rooms.post import Post as LoggedPost
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.readback import restates
from realtime.rooms.revising import REVISABLE
from realtime.rooms.room import Room
from realtime.rooms.texts import in_words
from realtime.rooms.vitals.vital import Vital
from tests.builders import AT, ROOM, Step, ana, ask, ben, cleo, mo, opening, records, story, weighing
from tests.corpus.sentences import PARTS, sentences
from tests.samples import MEASURED

HERE: Final = Path(__file__).parent
NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)

ADVICE: Final = (ana, ask(Post, text="Give one vial of antivenom now.", kind="recommendation", to="cleo"))
dan: Final = Person("dan", "dr_dan", "physician", "toxicology", "KE", 2)
GUIDELINE: Final = Evidence("guideline", "WHO SEARO, snakebites, 2016")
CITED: Final = (
    ana,
    ask(Post, text="Give one vial of antivenom now.", kind="recommendation", to="cleo", evidence=[GUIDELINE]),
)
QUESTION: Final = (ben, ask(Post, text="Which snake? 🐍", kind="question", reply_to="e2", lang="en"))
RETRACTION: Final = (ana, ask(Retract, target="e2", reason="Meant for another room."))
ON_TRIAL: Final[dict[str, Any]] = {"target": "e3", "stance": "agree", "note": "Arm A too."}
CLOSE: Final = (cleo, ask(Close, disposition="Transferred", summary="One vial, ECG normal."))
HEART: Final = [Diagnosis("Myocardial infarction", 0.6, "I21"), Diagnosis("Envenoming", 0.25)]
BITE: Final = [Diagnosis("envenoming", 0.8)]
OPINIONS: Final = (ana, ask(Opine, differential=HEART)), (ben, ask(Opine, differential=BITE))
REVEAL: Final = (cleo, ask(Reveal))
HAND_OVER: Final = ask(HandOver, person="ana", note="My shift ends.")
OUTCOME: Final = (cleo, ask(Outcome, verdict="unknown", state_24h="Stable"))
LATER: Final = (
    cleo,
    ask(Outcome, verdict="confirmed", diagnosis="Envenoming", advice_used=True, harm="Serum sickness", supports=["e2"]),
)

PAID: Final = msgspec.structs.replace(
    ben,
    interests=(
        Interest("Bolt Devices", "grant", "2026", "imported"),
        Interest("Acme Pharma", "speaker", "2024-03", "declared", ("Antivenom X",)),
        Interest("Acme Labs", "speaker", "2020", "declared"),
    ),
)

PAGES: Final = "a case of its acuity pages, tier after tier, until somebody takes it"
STORIES: Final[dict[str, list[Step]]] = {
    "a case that was just opened waits": [],
    "the presenter's own post does not answer it": [(cleo, ask(Post, text="Anyone?"))],
    "posts of others answer it": [ADVICE, QUESTION],
    "each holds one stance on a post, the last; a withdrawal takes it back": [
        ADVICE,
        (ben, ask(Corroborate, target="e2", stance="agree")),
        (ben, ask(Corroborate, target="e2", stance="disagree", note="Not in children.")),
        QUESTION,
        (ana, ask(Corroborate, target="e5", stance="agree")),
        (ana, ask(Corroborate, target="e5", stance="withdraw")),
    ],
    "the interests of an author stand beside what they say, as they were then": [
        (PAID, ask(Post, text="Antivenom X now.", kind="recommendation")),
        (ana, ask(Post, text="And an ECG.")),
        (PAID, ask(Corroborate, target="e3", stance="agree")),
        (ana, ask(Corroborate, target="e2", stance="agree")),
    ],
    "an amended text has no corroborations until they are given again": [
        (cleo, ask(Post, text="Two vials here.")),
        (ana, ask(Corroborate, target="e2", stance="agree")),
        (ben, ask(Corroborate, target="e2", stance="disagree")),
        (cleo, ask(Amend, target="e2", text="One vial here.")),
        (ben, ask(Corroborate, target="e2", stance="agree")),
    ],
    "a retracted post keeps its place, without text and without its pin": [
        CITED,
        QUESTION,
        (cleo, ask(Pin, target="e3")),
        (cleo, ask(Pin, target="e2")),
        RETRACTION,
    ],
    "a withheld post keeps its text for contributors": [
        ADVICE,
        (cleo, ask(Post, text="Arm B had a response of a half.", trial_data=True)),
        (cleo, ask(Withhold, target="e2")),
        (cleo, ask(Observers, mode="live", allow_kinds=["research"], allow_purposes=["PUBHLTH", "HRESCH"])),
    ],
    "evidence that is added to a text leaves the stances on it, another text does not": [
        (ana, ask(Post, text="One vial.", kind="recommendation")),
        (ben, ask(Corroborate, target="e2", stance="agree")),
        (ana, ask(Amend, target="e2", text="One vial.", evidence=[GUIDELINE])),
        (cleo, ask(Pin, target="e2")),
        (ana, ask(Amend, target="e2", text="Two vials.")),
        (ana, ask(Amend, target="e2", text="Three vials.", evidence=[])),
    ],
    "a post that more physicians support refutes what it contradicts, and the last outcome what it names": [
        (ana, ask(Post, text="A cobra.", kind="finding")),
        (ben, ask(Post, text="A krait.", kind="finding", contradicts="e2")),
        (dan, ask(Corroborate, target="e3", stance="agree")),
        (ana, ask(Post, text="A viper.", kind="finding", contradicts="e3")),
        (ben, ask(Corroborate, target="e5", stance="disagree", note="It has no fangs.")),
        (dan, ask(Corroborate, target="e5", stance="agree")),
        CLOSE,
        (cleo, ask(Outcome, verdict="refuted", contradicts=["e3"])),
        (cleo, ask(Outcome, verdict="confirmed", contradicts=["e5"])),
    ],
    "pins keep the order in which they were made": [
        CITED,
        QUESTION,
        (cleo, ask(Post, text="A viper.")),
        (cleo, ask(Pin, target="e4")),
        (cleo, ask(Pin, target="e2")),
        (mo, ask(Pin, target="e3")),
        (mo, ask(Unpin, target="e2")),
        (cleo, ask(Pin, target="e2")),
    ],
    "an invitation undoes a removal, and a removal an invitation": [
        (cleo, ask(Invite, person="dan")),
        (cleo, ask(Invite, person="eve")),
        (mo, ask(Remove, person="eve", reason="A conflict of interest.")),
        (mo, ask(Remove, person="ben")),
        (cleo, ask(Invite, person="ben")),
    ],
    "a picture is for contributors until somebody has looked at it again": [
        (ana, ask(Post, text="The ECG.", images=["ecg", "ecg2"])),
        (ana, ask(Post, text="And the arm.", images=["arm"])),
        (cleo, ask(Release, target="e2")),
        (ana, ask(Retract, target="e3", reason="Shows a name.")),
        (ben, ask(Flag, target="e2", reason="identifying")),
        (ana, ask(Amend, target="e2", text="The ECG, as it was.")),
    ],
    "warnings are of the present text; two of a kind, or a moderator's, fold a post away": [
        ADVICE,
        QUESTION,
        (ben, ask(Flag, target="e2", reason="danger")),
        (mo, ask(Flag, target="e3", reason="danger")),
        (ana, ask(Flag, target="e3", reason="identifying")),
        (ben, ask(Amend, target="e3", text="Which snake, and when?")),
        (ana, ask(Flag, target="e3", reason="danger")),
    ],
    PAGES: [
        Paged(page="a.p", tier=1, people=["ana", "ben"], deadline_at=AT + 121_000),
        (ben, ask(Respond, page="a.p", answer="decline", reason="In theatre.")),
        Escalated(page="a.p", tier=1, why="lapsed"),
        Paged(page="a.p", tier=3, people=["mo"], deadline_at=AT + 240_000),
        (mo, ask(Respond, page="a.p", answer="accept", read_back="A bite, chest pain for two hours.")),
    ],
    "who all declined is waited for no longer, and whom it rang may still take what nobody has": [
        Paged(page="a.p", tier=1, people=["ana"], deadline_at=AT + 121_000),
        (ana, ask(Respond, page="a.p", answer="decline", reason="In theatre.")),
        Escalated(page="a.p", tier=1, why="declined"),
        (ana, ask(Respond, page="a.p", answer="accept")),
    ],
    "a wish for a page rings nobody until its tier does, and one person besides is asked for by name": [
        (cleo, ask(Page, id="p1", specialty="toxicology", note="Which antivenom?")),
        (cleo, ask(Page, id="p2", person="ana")),
        Paged(page="p2", tier=1, person="ana", people=["ana"], deadline_at=AT + 121_000),
        Escalated(page="p1", tier=0, why="nobody"),
    ],
    "a case that has become more urgent is paged anew, and what it asked before is over": [
        Paged(page="a.p", tier=1, people=["ana"], deadline_at=AT + 121_000),
        (cleo, ask(Page, id="p1", person="ben")),
        Paged(page="b.p", tier=1, people=["ana", "ben"], deadline_at=AT + 121_000),
    ],
    "an act is of the text that was accepted, until the text as amended is accepted too": [
        ADVICE,
        (cleo, ask(Act, target="e2", state="accepted", read_back="One vial of antivenom, now.")),
        (cleo, ask(Act, target="e2", state="doing")),
        (ana, ask(Amend, target="e2", text="Give two vials of antivenom now.")),
        (cleo, ask(Act, target="e2", state="done")),
        (cleo, ask(Act, target="e2", state="accepted", read_back="Another vial, so two.")),
    ],
    "what was done stays done when it is done once more, not when it was said too early": [
        ADVICE,
        (ben, ask(Post, text="Give adrenaline 0.5 mg i.m.", kind="recommendation", contradicts="e2")),
        (cleo, ask(Act, target="e3", state="accepted")),
        (cleo, ask(Act, target="e2", state="cannot", reason="None here.")),
        (cleo, ask(Act, target="e3", state="done")),
        (cleo, ask(Act, target="e3", state="accepted")),
        (cleo, ask(Act, target="e3", state="stopped", reason="Better.")),
        (cleo, ask(Act, target="e2", state="accepted")),
        (cleo, ask(Act, target="e2", state="done")),
        (cleo, ask(Act, target="e2", state="doing")),
    ],
    "what was retracted stays on the plan until it is stopped": [
        ADVICE,
        (cleo, ask(Lead, person="ben")),
        (ben, ask(Act, target="e2", state="accepted")),
        RETRACTION,
        (ben, ask(Act, target="e2", state="stopped")),
    ],
    "a question to somebody is open until they reply to it": [
        (ana, ask(Post, text="Which snake?", kind="question", to="cleo")),
        (ana, ask(Post, text="When?", kind="question", to="cleo")),
        (ben, ask(Post, text="Where?", kind="question", to="cleo")),
        (cleo, ask(Post, text="Which kind do you mean?", kind="question", to="ana", reply_to="e2")),
        (ben, ask(Post, text="Hours ago.", reply_to="e3")),
        (ben, ask(Retract, target="e4", reason="Found it.")),
    ],
    "who takes the case over is asked what its presenter was": [
        (ana, ask(Post, text="Which snake?", kind="question", to="cleo")),
        (cleo, ask(Lead, person="ben")),
        (cleo, ask(HandOver, person="mo", note="My shift ends.")),
        (cleo, ask(HandOver, person="ben", note="Mo is away.")),
        (ben, ask(Respond, page="e5", answer="accept", read_back="Antivenom running, next ECG at 18.")),
    ],
    "a hand-over that is declined, or taken back, leaves the case with its presenter": [
        (cleo, ask(HandOver, person="ben")),
        (ben, ask(Respond, page="e2", answer="decline", reason="In theatre.")),
        (cleo, ask(HandOver, person="ana")),
        (cleo, ask(HandOver, person="cleo")),
    ],
    "who is removed leads no more and is asked nothing": [
        (cleo, ask(Lead, person="ben")),
        (cleo, ask(HandOver, person="ben")),
        (ana, ask(Post, text="Which dose?", kind="question", to="ben")),
        (cleo, ask(Remove, person="ben", reason="A conflict of interest.")),
    ],
    "the last ballot of each counts, and a poll keeps what it came to": [
        (cleo, ask(PollOpen, question="Antivenom before transfer?", options=["Yes", "No"])),
        (ana, ask(PollVote, target="e2", choices=[0])),
        (ben, ask(PollVote, target="e2", choices=[0])),
        (ana, ask(PollVote, target="e2", choices=[1])),
        (cleo, ask(PollClose, target="e2")),
    ],
    "a poll that takes several choices ends with its room": [
        (ana, ask(PollOpen, question="What is at hand?", options=["Antivenom", "Adrenaline"], multiple=True)),
        (ben, ask(PollOpen, question="Which snake?", options=["A viper", "Another"])),
        (cleo, ask(PollVote, target="e2", choices=[1, 0])),
        (ana, ask(PollVote, target="e2", choices=[1])),
        CLOSE,
    ],
    "vital signs follow each other as they were told, each with its time and unit": [
        (cleo, ask(Vitals, taken_at=AT - 60_000, values=[Vital("heart_rate", 112.0, "/min")])),
        (cleo, ask(Vitals, taken_at=AT - 30_000, values=[Vital("temperature", 101.3, "[degF]")])),
        (
            cleo,
            ask(
                Vitals,
                taken_at=AT - 90_000,
                values=[Vital("heart_rate", 120.0, "/min"), Vital("temperature", 38.2, "Cel")],
            ),
        ),
        (cleo, ask(Vitals, taken_at=AT - 60_000, values=[Vital("heart_rate", 110.0, "/min")])),
    ],
    "of each vital sign the last twelve are kept": [
        (cleo, ask(Vitals, taken_at=AT - 60_000 + n, values=[Vital("pain", n % 10 + 0.0, "{score}")]))
        for n in range(14)
    ],
    "what is revised takes the place of what was": [
        (cleo, ask(Revise, acuity="stat", background="One vial left.")),
        (cleo, ask(Revise, specialties=["toxicology"], request="A second vial?", assessment="Toxic.")),
        (cleo, ask(Revise, acuity="asap")),
    ],
    "the last opinion of each before the reveal counts, and what comes after it is late": [
        *OPINIONS,
        (ana, ask(Opine, differential=BITE)),
        REVEAL,
        (ben, ask(Opine, differential=HEART)),
        (cleo, ask(Opine, differential=BITE)),
    ],
    "the close shows to all what each thinks": [*OPINIONS, CLOSE],
    "a closed room was answered by its close": [(cleo, ask(Post, text="Anyone?")), CLOSE],
    "awards are revealed with the close": [
        ADVICE,
        CLOSE,
        AwardsRevealed(awards=[RevealedAward("5e" * 32), RevealedAward("a7" * 32)]),
    ],
    "outcomes follow the close, and the last one counts": [ADVICE, CLOSE, OUTCOME, LATER],
}


def main() -> None:
    """Write the files beside this one."""
    for name, text in files().items():
        (HERE / name).write_text(text)


def files() -> dict[str, str]:
    """What stands in each file of vectors."""
    return {
        "fold.json": fold_vectors(),
        "chain.json": chain_vectors(),
        "identifiers.json": identifier_vectors(),
        "references.json": reference_vectors(),
        "plan.json": plan_vectors(),
        "drugs.json": drug_vectors(),
        "pooling.json": pooling_vectors(),
    }


def fold_vectors() -> str:
    """Logs as their readers were sent them, each with the room that they give."""
    amendment = (ana, ask(Amend, target="e2", text="Give half a vial.", evidence=[GUIDELINE]))
    retracted = story(ADVICE, amendment, QUESTION, RETRACTION)
    pictured = story((ana, ask(Post, text="The ECG.", images=["ecg"])), (ben, ask(Post, text="Wait.")))
    amended = story(ADVICE, amendment, QUESTION, (cleo, ask(Invite, person="dan")))
    trial = (cleo, ask(Post, text="Arm B had a response of a half.", trial_data=True))
    withheld = story(ADVICE, trial, (cleo, ask(Withhold, target="e2")), (ben, ask(Corroborate, **ON_TRIAL)))
    warned = story(ADVICE, QUESTION, (ben, ask(Flag, target="e2", reason="identifying")))
    planned = story(*STORIES["what was retracted stays on the plan until it is stopped"], (cleo, HAND_OVER))
    vitals = (cleo, ask(Vitals, taken_at=AT - 1_000, values=[Vital("heart_rate", 98.0, "/min")]))
    measured = story(vitals, first=opening(**MEASURED))
    said = story(
        *OPINIONS, (cleo, ask(Opine, differential=BITE)), OPINIONS[0], REVEAL, (ben, ask(Opine, differential=HEART))
    )
    known = weighing(said, {2: 0.8, 3: 0.05, 5: 2.75, 7: 3.0})
    wider = (cleo, ask(Widen, reach="world")), (cleo, ask(Observers, mode="delayed", delay_s=30))
    vectors = [
        *(vector(name, story(*steps)) for name, steps in STORIES.items()),
        vector("reach and observers change with the case", story(*wider, first=opening(reach="team"))),
        vector("a case begins with what was measured", story(first=opening(**MEASURED))),
        vector("an observer is not told when vital signs were taken", measured, "observers"),
        vector("a seal follows the close", sealed(story(ADVICE, CLOSE))),
        vector("who comes late is sent a digest for a text that was retracted", retracted, "contributors"),
        vector("an observer who comes late is not shown pictures that are theirs only later", pictured, "observers"),
        vector("an observer who comes late is not sent what may identify a patient", warned, "observers"),
        vector("an observer who comes late is sent last texts and pseudonyms", amended, "observers"),
        vector("an observer who comes late knows pages by pseudonyms", story(*STORIES[PAGES]), "observers"),
        vector("an observer is sent no text of what is withheld", withheld, "observers"),
        vector("who has not said what they think it is is sent that others have", story(*OPINIONS), "contributors"),
        vector("an observer knows what each thinks once all may", story(*OPINIONS, REVEAL), "observers"),
        vector("an opinion weighs in the pool what it weighed when it was said", known),
        vector("who comes late pools what all may read by its weights", known, "contributors"),
        vector("an observer is not told what an opinion weighs, and pools all alike", known, "observers"),
        vector("an observer is sent the plan with pseudonyms, and no read-back of what is gone", planned, "observers"),
    ]
    return "[\n" + ",\n".join(vectors) + "\n]\n"


def sealed(events: list[Event]) -> list[Event]:
    """`events` with a seal on them."""
    last = events[-1]
    body = Sealed(upto=last.seq, root="5e" * 32, key_id="k1")
    return [*events, Event(last.seq + 1, f"e{last.seq + 1}", last.at, By(SYSTEM), body)]


def vector(name: str, events: list[Event], late: Audience | None = None) -> str:
    """One vector, an event a line: as it was sent when it happened, or to one of the `late` when all had."""
    room = replay(events)
    assert room is not None
    audience = late or "contributors"
    sent = copies(events, room, late) if late else [entry(event, event.by, event.body) for event in events]
    lines = ",\n".join(f"   {line(item)}" for item in sent)
    posts = ",".join(f"\n    {line(item)}" for item in summary_of_posts(room, audience))
    state = line(summary(room, audience, late=late is not None))[:-1] + f', "posts": [{posts}]}}'
    return f' {{"name": {line(name)},\n  "events": [\n{lines}\n  ],\n  "state": {state}}}'


def copies(events: list[Event], room: Room, audience: Audience) -> list[dict[str, Any]]:
    """The events as somebody is sent them who comes when the room is as it is now."""
    return [
        entry(event, by_copy(event.by, audience, NAMES), body_copy(event, record, room, audience, NAMES))
        for event, record in zip(events, records(events), strict=True)
    ]


def entry(event: Event, by: By, body: Any) -> dict[str, Any]:
    """An event as it stands in `events` on the wire, without `check`, and of `by` the person only."""
    sent = {"seq": event.seq, "id": event.id, "at": event.at, "by": {"person": by.person}, "kind": event.kind}
    plain: dict[str, Any] = msgspec.to_builtins(sent | {"body": body})
    return plain


def summary(room: Room, audience: Audience, *, late: bool = False) -> dict[str, Any]:
    """What an implementation of the fold has to know of a room, but for its posts."""
    named = str if audience == "contributors" else NAMES.of
    case = room.card.case
    return {
        "seq": room.seq,
        "at": room.at,
        "status": case.status,
        "presenter": named(room.presenter),
        "reach": case.reach,
        "observers": msgspec.to_builtins(case.observers),
        "waiting": room.card.waiting,
        "paged_at": room.card.paged_at,
        "answered_at": room.card.answered_at,
        "pages": shown(room.pages, named),
        "closed_at": room.card.closed_at,
        "outcome": room.card.outcome,
        "outcome_known": list(room.card.outcome_known),
        "invited": sorted(map(named, room.card.invited)),
        "removed": sorted(map(named, room.card.removed)),
        "pinned": list(room.pinned),
        "plan": [_act(act, room.posts[act.target], audience) for act in room.plan],
        "polls": [_poll(poll) for poll in sorted(room.polls.values(), key=lambda poll: poll.seq)],
        "open_questions": {id: named(room.open_questions[id]) for id in sorted(room.open_questions)},
        "lead": room.lead and named(room.lead),
        "hand_over": room.hand_over and _asked(room.hand_over, audience),
        "sealed_upto": room.sealed_upto,
        "opinions": _opinions(room, audience, late=late),
        "asked": {name: getattr(case, name) for name in REVISABLE if getattr(case, name) is not None},
        "vitals": {
            name: [[one.taken_at if named is str else one.said_at, one.value, one.unit] for one in readings]
            for name, readings in sorted(room.readings.items())
        },
    }


def _act(act: LoggedAct, post: LoggedPost, audience: Audience) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(act)
    untold = ("read_back", "reason") if audience == "observers" and (post.hidden or post.retracted) else ()
    return plain | {"by": by_copy(act.by, audience, NAMES).person} | dict.fromkeys(untold)


def _poll(poll: Poll) -> dict[str, Any]:
    return {
        "id": poll.id,
        "seq": poll.seq,
        "at": poll.at,
        "by": poll.by.person,
        "question": poll.question,
        "options": list(poll.options),
        "multiple": poll.multiple,
        "open": poll.open,
        "ballots": {person: list(choices) for person, choices in sorted(poll.ballots.items())},
        "result": None if poll.open else {"voters": len(poll.ballots), "counts": poll.counts},
    }


def _opinions(room: Room, audience: Audience, *, late: bool) -> dict[str, Any]:
    """What each thinks; `late`: who comes when all has happened is not told what all may not read."""
    blind = room.blinds.get(TOPIC, Blind())
    blank = late and blind.opened is None
    return {
        "opened": blind.opened,
        "held": [
            {
                "by": by_copy(held.by, audience, NAMES).person,
                "seq": held.seq,
                "at": held.at,
                "times": held.times,
                "differential": None if blank or not held.differential else msgspec.to_builtins([*held.differential]),
                "counted": None if blank or not held.counted else msgspec.to_builtins([*held.counted]),
                "weight": None if blank or audience == "observers" else held.weight,
            }
            for held in sorted(room.opinions.values(), key=lambda held: held.seq)
        ],
        "pool": msgspec.to_builtins(_pool(room, audience, blank=blank)),
    }


def _pool(room: Room, audience: Audience, *, blank: bool) -> Pool:
    return pool([]) if blank else pooled(room, alike=audience == "observers")


def _asked(asked: Asked, audience: Audience) -> dict[str, Any]:
    named = str if audience == "contributors" else NAMES.of
    return {"id": asked.id, "person": named(asked.person), "by": named(asked.by), "note": asked.note}


def summary_of_posts(room: Room, audience: Audience) -> list[dict[str, Any]]:
    """The posts of a room in the order of the log, with who agrees and disagrees."""
    named = str if audience == "contributors" else NAMES.of
    return [
        {
            "id": post.id,
            "seq": post.seq,
            "by": named(post.by),
            "kind": post.kind,
            "contradicts": post.contradicts,
            "interests": msgspec.to_builtins(_stated(post, audience)),
            "text": "" if audience == "observers" and post.hidden else post.text,
            "version": post.version,
            "retracted": post.retracted,
            "released": post.released,
            "pictures": [] if post.retracted else msgspec.to_builtins(_shown(post, audience)),
            "warnings": sorted(f"{reason} {named(who)}" for reason, people in post.warnings.items() for who in people),
            "collapsed": post.collapsed,
            "withheld": post.withheld,
            "agree": sorted(map(named, post.holders("agree"))),
            "disagree": sorted(map(named, post.holders("disagree"))),
            "evidence": [] if audience == "observers" and post.hidden else msgspec.to_builtins(list(post.evidence)),
            "refuted_by": refuted_by(room, post.id),
        }
        for post in sorted(room.posts.values(), key=lambda post: post.seq)
    ]


def _stated(post: LoggedPost, audience: Audience) -> list[Stated]:
    return list(post.interests) if audience == "contributors" else natures_only(post.interests)


def _shown(post: LoggedPost, audience: Audience) -> list[Picture]:
    hidden = audience == "observers" and not post.released
    return [withheld(picture) if hidden else picture for picture in post.pictures]


def chain_vectors() -> str:
    """A log of records with their digests, and logs made from it that are broken, with the first `seq` that is."""
    log = records(sealed(story(ADVICE, QUESTION, (ben, ask(Corroborate, target="e2", stance="agree")), CLOSE)))
    kept = ",\n".join(f"  {line(row(record))}" for record in log)
    broken = ",\n".join(f"  {line(damage)}" for damage in DAMAGES)
    return f'{{"records": [\n{kept}\n ],\n "broken": [\n{broken}\n ]}}\n'


DAMAGES: Final[list[dict[str, Any]]] = [
    {"name": "nothing", "order": [1, 2, 3, 4, 5, 6], "changes": {}, "first_broken": None},
    {
        "name": "the end is cut off, which a chain alone cannot tell",
        "order": [1, 2, 3],
        "changes": {},
        "first_broken": None,
    },
    {"name": "one is missing", "order": [1, 2, 4, 5, 6], "changes": {}, "first_broken": 3},
    {"name": "the first is missing", "order": [2, 3, 4, 5, 6], "changes": {}, "first_broken": 1},
    {"name": "two have changed places", "order": [1, 2, 4, 3, 5, 6], "changes": {}, "first_broken": 3},
    {"name": "one comes twice", "order": [1, 2, 2, 3, 4, 5, 6], "changes": {}, "first_broken": 3},
    {
        "name": "a millisecond later",
        "order": [1, 2, 3, 4, 5, 6],
        "changes": {"4": {"at": 1800000003001}},
        "first_broken": 4,
    },
    {"name": "by another person", "order": [1, 2, 3, 4, 5, 6], "changes": {"2": {"by": "mo"}}, "first_broken": 2},
    {
        "name": "another salt",
        "order": [1, 2, 3, 4, 5, 6],
        "changes": {"5": {"salt_body": "00" * 16}},
        "first_broken": 5,
    },
    {"name": "a short salt", "order": [1, 2, 3, 4, 5, 6], "changes": {"1": {"salt_by": "00"}}, "first_broken": 1},
    {"name": "another body", "order": [1, 2, 3, 4, 5, 6], "changes": {"6": {"body": "80"}}, "first_broken": 6},
]


MORE_TEXTS: Final = (
    "",
    "🐍🐍 Seen last Tuesday by Mr \U00020000 Hansen.",
    "e\u0301tat stable, JOSÉ GARCÍA, né le 3 août 1950",
    "\u0661\u0662/\u0660\u0663/\u0662\u0660\u0662\u0664, m², ½ tablet, Ⅳ, ß, İ",
    "line one\n\n  line two\u00a0\u2009end\r\nDr O\u2019Neill\ttab",
    "2 55 08 14 168 025 38; 01129955131; 070761-4285; 2341 2341 2346; 111.444.777-35; 12345678Z; 1234567893",
    "a.b+c@d-e.example.co.uk, http://x.example/?q=1, 10.0.0.1, fe80::1, 1HGCM82633A004352, www.nice.org.uk/ng51",
)


def identifier_vectors() -> str:
    """Texts with what the gate finds in them: `[from, to, rule]` in code points."""
    texts = [*MORE_TEXTS, *(sentence.text for part in PARTS for sentence in sentences(part))]
    rows = ",\n".join(f" {line({'text': text, 'spans': found(text)})}" for text in texts)
    return f"[\n{rows}\n]\n"


REFERENCES: Final[tuple[tuple[EvidenceType, str], ...]] = (
    ("pmid", "32032273"),
    ("pmid", "PMID: 32032273"),
    ("pmid", "0123"),
    ("pmid", "123456789"),
    ("pmid", "\u0661\u0662\u0663"),
    ("pmid", "32032273\n"),
    ("pmid", "32032273, Mr Hansen"),
    ("pmcid", "PMC7616890"),
    ("pmcid", "pmc7616890"),
    ("pmcid", "Seen last Tuesday."),
    ("nct", "NCT04280705"),
    ("nct", "NCT1"),
    ("doi", "10.1097/PCC.0000000000002198"),
    ("doi", "doi:10.1002/14651858.CD001159.pub3"),
    ("doi", "https://doi.org/10.1056/NEJMoa2212663"),
    ("doi", "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"),
    ("doi", "10.1000/x Mr Hansen, born on 12/03/1950"),
    ("doi", "10.1000/" + "x" * 101),
    ("doi", "11.1/x"),
    ("url", "https://www.nice.org.uk/guidance/ng51/chapter/Recommendations"),
    ("url", "https://www.thelancet.com/journals/lancet/article/PIIS0140-6736(20)30183-5/fulltext"),
    ("url", "https://pubmed.ncbi.nlm.nih.gov/?term=Hansen"),
    ("url", "https://www.who.int/a#Hansen"),
    ("url", "https://www.who.int/Mr%20Hansen"),
    ("url", "https://hansen@www.who.int/a"),
    ("url", "https://records.example/p/712"),
    ("url", "https://who.int.records.example/p/712"),
    ("url", "www.who.int/a"),
    ("url", "javascript:alert(1)"),
    ("url", "Seen last Tuesday."),
    ("guideline", "https://www.who.int/a"),
    ("guideline", "WHO 2023, section 4"),
    ("experience", "40 bites"),
    ("experience", "32032273"),
)


def reference_vectors() -> str:
    """References, and whether they are words, which the gate looks at."""
    rows = (line({"type": kind, "ref": ref, "in_words": in_words(Evidence(kind, ref))}) for kind, ref in REFERENCES)
    return "[\n" + ",\n".join(f" {row}" for row in rows) + "\n]\n"


READ_BACKS: Final = (
    "",
    "ok",
    "Ok, understood.",
    "yes yes yes",
    "One vial of antivenom, now.",
    "0.5 mg i.m.",
    "給抗蛇毒血清",
    "給血清",
    "!!! ... ---",
    "e\u0301 a b",
    "ให้ยาเดี๋ยวนี้",
)


def plan_vectors() -> str:
    """Which state of an act may follow which, and which texts can read something back."""
    states: tuple[ActState | None, ...] = (None, *get_args(ActState))
    follows = {before or "none": [s for s in get_args(ActState) if may_follow(before, s)] for before in states}
    read_backs = ",\n".join(f"  {line({'text': text, 'restates': restates(text)})}" for text in READ_BACKS)
    return f'{{"follows": {line(follows)},\n "read_backs": [\n{read_backs}\n ]}}\n'


POOLED: Final[list[list[dict[str, float]]]] = [
    [],
    [{"Sepsis": 1.0}],
    [{"Sepsis": 0.6, "Malaria": 0.3}],
    [{"Sepsis": 0.6, "Malaria": 0.3}, {"  SEPSIS ": 0.2, "Dengue": 0.7}],
    [{"Sepsis": 0.9}, {"Malaria": 0.9}, {"Sepsis": 0.05, "Dengue": 0.05}],
    [{f"{name} fever": 0.1 for name in "abcdefghij"}, {"a fever": 1.0}, {"j  Fever": 0.35, "k": 0.15}],
]


def pooling_vectors() -> str:
    """Differentials, and what they are together."""
    weighed = [[2.0, 0.5, 1.0][: len(one)] for one in POOLED]
    rows = []
    for differentials in POOLED:
        for weights in ([1.0] * len(differentials), weighed[POOLED.index(differentials)]):
            voices = [
                Voice([Diagnosis(dx, probability) for dx, probability in one.items()], weight)
                for one, weight in zip(differentials, weights, strict=True)
            ]
            given = [msgspec.to_builtins(list(voice.differential)) for voice in voices]
            together = msgspec.to_builtins(pool(voices))
            rows.append(line({"differentials": given, "weights": weights, "pool": together}))
    return "[\n" + ",\n".join(f" {row}" for row in rows) + "\n]\n"


DRUG_TEXTS: Final = (
    "",
    "Give adrenaline 0.5 mg i.m., then ADRENALINE again.",
    "Epinephrine 0.5 mg i.m.",
    "🐍🐍 GTN or glyceryl trinitrate? Nitroglycerin!",
    "Paracetamol, not Tylenol; acetaminophen is the same. Panadol-like",
    "Noradrenaline is not adrenaline.",
    "Solu-Medrol 125 mg, solu medrol",
    "Vitamin K1, TXA and r-tPA",
    "é Ventolin ö salbutamolé albuterolé",
)


def drug_vectors() -> str:
    """Texts with the drugs that they name otherwise than by their INN: `[from, to, INN]` in code points."""
    rows = (line({"text": text, "named": named(text)}) for text in DRUG_TEXTS)
    return "[\n" + ",\n".join(f" {row}" for row in rows) + "\n]\n"


def row(record: Record) -> dict[str, Any]:
    """A record as JSON: bytes in hex, and what the two encoded fields say."""
    plain = {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in msgspec.structs.asdict(record).items()
        if name != "command_digest"
    }
    said = {"author": record.author, "body": record.body}
    return plain | {"check": record.head.check, "says": {k: msgspec.msgpack.decode(v) for k, v in said.items()}}


def line(value: Any) -> str:
    """`value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
