"""A year of figures for the pictures, as the server would tell it: fiction."""

from typing import Any, Final

from realtime.rooms.figures import MEASURES

MONTHS: Final = [f"2025-{month:02}" for month in range(4, 13)] + [f"2026-{month:02}" for month in range(1, 4)]
SHARES: Final = (1.9, 1.7, 1.75, 1.4, 1.3, 1.35, 1.1, 1.0, 1.2, 0.95, 0.9, 0.85)
"""Of what a measure comes to: they learned to page in the course of the year."""
WAITS_S: Final = {"paged": 1.2, "delivered": 2.1, "seen": 48, "accepted": 95, "answered": 260, "closed": 8_400}


def _line(measure: str, month: str, share: float, n: int) -> dict[str, Any]:
    median_ms = round(1_000 * WAITS_S[measure] * share)
    return {"measure": measure, "acuity": "*", "specialty": "*", "month": month, "n": n, "median_ms": median_ms}


YEAR: Final[dict[str, Any]] = {
    "from": MONTHS[0],
    "to": MONTHS[-1],
    "specialties": ["cardiology", "paediatric_intensive_care", "toxicology"],
    "times": [
        {**_line(measure, month, share, 14 + 3 * at), "p90_ms": round(1_000 * WAITS_S[measure] * share * 2.6)}
        for measure in MEASURES
        for at, (month, share) in enumerate(zip(MONTHS, SHARES, strict=True))
        if (measure, month) != ("seen", "2025-07")
    ],
}
