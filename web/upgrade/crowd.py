"""How many connections there may be: of one person, from one address, and of people who are not known yet."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from realtime.addresses import Networks, network
from realtime.connections import Connections
from realtime.elsewhere import Elsewhere
from realtime.hub import Hub
from web.api.problems import Problem
from web.settings import Settings

# All at HTTP, whoever they are: more than all who were here and come back at once.
MOST_UNKNOWN: Final = 10_000
LATER_MS: Final = 5_000


class Crowd:
    """Counts connections: those still at HTTP, where nobody is known yet, and the WebSockets here and `elsewhere`.

    An address may have `per_address` of either: while a ward loads its pages it loses no line, nor the other way.
    Elsewhere is as of a second ago, and of those who have many there: for a moment somebody may have more than allowed.
    `trusted`: no limit by address is for them. `proxies` speak for others: whom they speak for is counted once they
    have said so, at the upgrade.
    """

    def __init__(
        self,
        connections: Connections,
        elsewhere: Elsewhere,
        *,
        per_person: int,
        per_address: int,
        trusted: Iterable[str] = (),
        proxies: Iterable[str] = (),
    ) -> None:
        self._connections = connections
        self._elsewhere = elsewhere
        self._per_person = per_person
        self._per_address = per_address
        self._trusted = Networks(trusted)
        self._proxies = Networks(proxies)
        self._unknown: Counter[str] = Counter()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def come(self, address: str) -> None:
        """One has come, at HTTP: call `gone` for it once it is away or a WebSocket. Raises `Problem` (429, 503)."""
        key = network(address)
        self._unknown[key] += 1
        self._count += 1
        if self._count > MOST_UNKNOWN:
            raise Problem(503, "unavailable", "Too many connections are being opened.", retry_after_ms=LATER_MS)
        if self._counts(address) and address not in self._proxies:
            self._check(self._unknown[key] - 1)

    def gone(self, address: str) -> None:
        """It is at HTTP no longer."""
        key = network(address)
        self._count -= 1
        self._unknown[key] -= 1
        if not self._unknown[key]:
            del self._unknown[key]

    def admit(self, person: str, address: str) -> None:
        """Return if `person` may have one more WebSocket, from `address`. Raises `Problem` (429)."""
        if self._connections.of_person(person) + self._elsewhere.of_person(person) >= self._per_person:
            detail = f"You have {self._per_person} connections already. Close one first."
            raise Problem(429, "rate_limited", detail, retry_after_ms=LATER_MS)
        if self._counts(address):
            key = network(address)
            self._check(self._connections.of_network(key) + self._elsewhere.of_network(key))

    def _counts(self, address: str) -> bool:
        return bool(address) and address not in self._trusted

    def _check(self, others: int) -> None:
        if others >= self._per_address:
            detail = (
                f"Your address has {self._per_address} connections already. Close one first, or ask who runs this "
                "server to name the address in CURBSIDE_TRUSTED_ADDRESSES."
            )
            raise Problem(429, "rate_limited", detail, retry_after_ms=LATER_MS)


def crowd(settings: Settings, hub: Hub) -> Crowd:
    """The one of these settings."""
    return Crowd(
        hub.connections,
        hub.elsewhere,
        per_person=settings.connections_per_person,
        per_address=settings.connections_per_address,
        trusted=settings.trusted_addresses,
        proxies=settings.trusted_proxies,
    )
