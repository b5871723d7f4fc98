"""A consult in which some have said what they think it is."""

from typing import Any

from tests.endtoend.callers import Callers
from tests.endtoend.raw import Raw

STORY = {
    "title": "Drooping lids and a clear mind, after a night on the floor",
    "acuity": "urgent",
    "situation": "Awake, ptosis, double vision, belly pain since dawn. No wound, no swelling, pupils react slowly.",
    "assessment": "Krait? Or something that she ate.",
    "request": "What do you think it is, and what would tell?",
    "reach": "team",
}
ANA = [
    {
        "dx": "Envenoming (snake, scorpion, spider)",
        "code": "T63",
        "probability": 0.7,
    },
    {"dx": "Myasthenia gravis", "code": "G70", "probability": 0.1},
]
BEN = [
    {"dx": "Krait bite", "code": "T63", "probability": 0.55},
    {"dx": "Botulism", "code": "A05.1", "probability": 0.25},
    {"dx": "Inflammatory polyneuropathy (Guillain-Barré syndrome)", "code": "G61", "probability": 0.1},
]


async def opined(callers: Callers, room: str) -> list[Raw]:
    """Ana and ben, whom cleo invites into `room`, say what they think it is; the seats of the three."""
    cleo, ana, ben = [await callers.call(name) for name in ("cleo", "ana", "ben")]
    await _asked(cleo, "join", room)
    for guest, differential in ((ana, ANA), (ben, BEN)):
        await _asked(cleo, "invite", room, person=guest.me["person"])
        await _asked(guest, "join", room)
        await _asked(guest, "opine", room, differential=differential)
    return [cleo, ana, ben]


async def _asked(seat: Raw, command: str, room: str, /, **fields: Any) -> None:
    answer = await seat.ask(command, room=room, **fields)
    assert answer["t"] in ("ack", "joined"), answer
