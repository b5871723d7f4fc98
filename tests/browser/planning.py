"""A consult whose plan is under way: what is done, what contradicts it, what cannot be, and what is still asked."""

from typing import Any

from tests.endtoend.callers import Callers
from tests.endtoend.raw import Raw

STORY = {
    "title": "Child with descending weakness, one nurse, one ambu bag",
    "acuity": "stat",
    "situation": "Weaker by the hour, clear mind. SpO₂ 97 % on air, counts to 9 in one breath.",
    "assessment": "Krait bite? The airway goes first.",
    "request": "Tube now, or wait for the antivenom?",
    "reach": "team",
}
NOTE = "Antivenom is running, vial 4 of 10. Next: a clot at 20 min. She bites the tube."


async def planned(callers: Callers, room: str) -> list[Raw]:
    """Tell the consult in `room`, cleo's; the seats of cleo, ana and ben, who stay until they hang up."""
    cleo, ana, ben = [await callers.call(name) for name in ("cleo", "ana", "ben")]
    await _sat(cleo, room)
    for guest in (ana, ben):
        await _told(cleo, "invite", room, person=guest.me["person"])
        await _sat(guest, room)
    await _advised(ana, room, "tube", "Intubate now, with us and not on the road. Adrenaline beside it.")
    await _told(ben, "corroborate", room, target="tube", stance="agree")
    await _advised(ben, room, "eyes", "Neostigmine with atropine once, and look again after 20 minutes.")
    await _advised(ana, room, "none", "No neostigmine: the wait costs the airway.", contradicts="eyes")
    await _advised(ben, room, "vials", "Ten vials of antivenom over 60 min.")
    await _advised(ana, room, "wound", "Clean the wound.")
    await _acted(cleo, room, "tube", "accepted", read_back="Tube her here, now, adrenaline drawn up.")
    await _acted(cleo, room, "tube", "doing")
    await _acted(cleo, room, "eyes", "accepted", read_back="One dose of neostigmine, look at 20 minutes.")
    await _acted(cleo, room, "vials", "accepted", read_back="Ten vials over an hour.")
    await _told(ben, "amend", room, target="vials", text="Ten vials of antivenom over 30 min.")
    await _acted(cleo, room, "wound", "cannot", reason="There is no wound to see.")
    asked = {"text": "Can she lift her head off the pillow?", "kind": "question", "to": cleo.me["person"]}
    await _told(ana, "post", room, id="head", **asked)
    await _looked(cleo)
    await _looked(ana)
    return [cleo, ana, ben]


async def handed_over(cleo: Raw, to: Raw, room: str) -> None:
    """Cleo asks somebody to take her case over."""
    await _told(cleo, "hand_over", room, person=to.me["person"], note=NOTE)
    await _looked(to)


async def _sat(person: Raw, room: str) -> None:
    joined = await person.ask("join", room=room)
    assert joined["t"] == "joined", joined


async def _advised(seat: Raw, room: str, id: str, text: str, **more: Any) -> None:
    await _told(seat, "post", room, id=id, text=text, kind="recommendation", **more)


async def _acted(seat: Raw, room: str, target: str, state: str, **words: str) -> None:
    await _told(seat, "act", room, target=target, state=state, **words)


async def _looked(person: Raw) -> None:
    """See what one is told of it, so that it waits for nobody in other scenes."""
    told = await person.next("notice")
    await person.send("noticed", notice=told["notice"], how="seen")


async def _told(seat: Raw, command: str, room: str, /, **fields: Any) -> None:
    answer = await seat.ask(command, room=room, **fields)
    assert answer["t"] == "ack", answer
