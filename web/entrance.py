"""Everything about signing in: the ways in, the sessions that begin there, and what ends them."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute

from persistence.vault import Vault
from realtime.errors import Unavailable
from web.api.factors import FactorDesk
from web.api.passkeys import PasskeyDesk
from web.api.sessions import Sessions
from web.api.setups import Setups
from web.api.tokens import TokenDesk
from web.part import House, Part
from web.signin.activity import Activity
from web.signin.attempts import Attempts
from web.signin.authenticators import Authenticators
from web.signin.beginning import Beginning
from web.signin.challenges import Challenges
from web.signin.passkeys import Passkeys
from web.signin.passwords import Passwords
from web.signin.proving import Proving

if TYPE_CHECKING:
    from web.hospitals import Hospitals


class Entrance(Part):
    """Made on the process's event loop."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        shared: dict[str, Any] = {
            "database": house.database,
            "door": house.door,
            "audit": house.audit,
            "now_ms": house.now_ms,
        }
        begin = beginning(house)
        keys = passkeys(house)
        apps = Authenticators(Vault(house.vault_key, "authenticators"), house.database, house.now_ms)
        count = house.hub.node.backplane.count
        attempts = Attempts(count, house.secret, trusted=settings.trusted_addresses)
        self._passwords = Passwords()
        self._activity = Activity(house.database, begin.end, settings.idle_minutes * 60.0, house.now_ms)
        self._hospitals = _hospitals(house, begin, challenges(house), attempts)
        proving = Proving(
            database=house.database,
            passwords=self._passwords,
            attempts=attempts,
            authenticators=apps,
            passkeys=keys,
            audit=house.audit,
        )
        self._desks = (
            Sessions(beginning=begin, proving=proving, passkeys=keys, activity=self._activity, **shared),
            Setups(beginning=begin, passwords=self._passwords, attempts=attempts, **shared),
            PasskeyDesk(passkeys=keys, beginning=begin, **shared),
            FactorDesk(authenticators=apps, beginning=begin, **shared),
            TokenDesk(beginning=begin, **shared),
        )

    def routes(self) -> Sequence[BaseRoute]:
        """What it serves."""
        of_hospitals = self._hospitals.routes() if self._hospitals is not None else ()
        return [*(route for desk in self._desks for route in desk.routes()), *of_hospitals]

    async def every_second(self) -> None:
        """End sessions at which nobody works. Raises `Unavailable`."""
        await self._activity.look()

    async def close(self) -> None:
        """Write who was active."""
        with contextlib.suppress(Unavailable):
            await self._activity.write()
        if self._hospitals is not None:
            await self._hospitals.close()
        self._passwords.close()


def beginning(house: House) -> Beginning:
    """What begins sessions in this process."""
    return Beginning(
        settings=house.settings,
        database=house.database,
        directory=house.directory,
        door=house.door,
        audit=house.audit,
        ended=house.ended,
        why_barred=house.moderation.why_barred,
        now_ms=house.now_ms,
    )


def challenges(house: House) -> Challenges:
    """What gives challenges in this process; any other takes them."""
    return Challenges(house.secret, house.database, house.now_ms)


def passkeys(house: House) -> Passkeys:
    """What makes and takes passkeys in this process."""
    return Passkeys(challenges(house), house.database, house.settings.origins, house.now_ms)


def _hospitals(house: House, begin: Beginning, given: Challenges, attempts: Attempts) -> "Hospitals | None":
    if house.settings.hospitals is None:
        return None
    # What speaks to providers takes as long to load as all the rest of this.
    from web.hospitals import Hospitals

    return Hospitals(house, begin, given, attempts)
