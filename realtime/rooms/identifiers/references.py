"""Whether a reference is to the literature, which names no patient, or words like any others."""

from realtime.rooms.identifiers.checks import passes
from realtime.rooms.identifiers.rulebook import FORMS


def is_reference(kind: str, ref: str) -> bool:
    """Whether `ref` is written as references of this kind are, throughout, and leads where the literature is."""
    form = FORMS.get(kind)
    if form is None or not form.whole.fullmatch(ref):
        return False
    return not form.unless or not passes(form.unless, ref)
