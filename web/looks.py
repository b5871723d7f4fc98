"""The part that tells who has read a case, and gives its handover note."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.handovers import Handovers
from web.api.looks import Looks
from web.part import House, Part


class LooksPart(Part):
    """Serves `/api/cases/{id}/audit` and `/api/cases/{id}/handover`."""

    def __init__(self, house: House) -> None:
        self._looks = Looks(house.door, house.database, house.audit)
        self._handovers = Handovers(house.door, house.hub, house.hub.node.journal, house.audit)

    def routes(self) -> Sequence[BaseRoute]:
        return [*self._looks.routes(), *self._handovers.routes()]
