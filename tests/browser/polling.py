"""A consult that votes: one poll is over, another is open."""

from typing import Any

from tests.endtoend.callers import Callers
from tests.endtoend.raw import Raw

STORY = {
    "title": "Child with descending weakness, one nurse, one ambu bag",
    "acuity": "urgent",
    "situation": "Weaker by the hour, clear mind. SpO₂ 97 % on air, counts to 9 in one breath.",
    "assessment": "Krait bite? The airway goes first.",
    "request": "What first, before the road?",
    "reach": "team",
}
OVER: dict[str, Any] = {
    "question": "Is it a krait?",
    "options": ["Krait", "Botulism", "Something else"],
}
OPEN: dict[str, Any] = {
    "question": "What goes first, with 90 minutes to the ventilator?",
    "options": ["Tube here, then the road", "Antivenom, and watch her breath", "The road at once, bagged if she tires"],
}


async def polled(callers: Callers, room: str) -> list[Raw]:
    """Tell the consult in `room`, cleo's; the seats of cleo, ana, ben and mo, who stay until they hang up."""
    seats = [await callers.call(name) for name in ("cleo", "ana", "ben", "mo")]
    cleo, ana, ben, mo = seats
    await _told(cleo, "join", room)
    for guest in (ana, ben):
        await _told(cleo, "invite", room, person=guest.me["person"])
        await _told(guest, "join", room)
    entered = await callers.request("POST", f"/api/cases/{room}/entry", "mo", json={"reason": "Asked to help."})
    assert entered.status_code < 300, entered.text
    await _told(mo, "join", room)
    await _told(ana, "poll_open", room, id="over", **OVER)
    for seat, choice in ((ana, 0), (ben, 0), (mo, 0), (cleo, 1)):
        await _told(seat, "poll_vote", room, target="over", choices=[choice])
    await _told(ana, "poll_close", room, target="over")
    await _told(ana, "post", room, id="clot", text="Then her blood clots at 20 minutes: no viper.")
    await _told(cleo, "poll_open", room, id="open", **OPEN)
    for seat, choice in ((ana, 0), (mo, 1), (cleo, 0)):
        await _told(seat, "poll_vote", room, target="open", choices=[choice])
    return seats


async def _told(seat: Raw, command: str, room: str, /, **fields: Any) -> None:
    answer = await seat.ask(command, room=room, **fields)
    assert answer["t"] in ("ack", "joined"), answer
