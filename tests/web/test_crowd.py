"""How many connections one person, one address and all who are not known yet may have."""

import asyncio
from typing import Any

import pytest

from realtime.backplane.messages import Crowded
from realtime.connections import Connections
from realtime.elsewhere import Elsewhere
from realtime.socket import Connection
from tests.builders import ana, ben
from tests.web.test_upgrade import ASK, Pipe, Server, Taken
from web.api.problems import Problem
from web.upgrade import crowd as crowds
from web.upgrade.crowd import Crowd
from web.upgrade.protocol import CROWD, HEADS, LIVE, UpgradingProtocol


def crowd(connections: Connections | None = None, elsewhere: Elsewhere | None = None, **more: Any) -> Crowd:
    counted = connections if connections is not None else Connections()
    return Crowd(counted, elsewhere or Elsewhere(), **{"per_person": 2, "per_address": 3, **more})


def socket(address: str) -> Connection:
    listener: Any = None
    return Connection(listener, ana, session="s", expires_at=0, encoding="json", address=address)


def test_an_address_has_so_many_connections_at_http() -> None:
    here = crowd()
    for _ in range(3):
        here.come("192.0.2.1")
    with pytest.raises(Problem) as refused:
        here.come("192.0.2.1")
    assert (refused.value.status, refused.value.code) == (429, "rate_limited")
    assert "CURBSIDE_TRUSTED_ADDRESSES" in refused.value.detail
    here.come("192.0.2.2")
    here.gone("192.0.2.1")
    here.gone("192.0.2.1")
    here.come("192.0.2.1")


def test_an_address_has_so_many_sockets() -> None:
    connections = Connections()
    here = crowd(connections, per_person=100)
    for _ in range(3):
        here.come("192.0.2.1")
        here.admit(ana.id, "192.0.2.1")
        here.gone("192.0.2.1")
        connections.add(socket("192.0.2.1"))
    here.come("192.0.2.1")
    with pytest.raises(Problem):
        here.admit(ana.id, "192.0.2.1")
    here.admit(ana.id, "192.0.2.2")


def test_a_network_of_ipv6_is_one_address() -> None:
    here = crowd()
    for number in range(3):
        here.come(f"2001:db8::{number + 1}")
    with pytest.raises(Problem):
        here.come("2001:db8::ffff")
    here.come("2001:db8:0:1::1")


def test_a_trusted_address_has_no_limit_but_its_people_have() -> None:
    connections = Connections()
    here = crowd(connections, trusted=["192.0.2.0/24"])
    for _ in range(10):
        here.come("192.0.2.1")
    for _ in range(2):
        here.admit(ana.id, "192.0.2.1")
        connections.add(socket("192.0.2.1"))
    with pytest.raises(Problem, match="429"):
        here.admit(ana.id, "192.0.2.1")


def test_for_whom_a_proxy_speaks_is_counted_at_the_upgrade() -> None:
    connections = Connections()
    here = crowd(connections, proxies=["10.0.0.1"], per_person=100)
    for _ in range(10):
        here.come("10.0.0.1")
    for _ in range(3):
        here.admit(ana.id, "192.0.2.1")
        connections.add(socket("192.0.2.1"))
    with pytest.raises(Problem):
        here.admit(ana.id, "192.0.2.1")
    here.admit(ana.id, "192.0.2.2")


def test_of_those_who_are_not_known_yet_there_are_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MOST_UNKNOWN", 2)
    here = crowd(trusted=["0.0.0.0/0"])
    here.come("192.0.2.1")
    here.come("192.0.2.2")
    with pytest.raises(Problem) as refused:
        here.come("192.0.2.3")
    assert refused.value.status == 503


async def test_what_a_person_and_a_network_have_on_other_nodes_counts_too() -> None:
    elsewhere = Elsewhere()
    here = crowd(elsewhere=elsewhere)
    elsewhere.heard(Crowded("other", {ana.id: 2}, {"192.0.2.1": 3}))
    with pytest.raises(Problem):
        here.admit(ana.id, "192.0.2.2")
    with pytest.raises(Problem):
        here.admit(ben.id, "192.0.2.1")
    here.admit(ben.id, "192.0.2.2")
    elsewhere.heard(Crowded("other", {}, {}))
    here.admit(ana.id, "192.0.2.1")


class Site(Server):
    """The HTTP side with a crowd that is counted."""

    def __init__(self, **limits: Any) -> None:
        super().__init__()
        self.crowd = crowd(**limits)

    def connect(self) -> tuple[UpgradingProtocol, Pipe]:
        pipe = Pipe()
        state = {LIVE: self.live, HEADS: self.heads, CROWD: self.crowd}
        protocol = UpgradingProtocol(self.config, self.state, state)
        protocol.connection_made(pipe)
        return protocol, pipe


async def test_one_connection_too_many_is_answered_and_closed_before_it_has_said_anything() -> None:
    site = Site(per_address=1)
    first, _ = site.connect()
    second, pipe = site.connect()
    assert pipe.written.startswith(b"HTTP/1.1 429") and pipe.closed
    for protocol in (first, second):
        protocol.connection_lost(None)
    assert len(site.crowd) == 0 and len(site.heads) == 0


async def test_a_connection_that_became_a_socket_is_at_http_no_longer() -> None:
    site = Site()
    asking, _ = site.connect()
    asking.data_received(ASK)
    assert len(site.crowd) == 1
    asking.accept(b"101", Taken())
    assert len(site.crowd) == 0
    await asyncio.sleep(0)
