"""The consult that stands in the pictures: fiction, of one night, the same to the minute whenever it is told."""

from datetime import UTC, datetime
from typing import Any, Final

from tests.browser.clock import SetClock
from tests.endtoend.callers import Callers
from tests.endtoend.raw import Frame, Raw

NIGHT_MS: Final = round(datetime(2026, 3, 4, 2, 10, tzinfo=UTC).timestamp() * 1_000)
"""When the case is opened: 02:10 UTC."""
MINUTE_MS: Final = 60_000

CASE: Final[dict[str, Any]] = {
    "title": "Child with descending weakness after a night on the floor",
    "acuity": "stat",
    "specialties": ["toxicology", "paediatric_intensive_care"],
    "languages": ["en", "sw"],
    "age_band": "5-9",
    "sex": "female",
    "situation": "Woke at 01:00 with drooping eyelids and a nasal voice. Weaker by the hour. No bite mark.",
    "background": "Well the evening before, slept on the floor. No drugs, no tinned food. Ventilator 90 min away.",
    "assessment": "Descending paralysis, clear mind. Krait bite? Botulism? Guillain-Barré would come from below.",
    "request": "Antivenom without a bite mark? When to intubate before we move her?",
    "observers": "live",
}

BETTER: Final = "Tube in at 02:17, easy. Antivenom running, no reaction so far. The transfer team leaves at 02:40."

Beat = tuple[int, str, str, dict[str, Any]]

BEATS: Final[tuple[Beat, ...]] = (
    (130, "ana", "post", {
        "id": "first",
        "kind": "question",
        "text": "How far can she count in one breath? Can she lift her head off the pillow?",
    }),
    (210, "cleo", "post", {
        "id": "answer",
        "reply_to": "first",
        "text": "Counts to 9. Lifts her head for a second. SpO₂ 97 % on air, RR 24, drools. Blood clots at 20 min.",
    }),
    (290, "ana", "post", {
        "id": "airway",
        "kind": "recommendation",
        "text": "Bulbar weakness comes before the saturation falls: intubate now, with you and not on the road. "
        "Polyvalent antivenom as soon as it is drawn up, adrenaline beside it.",
        "evidence": [{"type": "guideline", "ref": "WHO SEARO, Management of snakebites, 2016"}],
    }),
    (330, "ben", "corroborate", {"id": "c1", "target": "airway", "stance": "agree"}),
    (360, "cleo", "pin", {"id": "p1", "target": "airway"}),
    (420, "ben", "post", {
        "id": "trial",
        "kind": "recommendation",
        "text": "Neostigmine with atropine once, and look again after 20 minutes: it opens the eyes after a cobra.",
    }),
    (480, "ana", "corroborate", {
        "id": "c2",
        "target": "trial",
        "stance": "disagree",
        "note": "Krait toxin works before the synapse: neostigmine seldom helps, and the wait costs the airway.",
    }),
    (600, "cleo", "post", {
        "id": "better",
        "kind": "finding",
        "text": BETTER,
    }),
)  # fmt: skip

CLOSING: Final = {
    "disposition": "Transferred",
    "summary": "Intubated before transfer, ten vials of polyvalent antivenom. Moves her toes on arrival.",
}

OTHERS: Final[tuple[tuple[int, str, dict[str, Any]], ...]] = (
    (-1_500, "cleo", {
        "title": "Burn of 20 % in a toddler: how much fluid on a four-hour road?",
        "acuity": "urgent",
        "specialties": ["paediatric_surgery", "anaesthesiology"],
    }),
    (-840, "ana", {
        "title": "New heart failure at 34 weeks, alone with one midwife",
        "acuity": "asap",
        "specialties": ["cardiology", "obstetrics_gynaecology"],
    }),
    (-7_200, "ben", {
        "title": "Fever that returns on the tenth day after artesunate",
        "acuity": "routine",
        "specialties": ["infectious_disease", "tropical_medicine"],
        "languages": ["sw"],
    }),
    (-300, "cleo", {
        "title": "Inhaled bean, quiet chest on the right",
        "acuity": "urgent",
        "specialties": ["otolaryngology"],
    }),
)  # fmt: skip
"""What else is open: seconds from the night's beginning, who asks, what is other than in `CASE`."""


OBSERVERS_NOTE: Final = "The time and the saturation together may tell which ward it was."
PHYSICIANS_NOTE: Final = "Antivenom without a bite mark: count it with the reactions, whatever comes of it."
MUTED_FOR: Final = "Flagged nine cases within an hour, none with a reason that held."


async def open_others(callers: Callers, clock: SetClock) -> None:
    """Open the other cases of that night, each in its minute."""
    for at_s, person, parts in sorted(OTHERS, key=lambda other: other[0]):
        clock.set(NIGHT_MS + at_s * 1_000)
        await callers.open_case(person, **{**CASE, **parts})


async def tell(callers: Callers, clock: SetClock, begin_ms: int) -> str:
    """Open the case at `begin_ms` and tell all of it but the end; its id. Who said something stays in the room."""
    clock.set(begin_ms)
    room = await callers.open_case("cleo", **CASE)
    seats: dict[str, Raw] = {}
    for at_s, person, act, fields in BEATS:
        clock.set(begin_ms + at_s * 1_000)
        seat = seats.get(person) or await callers.seated(person, room)
        seats[person] = seat
        _went_well(await seat.ask(act, room=room, **fields))
    return room


async def moderate(callers: Callers, room: str, obi: Raw) -> None:
    """Two flags that the room is not told of, and what became of their author who flags everything."""
    events = await callers.log(room, "obi")
    answer = next(event["id"] for event in events if "Counts to 9." in event["body"].get("text", ""))
    _went_well(await obi.ask("flag", room=room, target=answer, reason="identifying", note=OBSERVERS_NOTE))
    ben = await callers.seated("ben", room)
    _went_well(await ben.ask("flag", room=room, target="airway", reason="adverse_event", note=PHYSICIANS_NOTE))
    sanction = {"person": "obi", "kind": "mute", "reason": MUTED_FOR, "until": NIGHT_MS + 7 * 24 * 60 * MINUTE_MS}
    imposed = await callers.request("POST", "/api/moderation/sanctions", "mo", json=sanction)
    assert imposed.status_code == 201, imposed.text


async def end(callers: Callers, clock: SetClock, room: str) -> None:
    """Close the case a minute after the last word."""
    clock.pass_s(60)
    cleo = await callers.seated("cleo", room)
    _went_well(await cleo.ask("close", room=room, **CLOSING))


def _went_well(answer: Frame) -> None:
    assert answer["t"] == "ack", answer
