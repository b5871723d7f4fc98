"""A shift of a roster as the API writes it: local times, without a zone."""

from typing import Annotated, Self

import msgspec

from persistence.reach import shift_files
from persistence.reach.rosters import Entry, OnRoster
from realtime.rooms.paging.shifts import MOST_WEEKS
from web.api.problems import Problem

Local = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$(?!\n)")]
Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$(?!\n)")]


class Written(msgspec.Struct, frozen=True):
    """Whose shift it is, and when. `every_weeks`: it comes again; `until`: the first day on which it does not."""

    handle: Annotated[str, msgspec.Meta(max_length=100)]
    starts: Local
    ends: Local
    every_weeks: Annotated[int, msgspec.Meta(ge=0, le=MOST_WEEKS)] = 0
    until: Date | None = None

    @classmethod
    def of(cls, one: OnRoster) -> Self:
        """A shift that stands in a roster."""
        shift = one.shift
        starts, ends = (moment.isoformat(timespec="minutes") for moment in (shift.starts, shift.ends))
        return cls(one.handle, starts, ends, shift.every_weeks, shift.until.isoformat() if shift.until else None)

    @property
    def entry(self) -> Entry:
        """The same, to be written into a roster. Raises `Problem` where it names a day that is none."""
        cells = {name: str(value) for name, value in msgspec.structs.asdict(self).items() if value is not None}
        try:
            return shift_files.entry(cells, "The shift")
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
