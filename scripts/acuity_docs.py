"""The tables of docs/acuity.md, from the data files that they tell of."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.asking.resources import HAVE
from realtime.rooms.asking.templates import TEMPLATES
from realtime.rooms.vitals.catalogue import MEASURES

TEMPLATE: Final = Path(__file__).parent / "acuity.template.md"


def acuity() -> str:
    """The page, with its tables filled in."""
    text = TEMPLATE.read_text()
    for name, filled in (
        ("vitals", "\n".join(_measures())),
        ("acuity", "\n".join(_behaviours())),
        ("resources", _listed(HAVE)),
        ("templates", _listed(TEMPLATES)),
    ):
        text = text.replace("{{" + name + "}}", filled)
    return text


def _measures() -> list[str]:
    return [
        f"| `{one.name}` | {one.loinc} | {_listed(unit.unit for unit in one.units)} | {one.low:g}, {one.high:g} |"
        for one in MEASURES.values()
    ]


def _behaviours() -> list[str]:
    return [
        f"| `{name}` | {_yes(one.pages)} | {_yes(one.interrupts)} | {_seconds(one.deadline_s)} "
        f"| {_seconds(one.reveal_after_s)} |"
        for name, one in BEHAVIOURS.items()
    ]


def _seconds(number: int | None) -> str:
    return f"{number} s" if number else ""


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
