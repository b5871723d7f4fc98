"""A record for the pictures, as the server would tell it: fiction."""

from typing import Any, Final

from tests.browser.night import NOW_MS

SHARES: Final = ((0.06, 61, 3), (0.14, 40, 6), (0.25, 34, 9), (0.35, 22, 7), (0.46, 18, 8), (0.55, 21, 12))
LIKELY: Final = ((0.65, 26, 15), (0.74, 29, 21), (0.85, 17, 12), (0.93, 8, 7))
BINS: Final = [{"low": int(10 * mean) / 10, "n": n, "mean": mean, "hits": hits} for mean, n, hits in SHARES + LIKELY]
"""Somebody who is a little too sure of what they find likely."""


def _standing(specialty: str, kind: str, n: int, mean: float, shrunk: float, **more: Any) -> dict[str, Any]:
    peers = {"peers": 84, "alpha": 7.1, "beta": 4.6, "place": "about", "bins": []}
    return {"specialty": specialty, "kind": kind, "n": n, "mean": mean, "shrunk": shrunk, **peers, **more}


RECORD: Final[dict[str, Any]] = {
    "handle": "ana",
    "standings": [
        _standing("toxicology", "advice", 31, 0.871, 0.794, place="above"),
        _standing("toxicology", "opinion", 46, 0.772, 0.738, place="above", bins=BINS),
        _standing("toxicology", "stance", 64, 0.703, 0.688),
        _standing("paediatric_intensive_care", "opinion", 4, 0.551, 0.593, bins=BINS[4:7]),
    ],
    "independent_peers": 27,
    "merit": True,
}

SHORT: Final[dict[str, Any]] = {
    "handle": "ben",
    "standings": [{name: one[name] for name in ("specialty", "kind", "n", "place")} for one in RECORD["standings"][:3]],
    "independent_peers": 27,
}


def _item(
    days: int, kind: str, score: int, *forecasts: tuple[float, bool], specialty: str = "toxicology"
) -> dict[str, Any]:
    at = NOW_MS - days * 86_400_000
    named = {"room": f"case{days}", "event": f"e{days}", "outcome": f"z{days}", "specialty": specialty, "kind": kind}
    return named | {"at": at, "score": score, "loss": None, "forecasts": [list(one) for one in forecasts]}


ITEMS: Final[dict[str, Any]] = {
    "items": [
        _item(3, "opinion", 955, (0.75, True), (0.15, False)),
        _item(3, "advice", 1_000),
        _item(9, "stance", 0),
        _item(16, "opinion", 378, (0.6, False), (0.2, False)),
        _item(21, "opinion", 680, (0.2, True), (0.4, False), specialty="paediatric_intensive_care"),
        _item(40, "stance", 1_000),
    ],
    "next": "1~case40~e40",
}
