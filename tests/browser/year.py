"""A year of figures for the pictures, as the server would tell it: fiction."""

from typing import Any, Final

from realtime.rooms.figures import MEASURES

MONTHS: Final = [f"2025-{month:02}" for month in range(4, 13)] + [f"2026-{month:02}" for month in range(1, 4)]
SHARES: Final = (1.9, 1.7, 1.75, 1.4, 1.3, 1.35, 1.1, 1.0, 1.2, 0.95, 0.9, 0.85)
"""Of what a measure comes to: they learned to page in the course of the year."""
WAITS_S: Final = {"paged": 1.2, "delivered": 2.1, "seen": 48, "accepted": 95, "answered": 260, "closed": 8_400}


AGREED: Final = (0.41, 0.44, 0.43, 0.5, 0.52, 0.55, 0.58, 0.57, 0.61, 0.63, 0.62, 0.66)
DISPUTED: Final = (0.09, 0.12, 0.1, 0.11, 0.08, 0.12, 0.13, 0.1, 0.09, 0.11, 0.1, 0.08)
LEADING: Final = (0.55, 0.6, 0.58, 0.62, 0.66, 0.64, 0.68, 0.7, 0.69, 0.72, 0.71, 0.74)
BRIER: Final = (0.71, 0.69, 0.7, 0.64, 0.62, 0.6, 0.57, 0.58, 0.54, 0.52, 0.53, 0.49)
"""Month by month: of claims, of cases, and of opinions."""
THIRDS: Final = {"least": (3.9, 0.66, 0.58), "middle": (2.8, 0.55, 0.66), "most": (1.7, 0.49, 0.71)}
"""By how often physicians were asked: how many cases each answered, Brier's score, how many were right."""
OF: Final = {"acuity": "*", "specialty": "*", "country": "*"}


def _times() -> list[dict[str, Any]]:
    return [
        {
            **{"measure": measure, **OF, "month": month, "n": 14 + 3 * at},
            "median_ms": round(1_000 * WAITS_S[measure] * share),
            "p90_ms": round(1_000 * WAITS_S[measure] * share * 2.6),
        }
        for measure in MEASURES
        for at, (month, share) in enumerate(zip(MONTHS, SHARES, strict=True))
        if (measure, month) != ("seen", "2025-07")
    ]


def _tallies() -> list[dict[str, Any]]:
    found = []
    for at, month in enumerate(MONTHS):
        claims, cases, opinions = 60 + 9 * at, 12 + 2 * at, 50 + 6 * at
        found += [
            _tally("corroborated", month, claims, AGREED[at]),
            _tally("disputed", month, claims, DISPUTED[at]),
            _tally("leading", month, cases, LEADING[at]),
            _tally("first_three", month, cases, min(1.0, LEADING[at] + 0.19)),
            {**_tally("brier", month, opinions, 0), "sum": round(1_000 * BRIER[at] * opinions)},
        ]
        for tenth in range(10):
            said = tenth / 10 + 0.05
            forecast = _tally(f"forecast_{tenth}", month, 40 - 3 * tenth, said * (1.1 - said / 4))
            found.append({**forecast, "sum": round(1_000 * said * forecast["n"])})
    return found


def _tally(measure: str, month: str, n: int, share: float) -> dict[str, Any]:
    of = {"measure": measure, **OF, "month": month, "cases": 14 + 3 * MONTHS.index(month)}
    return {**of, "n": n, "hits": round(n * share), "sum": 0}


def _thirds() -> list[dict[str, Any]]:
    return [
        {
            **{"third": third, **OF, "month": month, "people": 11 + at, "cases": 13 + 3 * at, "asked": 9 * rank * at},
            "answered": round((11 + at) * answers * (0.9 + share / 8)),
            "opinions": 20 + at,
            "hits": round((20 + at) * right),
            "brier": round(1_000 * (20 + at) * brier * (0.8 + share / 5)),
        }
        for rank, (third, (answers, brier, right)) in enumerate(THIRDS.items())
        for at, (month, share) in enumerate(zip(MONTHS, SHARES, strict=True))
    ]


def _told(kind: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    specialties = ["cardiology", "paediatric_intensive_care", "toxicology"]
    there = {"specialties": specialties, "countries": ["CH", "KE", "PE"], "files": ["csv", "parquet"]}
    return {"from": MONTHS[0], "to": MONTHS[-1], **there, kind: lines}


YEAR: Final[dict[str, dict[str, Any]]] = {
    "times": _told("times", _times()),
    "tallies": _told("tallies", _tallies()),
    "thirds": _told("thirds", _thirds()),
}
"""By kind of figures."""
