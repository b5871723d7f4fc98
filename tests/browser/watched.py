"""A report of bias watch for the pictures, as the server would tell of it: fiction."""

from collections import Counter
from typing import Any, Final

from msgspec import to_builtins

from persistence.bias.concentration import concentration
from persistence.bias.history import WAYS, Way, comparison
from persistence.bias.proportions import Share, Stratum
from persistence.bias.stands import SIDES
from tests.browser.night import NOW_MS


def _spread(counts: dict[str, int]) -> dict[str, Any]:
    spread: dict[str, Any] = to_builtins(concentration(counts))
    return spread


def _stances(*counts: int) -> dict[str, int]:
    return dict(zip(SIDES, counts, strict=True))


def _payer(payer: str, authors: dict[str, Any], stances: dict[str, int], *counts: int) -> dict[str, Any]:
    void, declined, by_name, blind, cases = counts
    return {
        "payer": payer,
        "awards": authors["total"],
        "void": void,
        "declined": declined,
        "by_name": by_name,
        "blind": blind,
        "cases": cases,
        "authors": authors,
        "stances": stances,
    }


def _product(payer: str, product: str, of: str, *counts: int) -> dict[str, Any]:
    return {"payer": payer, "product": product, "of": of, "awards": sum(counts), "stances": _stances(*counts, 0)}


def _author(author: str, cases: int, payers: dict[str, Any]) -> dict[str, Any]:
    return {"author": author, "awards": payers["total"], "cases": cases, "payers": payers}


def _observer(observer: str, institution: str, *counts: int) -> dict[str, Any]:
    named = ("cases", "stretches", "exports", "seconds", "awards", "awarded_cases", "unread")
    return {"observer": observer, "institution": institution, **dict(zip(named, counts, strict=True))}


def _test(way: Way) -> dict[str, Any]:
    """By the arithmetic itself, of these groups: favourable of all with an award, and of all without."""
    groups = {key: Stratum(Share(*one[:2]), Share(*one[2:])) for key, one in GROUPS[way].items()}
    return {
        "way": way,
        "all": to_builtins(comparison(list(groups.values()))),
        "payers": [_line(groups, payer, 0) for payer in (HEART, MIRADOR)],
        "specialties": [_line(groups, specialty, 1) for specialty in ("cardiology", "infectious_disease")],
    }


def _line(groups: dict[tuple[str, str], Stratum], name: str, by: int) -> dict[str, Any]:
    of_name = [one for key, one in groups.items() if key[by] == name]
    return {"name": name, "comparison": to_builtins(comparison(of_name))}


def _alarm(kind: str, about: str, value: float | None, bound: float, n: int) -> dict[str, Any]:
    raised = value is not None and n >= 20 and (value < bound if kind == "history" else value > bound)
    return {"kind": kind, "about": about, "value": value, "bound": bound, "n": n, "least": 20, "raised": raised}


MIRADOR: Final = "Mirador Biologics"
HEART: Final = "Heart registry"
GROUPS: Final[dict[Way, dict[tuple[str, str], tuple[int, int, int, int]]]] = {
    "identified": {
        (HEART, "cardiology"): (2, 5, 5, 16),
        (HEART, "infectious_disease"): (1, 3, 3, 9),
        (MIRADOR, "cardiology"): (3, 5, 5, 12),
        (MIRADOR, "infectious_disease"): (10, 12, 9, 24),
        (MIRADOR, "toxicology"): (0, 0, 4, 7),
    },
    "blind": {
        (HEART, "cardiology"): (3, 8, 5, 16),
        (MIRADOR, "infectious_disease"): (3, 9, 9, 24),
        (MIRADOR, "toxicology"): (0, 0, 4, 7),
    },
}
FOUND: Final = [_test(way) for way in WAYS]
GIVEN: Final[dict[str, dict[str, int]]] = {
    MIRADOR: {"ben": 13, "ana": 9, "cleo": 8, "gil": 8, "ida": 7, "jun": 6, "kim": 5, "lea": 4},
    HEART: {"ana": 8, "lea": 7, "kim": 6, "max": 6, "cleo": 5, "noa": 5},
}
BY_PERSON: Final = sum(map(Counter, GIVEN.values()), Counter[str]())
SPECIALTIES: Final = ("infectious_disease", "cardiology", "primary_care", "toxicology")

REPORT: Final[dict[str, Any]] = {
    "period": {"first": "2025-12", "last": "2026-11"},
    "at": NOW_MS,
    "awards": BY_PERSON.total(),
    "void": 5,
    "by_payer": _spread({payer: sum(given.values()) for payer, given in GIVEN.items()}),
    "by_author": _spread(BY_PERSON),
    "stances": _stances(27, 6, 2, 11, 51),
    "payers": [
        _payer(MIRADOR, _spread(GIVEN[MIRADOR]), _stances(24, 3, 2, 8, 23), 4, 6, 29, 14, 47),
        _payer(HEART, _spread(GIVEN[HEART]), _stances(3, 3, 0, 3, 28), 1, 2, 11, 17, 33),
    ],
    "products": [
        _product(MIRADOR, "Neuravax antivenom", MIRADOR, 21, 2, 2, 6),
        _product(MIRADOR, "Cardiolex", HEART, 1, 7, 0, 2),
        _product(HEART, "Cardiolex", HEART, 3, 3, 0, 3),
    ],
    "authors": [
        _author(person, awards - awards // 4, _spread({payer: given.get(person, 0) for payer, given in GIVEN.items()}))
        for person, awards in BY_PERSON.most_common()
    ],
    "observers": [
        _observer("obi", MIRADOR, 212, 340, 6, 401_400, 44, 36, 0),
        _observer("eve", HEART, 190, 266, 0, 310_080, 37, 33, 0),
        _observer("fay", MIRADOR, 18, 21, 3, 10_260, 16, 14, 1),
    ],
    "history": FOUND,
    "alarms": [
        _alarm("many", "", 0.0114, 0.02, 9),
        _alarm("one_payer", MIRADOR, 0.6667, 0.5, 9),
        _alarm("one_author", MIRADOR, 13 / 60, 0.2, 60),
        _alarm("own_products", MIRADOR, 24 / 60, 0.5, 60),
        _alarm("history", "", FOUND[0]["all"]["p"], 0.01, 25),
    ],
    "names": {
        **{person: person if person in ("ana", "ben", "cleo") else f"dr_{person}" for person in BY_PERSON},
        **{"obi": "obi_mirador", "eve": "eve_registry", "fay": "fay_mirador"},
    },
    "specialties": {person: SPECIALTIES[n % len(SPECIALTIES)] for n, person in enumerate(BY_PERSON)},
    "totals": {"products": 3, "authors": len(BY_PERSON), "observers": 3},
}
