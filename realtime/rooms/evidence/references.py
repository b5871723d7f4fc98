"""How references are written: each kind has a form, and one way in which it is kept. `forms.json` has the forms.

A reference that fits is well-formed and no more: nothing here asks whether there is such a paper.
"""

import re
from importlib.resources import files
from typing import Any, Final

import msgspec

from realtime.rooms.command import Evidence, EvidenceType

_data: Final[dict[str, Any]] = msgspec.json.decode(files(__package__).joinpath("forms.json").read_bytes())
_forms: Final = {kind: re.compile(form, re.ASCII | re.IGNORECASE) for kind, form in _data["forms"].items()}
_capitals: Final = frozenset(_data["capitals"])
_AROUND: Final = " \t\r\n"


def normal(kind: EvidenceType, ref: str) -> str | None:
    """`ref` as it is kept, without what people put around a number; None where it is not written as its kind is.

    A guideline and an experience are words, which stay as they are; there have to be some.
    """
    form = _forms.get(kind)
    if form is None:
        return ref if ref.strip() else None
    found = form.fullmatch(ref if kind == "url" else ref.strip(_AROUND))
    if found is None:
        return None
    kept = found[found.lastindex or 0]
    return kept.upper() if kind in _capitals else kept


def key(item: Evidence) -> tuple[str, str]:
    """What two references to the same have in common: DOIs are compared without regard to case."""
    ref = normal(item.type, item.ref) or item.ref
    return item.type, ref.lower() if item.type == "doi" else ref
