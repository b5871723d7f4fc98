"""Hospitals' accounts as a way in: only where some are configured."""

from collections.abc import Sequence
from typing import Any

from starlette.routing import BaseRoute

from persistence.vault import Vault
from web.api.hospitals import HospitalDesk
from web.api.newcomers import NewcomerDesk
from web.part import House
from web.signin.arrivals import Arrivals
from web.signin.attempts import Attempts
from web.signin.beginning import Beginning
from web.signin.challenges import Challenges
from web.signin.hospitals import hospitals
from web.signin.providers import Providers


class Hospitals:
    """The desks for those who come from hospitals. Raises `InvalidSettings` where the file of them is wrong."""

    def __init__(self, house: House, beginning: Beginning, challenges: Challenges, attempts: Attempts) -> None:
        secure, known = house.settings.secure_cookies, hospitals(house.settings)
        shared: dict[str, Any] = {
            "hospitals": known,
            "arrivals": Arrivals(Vault(house.vault_key, "arrivals"), known, secure, house.now_ms),
            "beginning": beginning,
            "database": house.database,
            "door": house.door,
            "audit": house.audit,
            "now_ms": house.now_ms,
        }
        self._providers = Providers(house.now_ms)
        self._newcomers = NewcomerDesk(**shared)
        self._desk = HospitalDesk(
            providers=self._providers, challenges=challenges, attempts=attempts, secure=secure, **shared
        )

    def routes(self) -> Sequence[BaseRoute]:
        """What they serve."""
        return [*self._desk.routes(), *self._newcomers.routes()]

    async def close(self) -> None:
        """End every connection to a provider."""
        await self._providers.close()
