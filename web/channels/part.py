"""The part of a web process that sees to channels; what is sent by them the courier sends."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from web.api.institution_webhooks import InstitutionWebhooks
from web.api.own_channels import OwnChannels
from web.channels.office import Office
from web.part import House, Part


class Channels(Part):
    """One's own channels, and institutions' webhooks."""

    def __init__(self, house: House) -> None:
        self._office = Office(house)
        self._routes = [*OwnChannels(self._office).routes(), *InstitutionWebhooks(self._office).routes()]

    def routes(self) -> Sequence[BaseRoute]:
        return self._routes

    async def close(self) -> None:
        await self._office.close()
