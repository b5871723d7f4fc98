"""The handover note as a FHIR R4B document: a Bundle with a Composition first (hl7.org/fhir/R4B/documents.html).

`fhir.resources` checks structure only. What it does not is kept here: a document has an identifier and a time (bdl-9,
bdl-10), its Composition comes first (bdl-11), every entry has a `fullUrl` of its own (bdl-7) to which references lead,
a section has a text (cmp-1), and no text is empty (txt-2).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from fhir.resources.R4B.bundle import Bundle

from persistence.handover import words
from persistence.handover.times import Times
from persistence.handover.words import FRAME, GROUP, TITLE
from realtime.rooms.command import ActState
from realtime.rooms.handover import GROUPS, Advice, Handover
from realtime.rooms.people import By
from realtime.rooms.vitals.catalogue import MEASURES
from realtime.rooms.vitals.readings import Reading

OURS: Final = "urn:curbside"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORIES: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
TRANSFER_SUMMARY: Final = ("18761-7", "Transfer summary note")
TASK_STATUS: Final[Mapping[ActState | None, str]] = {
    "accepted": "accepted",
    "doing": "in-progress",
    "done": "completed",
    "cannot": "rejected",
    "stopped": "cancelled",
    None: "requested",
}
GENDER: Final[Mapping[str, str]] = {"f": "female", "female": "female", "m": "male", "male": "male", "other": "other"}
_UTC: Final = Times()

Resource = dict[str, Any]


def as_document(note: Handover) -> str:
    """The Bundle, JSON on one line."""
    resources = [
        _composition(note),
        _patient(note),
        _request(note),
        *(_observation(note, name, reading) for name, reading in _newest(note)),
        *(_practitioner(note, by) for by in _people(note)),
        *(_communication(note, advice) for advice in note.advice),
        *(_task(note, advice) for advice in note.advice),
    ]
    bundle = Bundle.model_validate(
        {
            "type": "document",
            "identifier": {"system": f"{OURS}:handover", "value": f"{note.case.id}.{note.seq}"},
            "timestamp": _instant(note.as_of),
            "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
        }
    )
    return str(bundle.model_dump_json())


def _people(note: Handover) -> Iterable[By]:
    """Those to whom something refers, each once."""
    advised = [by for one in note.advice for by in (one.by, *(step.by for step in one.steps[-1:]))]
    return {by.person: by for by in (note.presenter, note.opened_by, *advised)}.values()


def _composition(note: Handover) -> Resource:
    code, display = TRANSFER_SUMMARY
    return {
        "resourceType": "Composition",
        "id": _id(note, "composition"),
        "identifier": {"system": f"{OURS}:case", "value": note.case.id},
        "status": "preliminary" if note.ending is None else "final",
        "type": {"coding": [{"system": LOINC, "code": code, "display": display}]},
        "subject": _reference(note, "patient"),
        "date": _instant(note.as_of),
        "author": [_reference(note, note.presenter.person)],
        "title": f"{TITLE}. {FRAME}",
        "section": list(_sections(note)),
    }


def _sections(note: Handover) -> Iterable[Resource]:
    for part in words.isbar(note, _UTC):
        section = _section(f"{part.letter} {part.name}", part.paragraphs)
        measured = [_reference(note, f"vital.{name}") for name, _ in _newest(note)] if part.letter == "S" else []
        yield {**section, "entry": measured} if measured else section
    for group in GROUPS:
        if advised := note.advised(group):
            entries = [_reference(note, f"{kind}.{one.id}") for one in advised for kind in ("advice", "task")]
            yield {**_section(GROUP[group], [line for one in advised for line in _advice(one)]), "entry": entries}
    if note.questions:
        asked = (f"{words.who(one.by)} to {words.who(one.to)}: {one.text}" for one in note.questions)
        yield _section("Open questions", list(asked))
    yield _section("How it stands", words.endings(note, _UTC))


def _advice(advice: Advice) -> list[str]:
    said = (advice.text or "(taken back)", words.claim(advice, _UTC), words.support(advice))
    return [*said, *words.remarks(advice), *words.stands(advice), *words.steps(advice, _UTC)]


def _section(title: str, paragraphs: Sequence[str]) -> Resource:
    return {"title": title, "text": _narrative(paragraphs)}


def _narrative(paragraphs: Iterable[str]) -> Resource:
    said = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>'}


def _patient(note: Handover) -> Resource:
    """Nothing that tells who it is: sex, and the age as it was said."""
    age = note.case.age_band
    patient: Resource = {"resourceType": "Patient", "id": _id(note, "patient")}
    if age:
        patient["extension"] = [{"url": f"{OURS}:age-band", "valueString": age}]
    if note.case.sex:
        patient["gender"] = GENDER.get(note.case.sex, "other")
    return {**patient, "text": _narrative([", ".join(filter(None, (age, note.case.sex))) or "Age and sex not said."])}


def _request(note: Handover) -> Resource:
    """The case: what was asked."""
    case = note.case
    return {
        "resourceType": "ServiceRequest",
        "id": _id(note, "case"),
        "identifier": [{"system": f"{OURS}:case", "value": case.id}],
        "status": "active" if note.ending is None else "completed",
        "intent": "proposal",
        "priority": case.acuity,
        "subject": _reference(note, "patient"),
        "authoredOn": _instant(case.opened_at),
        "requester": _reference(note, note.opened_by.person),
        "reasonCode": [{"text": case.title}],
        "note": [{"text": case.request}],
    }


def _newest(note: Handover) -> list[tuple[str, Reading]]:
    return [(name, note.vitals[name][-1]) for name in MEASURES if name in note.vitals]


def _observation(note: Handover, name: str, reading: Reading) -> Resource:
    """The newest of a vital sign, as it was given."""
    measure = MEASURES[name]
    unit = measure.unit(reading.unit)
    return {
        "resourceType": "Observation",
        "id": _id(note, f"vital.{name}"),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "vital-signs"}]}],
        "code": {"coding": [{"system": LOINC, "code": measure.loinc}], "text": measure.called},
        "subject": _reference(note, "patient"),
        "effectiveDateTime": _instant(reading.taken_at),
        "valueQuantity": {
            "value": reading.value,
            "unit": unit.symbol if unit else reading.unit,
            "system": UCUM,
            "code": reading.unit,
        },
    }


def _practitioner(note: Handover, by: By) -> Resource:
    """A person by their handle: who they are stands elsewhere, and is nobody's business here."""
    person: Resource = {
        "resourceType": "Practitioner",
        "id": _id(note, by.person),
        "identifier": [{"system": f"{OURS}:person", "value": by.person}],
        "name": [{"text": by.handle or by.person}],
    }
    if by.specialty:
        tier = "" if by.tier is None else f", T{by.tier}"
        person["qualification"] = [{"code": {"text": f"{by.specialty}{tier}"}}]
    if by.country:
        person["address"] = [{"country": by.country}]
    return person


