"""The part of a web process that keeps the interests of people."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from persistence.verification.keys import Keys
from web.api.case_interests import CaseInterests
from web.api.interested import InterestDesk
from web.api.open_payments import OpenPayments
from web.api.own_interests import OwnInterests
from web.part import House, Part


class Interests(Part):
    """One's own, those of people in a case, and files of Open Payments."""

    def __init__(self, house: House) -> None:
        desk = InterestDesk(
            house.database,
            house.door,
            house.audit,
            Keys(house.vault_key),
            house.hub.people_changed,
            house.now_ms,
        )
        self._routes: list[BaseRoute] = [
            *OwnInterests(desk).routes(),
            *CaseInterests(desk, house.hub, house.directory).routes(),
            *OpenPayments(desk).routes(),
        ]

    def routes(self) -> Sequence[BaseRoute]:
        return self._routes
