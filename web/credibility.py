"""The part that tells how far somebody's word may be relied on."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.credibility import CredibilityDesk
from web.part import House, Part


class Credibility(Part):
    """Serves what the worker's chore of the same name has scored."""

    def __init__(self, house: House) -> None:
        self._desk = CredibilityDesk(house.door, house.database, house.audit)

    def routes(self) -> Sequence[BaseRoute]:
        return self._desk.routes()