def _communication(note: Handover, advice: Advice) -> Resource:
    said: Resource = {
        "resourceType": "Communication",
        "id": _id(note, f"advice.{advice.id}"),
        "status": "entered-in-error" if advice.retracted else "completed",
        "subject": _reference(note, "patient"),
        "about": [_reference(note, "case")],
        "sent": _instant(advice.at),
        "sender": _reference(note, advice.by.person),
        "note": [{"text": line} for line in (words.support(advice), *words.stands(advice))],
    }
    return {**said, "payload": [{"contentString": advice.text}]} if advice.text else said


def _task(note: Handover, advice: Advice) -> Resource:
    """What became of it. It was last modified when it got its state, or when it was advised."""
    last = advice.steps[-1] if advice.steps else None
    task: Resource = {
        "resourceType": "Task",
        "id": _id(note, f"task.{advice.id}"),
        "status": TASK_STATUS[advice.state],
        "intent": "proposal" if advice.state is None else "plan",
        "focus": _reference(note, f"advice.{advice.id}"),
        "for": _reference(note, "patient"),
        "authoredOn": _instant(advice.at),
        "lastModified": _instant(last.at if last else advice.at),
        "requester": _reference(note, advice.by.person),
    }
    if last is not None:
        task["owner"] = _reference(note, last.by.person)
    if last is not None and last.words and advice.state in ("cannot", "stopped"):
        task["statusReason"] = {"text": last.words}
    if advice.steps:
        task["note"] = [{"text": line} for line in words.steps(advice, _UTC)]
    return task


def _reference(note: Handover, name: str) -> Resource:
    return {"reference": f"urn:uuid:{_id(note, name)}"}


def _id(note: Handover, name: str) -> str:
    """The same for the same thing in the same case, whenever the document is made."""
    return str(uuid5(NAMESPACE_URL, f"{OURS}:{note.case.id}:{name}"))


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="milliseconds")
