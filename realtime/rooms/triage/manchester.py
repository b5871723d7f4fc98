"""The Manchester Triage System's colours, taken as given: its flowcharts are licensed, so none is worked out here."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, get_args

import msgspec

from realtime.rooms.triage.tables import table

Colour = Literal["red", "orange", "yellow", "green", "blue"]
Minute = Annotated[int, msgspec.Meta(ge=0, le=1_440)]
Minutes = Mapping[Colour, Minute]
"""By when a patient of this colour is first seen."""

_data: Final[dict[str, Any]] = table("manchester.json")
VERSION: Final[str] = _data["version"]
MINUTES: Final[Minutes] = _data["minutes"]


def changed(changes: Minutes) -> Minutes:
    """The minutes with a site's own. Raises `ValueError`, with a sentence, where a graver colour would wait longer."""
    minutes = {**MINUTES, **changes}
    waits = [minutes[colour] for colour in get_args(Colour)]
    if waits != sorted(waits):
        raise ValueError("the minutes of Manchester's colours must not fall from red to blue")
    return minutes
