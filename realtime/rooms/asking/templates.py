"""The templates by complaint that a case may be asked with: the page has what they ask, the record their names."""

from importlib.resources import files
from typing import Final

import msgspec

from realtime.rooms.refusals import Refusal, Refused


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom such a case is mostly put to, and which vital signs and resources matter to it.

    `pregnant`: it is about somebody who is, or was until now.
    """

    name: str
    specialties: list[str]
    vitals: list[str]
    resources: list[str]
    pregnant: bool = False


class _Data(msgspec.Struct, frozen=True):
    templates: list[Template]


TEMPLATES: Final = {
    one.name: one
    for one in msgspec.json.decode(files(__package__).joinpath("templates.json").read_bytes(), type=_Data).templates
}


def check(name: str) -> None:
    """Return if there is such a template. Raises `Refused`."""
    if name not in TEMPLATES:
        raise Refused(Refusal.NO_SUCH_TEMPLATE)
