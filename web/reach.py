"""The part of a web process that knows who can be reached."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.own_reach import OwnReach
from web.api.reach_preview import ReachPreview
from web.api.roster_access import RosterAccess
from web.api.roster_shifts import RosterShifts
from web.api.rosters import Rosters
from web.ladder import paged
from web.part import House, Part


class Reach(Part):
    """What people say of being reached, the rosters of those on call, and whom a case would interrupt."""

    def __init__(self, house: House) -> None:
        shared = (house.door, house.database)
        per_hour = house.settings.pages_per_hour
        access = RosterAccess(*shared, house.audit, house.now_ms)
        self._routes: list[BaseRoute] = [
            *OwnReach(*shared, house.audit, per_hour, house.now_ms).routes(),
            *ReachPreview(
                *shared,
                house.now_ms,
                present=house.hub.connections.people,
                per_hour=per_hour,
                paged=paged(house.settings),
            ).routes(),
            *Rosters(access).routes(),
            *RosterShifts(access).routes(),
        ]

    def routes(self) -> Sequence[BaseRoute]:
        return self._routes
