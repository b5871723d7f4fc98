"""What a handover note says beside what people wrote: one table for the text, the page and the FHIR document."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from persistence.handover.measured import resources, triage, vitals
from persistence.handover.times import Times
from realtime.rooms.command import ActState
from realtime.rooms.handover import Advice, Handover, Stand
from realtime.rooms.people import By

FRAME: Final = "Peer advice: the treating clinician decides."
TITLE: Final = "Handover note"
NOTHING: Final = "Not said."

GROUP: Final[Mapping[ActState | None, str]] = {
    "doing": "Under way",
    "accepted": "To do",
    "done": "Done",
    "cannot": "Not possible here",
    "stopped": "Stopped",
    None: "Advised, not taken up",
}
STEP: Final[Mapping[ActState, str]] = {
    "accepted": "taken up",
    "doing": "begun",
    "done": "done",
    "cannot": "not possible",
    "stopped": "stopped",
}


class Part(NamedTuple):
    """A part of the ISBAR: its letter, its name, and its paragraphs."""

    letter: str
    name: str
    paragraphs: list[str]


def who(by: By) -> str:
    """A person in a line: handle, specialty or role, tier, country."""
    if not by.handle:
        return "somebody who has not spoken yet"
    what = by.specialty.replace("_", " ") or by.role
    tier = "" if by.tier is None else f"T{by.tier}"
    return f"{by.handle} ({', '.join(part for part in (what, tier, by.country) if part)})"


def isbar(note: Handover, times: Times) -> list[Part]:
    """The case as it stands now."""
    case = note.case
    patient = ", ".join(part for part in (case.age_band and f"{case.age_band} years", case.sex) if part)
    identify = [
        f"Presented by {who(note.presenter)}.",
        f"Patient: {patient or 'age and sex not said'}. No identifiers are on record: add them by hand.",
        f"Case {case.id}, opened {times.of(case.opened_at)} by {who(note.opened_by)}.",
    ]
    if note.lead:
        identify.append(f"{who(note.lead)} leads beside the presenter.")
    return [
        Part("I", "Identify", identify),
        Part("S", "Situation", [*_situation(note), *vitals(note, times)]),
        Part("B", "Background", [case.background or NOTHING, *resources(case.resources)]),
        Part("A", "Assessment", [case.assessment]),
        Part("R", "Request", [case.request]),
    ]


def _situation(note: Handover) -> list[str]:
    case = note.case
    return [f"Acuity: {case.acuity}.", case.title, case.situation, *triage(case.triage)]


def claim(advice: Advice, times: Times) -> str:
    """Who advised it and when."""
    against = f", against {advice.contradicts}" if advice.contradicts else ""
    return f"Advised by {who(advice.by)}, {times.of(advice.at)}{against}."


def support(advice: Advice) -> str:
    """How many are for it and how many against: always both."""
    return f"{len(advice.agree)} agree, {len(advice.disagree)} dispute."


def stands(advice: Advice) -> list[str]:
    """Who is for it and who against, and why."""
    return [_stand("Agrees", one) for one in advice.agree] + [_stand("Disputes", one) for one in advice.disagree]


def steps(advice: Advice, times: Times) -> list[str]:
    """What became of it, one step after another."""
    return [
        f"{times.of(step.at)}: {STEP[step.state]}, {who(step.by)}" + (f": {step.words}" if step.words else ".")
        for step in advice.steps
    ]


def remarks(advice: Advice) -> list[str]:
    """What must be known of its text."""
    said = [f"INN: {name} is {inn}." for inn, name in advice.inn.items()]
    if advice.retracted:
        said.append("Its author took it back.")
    if advice.amended:
        said.append("Its text was amended since it was taken up.")
    return said


def endings(note: Handover, times: Times) -> list[str]:
    """How the consult ended, where it has."""
    if note.ending is None:
        return ["The consult is open."]
    said = [f"Closed {times.of(note.ending.at)}: {note.ending.disposition}.", note.ending.summary]
    return [*said, f"Outcome of the assessment: {note.outcome}."] if note.outcome else said


def _stand(word: str, stand: Stand) -> str:
    return f"{word}: {who(stand.by)}" + (f": {stand.note}" if stand.note else ".")
