"""The part that serves awards over HTTP: to authors, to payers, to moderators."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from persistence.bias.report import BiasWatch
from web.api.award_desk import AwardDesk
from web.api.bias_watch import BiasDesk
from web.api.case_awards import CaseAwards
from web.api.given_awards import GivenAwards
from web.api.own_awards import OwnAwards
from web.part import House, Part


class Awards(Part):
    """Nothing here is looked at again and again: what becomes of awards is a chore of the worker."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> Sequence[BaseRoute]:
        house = self._house
        shared = house.door, house.database
        terms = house.settings.awards
        watch = BiasWatch(house.database, house.hub.node.journal, house.now_ms)
        return [
            *GivenAwards(*shared, terms, house.audit, house.now_ms).routes(),
            *OwnAwards(*shared, terms, house.audit, house.now_ms).routes(),
            *CaseAwards(*shared, house.hub, house.audit, house.now_ms).routes(),
            *AwardDesk(*shared, terms, house.audit, house.now_ms).routes(),
            *BiasDesk(house.door, watch, house.audit, house.now_ms).routes(),
        ]
