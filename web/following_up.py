"""The part that follows cases up: what one owes, and the figures of all cases."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.insights import Insights
from web.api.outcomes import Outcomes
from web.part import House, Part


class FollowingUp(Part):
    """Serves what the worker's chores of the same name have prepared."""

    def __init__(self, house: House) -> None:
        self._outcomes = Outcomes(house.door, house.database)
        self._insights = Insights(house.door, house.database, house.observing, house.audit, house.now_ms)

    def routes(self) -> Sequence[BaseRoute]:
        return [*self._outcomes.routes(), *self._insights.routes()]
