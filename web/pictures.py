"""The part that takes in pictures, keeps them and shows them."""

import asyncio
import logging
from collections.abc import Sequence

from starlette.routing import BaseRoute

from persistence.pictures.shelf import Shelf
from web.api.picture_desk import PictureDesk
from web.api.picture_files import PictureFiles
from web.part import House, Part
from web.signin.addresses import Addresses

logger = logging.getLogger("curbside.pictures")


class Pictures(Part):
    """Pictures of posts. What is left over the worker removes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._shelf = Shelf(house.settings.pictures)

    def routes(self) -> Sequence[BaseRoute]:
        house = self._house
        desk = PictureDesk(
            door=house.door,
            live=house.hub,
            database=house.database,
            shelf=self._shelf,
            audit=house.audit,
            now_ms=house.now_ms,
        )
        files = PictureFiles(
            door=house.door,
            live=house.hub,
            database=house.database,
            shelf=self._shelf,
            audit=house.audit,
            addresses=Addresses(house.secret),
            now_ms=house.now_ms,
        )
        return [*desk.routes(), *files.routes()]

    async def start(self) -> None:
        try:
            await asyncio.to_thread(self._shelf.prepare)
        except OSError as error:
            logger.error(
                "pictures cannot be kept in the folder of CURBSIDE_PICTURES: %s; posts with text go on", error.strerror
            )
