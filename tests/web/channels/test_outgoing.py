"""What may be called from here, and what may not."""

import socket
from typing import Any

import pytest

from tests.web.channels.listener import Listener
from tests.web.channels.parcels import LOOPBACK
from web.channels import outgoing
from web.channels.outgoing import MOST_BYTES, Outgoing, Rules, is_public
from web.channels.sending import NotSent

INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::808:808"]
)
def test_what_is_outside_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]
)
async def test_nothing_inside_is_called(host: str, far: Listener) -> None:
    port = far.url.rpartition(":")[2]
    calling = Outgoing(Rules())
    for scheme in ("http", "https"):
        with pytest.raises(NotSent, match="not_allowed"):
            await calling.post(f"{scheme}://{host}:{port}/", {}, b"")
    await calling.close()
    assert far.asked == []


async def test_a_name_that_is_none_is_not_called() -> None:
    calling = Outgoing(Rules())
    with pytest.raises(NotSent, match="not_allowed"):
        await calling.post(f"https://{'a' * 64}.example/", {}, b"")
    await calling.close()


async def test_where_the_operator_says_so_it_is_called(far: Listener) -> None:
    calling = Outgoing(LOOPBACK)
    assert (await calling.post(f"{far.url}/here", {"x-one": "1"}, b"said")).status == 200
    await calling.close()
    ((method, path, headers, body),) = far.asked
    assert (method, path, headers["x-one"], body) == ("POST", "/here", "1", b"said")


async def test_a_name_that_leads_inside_as_well_is_not_called(monkeypatch: pytest.MonkeyPatch, far: Listener) -> None:
    _resolving(monkeypatch, "93.184.215.14", "10.0.0.1")
    calling = Outgoing(Rules())
    with pytest.raises(NotSent, match="not_allowed"):
        await calling.post("https://two.example/", {}, b"")
    await calling.close()


async def test_a_name_is_resolved_once_and_that_address_is_called(
    monkeypatch: pytest.MonkeyPatch, far: Listener
) -> None:
    """Asked again, it would lead elsewhere."""
    asked = _resolving(monkeypatch, "127.0.0.1")
    calling = Outgoing(LOOPBACK)
    await calling.post(f"http://pager.example:{far.url.rpartition(':')[2]}/", {}, b"")
    await calling.close()
    assert asked == ["pager.example"]
    assert far.asked[0].headers["host"].startswith("pager.example:")


async def test_only_hosts_of_the_list_are_called_where_there_is_one(far: Listener) -> None:
    rules = Rules(LOOPBACK.inside, ["pager.example", ".hospital.example"])
    allowed = [
        url
        for url in (
            "https://pager.example/x",
            "https://PAGER.example:8443/",
            "https://in.hospital.example/",
            "https://hospital.example/",
            "https://notpager.example/",
            "https://pager.example.evil.example/",
            far.url,
        )
        if rules.allow(url)
    ]
    assert allowed == ["https://pager.example/x", "https://PAGER.example:8443/", "https://in.hospital.example/"]
    calling = Outgoing(rules)
    with pytest.raises(NotSent, match="not_allowed"):
        await calling.post(far.url, {}, b"")
    await calling.close()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "https://u:p@a.example/",
        "https:///x",
        "https://a.example:x/",
        "https://a b/",
        "http://a.example/",
        "",
    ],
)
def test_what_is_no_plain_address_is_not_called(url: str) -> None:
    assert not Rules().allow(url)


async def test_a_redirect_is_not_followed(far: Listener) -> None:
    far.answers, far.headers = [302], {"location": f"{far.url}/inside"}
    calling = Outgoing(LOOPBACK)
    assert (await calling.post(far.url, {}, b"")).status == 302
    await calling.close()
    assert len(far.asked) == 1


async def test_of_a_long_answer_the_beginning_is_read(far: Listener) -> None:
    far.body = b"x" * (4 * MOST_BYTES)
    calling = Outgoing(LOOPBACK)
    assert len((await calling.post(far.url, {}, b"")).body) == MOST_BYTES
    await calling.close()


async def test_who_does_not_answer_is_left(far: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TIMEOUT_S", 0.05)
    far.free.clear()
    calling = Outgoing(LOOPBACK)
    with pytest.raises(NotSent, match="timeout"):
        await calling.post(far.url, {}, b"")
    await calling.close()


async def test_who_is_away_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        calling = Outgoing(LOOPBACK)
        with pytest.raises(NotSent, match="unreachable"):
            await calling.post(f"http://127.0.0.1:{taken.getsockname()[1]}", {}, b"")
        await calling.close()


def _resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Have every name lead to these; which were asked for."""
    asked: list[str] = []

    def resolved(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return asked
