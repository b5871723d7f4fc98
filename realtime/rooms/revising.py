"""The case after its presenter has said parts of it anew."""

from typing import Final

import msgspec

from realtime.rooms.case import Case
from realtime.rooms.events import Revised

REVISABLE: Final = ("acuity", "specialties", "background", "assessment", "request")


def revised(case: Case, body: Revised) -> Case:
    """The case as it is after `body`."""
    said = {name: text for name in REVISABLE if (text := getattr(body, name)) is not None}
    return msgspec.structs.replace(case, **said)
