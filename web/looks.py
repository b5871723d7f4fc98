"""The part that tells who has read a case."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.looks import Looks
from web.part import House, Part


class LooksPart(Part):
    """Serves `/api/cases/{id}/audit`."""

    def __init__(self, house: House) -> None:
        self._looks = Looks(house.door, house.database, house.audit)

    def routes(self) -> Sequence[BaseRoute]:
        return self._looks.routes()
