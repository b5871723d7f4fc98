"""The part of a web process that asks physicians beside all cases."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.surveys import Surveys
from web.part import House, Part


class SurveysPart(Part):
    """Serves `/api/surveys`."""

    def __init__(self, house: House) -> None:
        self._surveys = Surveys(house.door, house.database, house.observing, house.audit, house.now_ms)

    def routes(self) -> Sequence[BaseRoute]:
        return self._surveys.routes()
