"""Surveys for the pictures, as the server would tell of them to a moderator: fiction."""

from typing import Any, Final

from tests.browser.night import NOW_MS

DAY_MS: Final = 86_400_000
HELD: Final = "Which antivenom do you have at hand?"
ELSE: Final = "What else could you give within the hour?"


def _asked(id: str, title: str, opens: int, closes: int, **parts: Any) -> dict[str, Any]:
    """`opens` and `closes`: days from now."""
    wish = {
        "title": title,
        "questions": [
            {"question": HELD, "options": ["Polyvalent", "Monovalent", "None"]},
            {"question": ELSE, "options": ["Adrenaline", "Neostigmine", "A ventilator"], "multiple": True},
        ],
        "specialties": ["toxicology", "paediatric_intensive_care"],
        "countries": ["KE", "TZ"],
        "group_by": "specialty",
        "quotas": {},
        "opens_at": NOW_MS + opens * DAY_MS,
        "closes_at": NOW_MS + closes * DAY_MS,
    }
    return {
        "id": id,
        "wish": {**wish, **parts.pop("wish", {})},
        "opened_by": "mo",
        "institution": None,
        "approved_at": NOW_MS,
        "ended_at": None,
        "participation": None,
        **parts,
    }


def _people(people: int, exact: bool) -> dict[str, Any]:
    return {"people": people, "exact": exact}


ASKED: Final[dict[str, Any]] = {
    "surveys": [
        _asked("s4", "Who reads an ECG at night", 0, 21, institution="Mirador Biologics", approved_at=None),
        _asked("s3", "Antivenom at hand", -2, 12, participation=_people(33, False)),
        _asked("s2", "Oxygen on the road", 3, 30, wish={"specialties": [], "countries": []}),
        _asked("s1", "Snake bites by night", -40, -3, participation=_people(64, True)),
    ]
}

RESULTS: Final[dict[str, Any]] = {
    "groups": [
        {"group": "paediatric_intensive_care", "people": 41, "counts": [[29, 0, 12], [41, 0, 23]]},
        {"group": "*", "people": 23, "counts": [[11, 0, 12], [23, 0, 12]]},
    ],
    "all": {"group": "", "people": 64, "counts": [[40, 0, 24], [64, 0, 35]]},
}
