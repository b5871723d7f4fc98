"""Who is on call in the story, and when they want to be reached."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.browser.story import NIGHT_MS
from tests.endtoend.callers import Callers

HOSPITAL: Final = "Lake hospital"
HEART: Final = {
    "institution": HOSPITAL,
    "name": "Heart at night",
    "specialty": "cardiology",
    "zone": "Africa/Nairobi",
}
SAYS: Final[dict[str, Any]] = {
    "specialties": ["cardiology", "paediatric_cardiology"],
    "languages": ["en", "sw"],
    "zone": "Africa/Nairobi",
    "hours": [{"day": day, "begins": "08:00", "ends": "18:00"} for day in range(1, 6)]
    + [{"day": 6, "begins": "09:00", "ends": "13:00"}],
    "quiet": {"begins": "22:00", "ends": "06:30"},
    "per_hour": 2,
    "stat_through": True,
}


async def keep_rosters(callers: Callers) -> None:
    """Eve is on call this night, and every third week; she keeps the roster, and says when she wants to be reached."""
    await _asked(callers, "PUT", "/api/rosters/keepers", "mo", {"institution": HOSPITAL, "handles": ["eve"]})
    roster = (await _asked(callers, "POST", "/api/rosters", "eve", HEART))["id"]
    night = datetime.fromtimestamp(NIGHT_MS / 1_000, UTC).replace(hour=20, minute=0, tzinfo=None) - timedelta(days=1)
    for starts, hours, every_weeks in ((night, 12, 0), (night + timedelta(days=6), 108, 3)):
        times = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "ends": f"{starts + timedelta(hours=hours):%Y-%m-%dT%H:%M}"}
        shift = {"handle": "eve", **times, "every_weeks": every_weeks}
        await _asked(callers, "POST", f"/api/rosters/{roster}/shifts", "eve", shift)
    await _asked(callers, "PUT", "/api/me/reach", "eve", SAYS)


async def _asked(callers: Callers, method: str, path: str, person: str, content: dict[str, Any]) -> dict[str, Any]:
    answer = await callers.request(method, path, person, json=content)
    assert answer.status_code < 300, answer.text
    told: dict[str, Any] = answer.json() if answer.content else {}
    return told
