"""A consult about doses: one that is cited and disputed, one without evidence that another post refutes."""

from typing import Any, Final

from tests.endtoend.callers import Callers
from tests.endtoend.raw import Raw

STORY: Final = {
    "title": "Wheeze and hives after a bee sting, clinic without a monitor",
    "acuity": "asap",
    "situation": "Stung 20 minutes ago. Hives, wheeze, lips swollen. Pressure 95/60, SpO₂ 93 % on air.",
    "assessment": "Anaphylaxis.",
    "request": "Adrenaline now, although she has angina?",
    "reach": "team",
}
FIRST: Final = "Adrenaline 0.5 mg i.m. into the thigh now, again after 5 min if she is no better."
SECOND: Final = "Chlorphenamine 10 mg i.v. first. Adrenaline once the pressure falls."
AGAINST: Final = "We waited for antihistamines twice here. The wheeze grew both times."
WRITTEN: Final = "Hydrocortisone 200 mg i.v. as well."
PASTED: Final = "https://doi.org/10.1002/14651858.CD007596.pub3"
GUIDANCE: Final = {"type": "guideline", "ref": "World Allergy Organization, anaphylaxis guidance, 2020"}
PAPER: Final = {
    "type": "doi",
    "ref": "10.1016/j.waojou.2020.100472",
    "level": "4",
    "scheme": "CEBM 2011",
    "question_type": "treatment",
}
SEEN: Final = {"type": "experience", "ref": "Two infarctions in some 300 cases, emergency ward"}


async def argued(callers: Callers, room: str) -> list[Raw]:
    """Tell the consult in `room`, cleo's; the seats of those who take part, who stay until they hang up."""
    seats = [await callers.call(name) for name in ("cleo", "ana", "ben")]
    cleo, ana, ben = seats
    for seat in seats:
        if seat is not cleo:
            await _told(cleo, "invite", room, person=seat.me["person"])
        joined = await seat.ask("join", room=room)
        assert joined["t"] == "joined", joined
    await _told(ana, "post", room, id="first", kind="recommendation", text=FIRST, evidence=[PAPER, GUIDANCE])
    reason = "Half of it: she has angina, and coronary spasm is not rare."
    await _told(ben, "corroborate", room, target="first", stance="disagree", note=reason, evidence=[SEEN])
    await _told(ben, "post", room, id="second", kind="recommendation", text=SECOND)
    await _told(cleo, "post", room, id="against", kind="finding", text=AGAINST, contradicts="second")
    backing = "They do nothing for the airway. Adrenaline comes first, angina or not."
    await _told(ana, "corroborate", room, target="against", stance="agree", note=backing, evidence=[GUIDANCE])
    return seats


async def _told(seat: Raw, command: str, room: str, /, **fields: Any) -> None:
    answer = await seat.ask(command, room=room, **fields)
    assert answer["t"] == "ack", answer
