"""Floods over real sockets, with the limits that a server has when nobody has set any."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from drill.servers import Postgres, Redis
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import Cluster, Embedded, Ground, Site

STRANGERS = 200


def strict(ground: Ground, folder: Path, **settings: str) -> Embedded:
    """A site of the defaults, but for these settings."""
    site = Embedded(ground, folder)
    for name in ("COMMANDS_PER_S", "ROOM_COMMANDS_PER_S", "TRUSTED_ADDRESSES"):
        del site.environment[f"CURBSIDE_{name}"]
    site.environment |= {f"CURBSIDE_{name}": value for name, value in settings.items()}
    return site


@pytest.fixture
def defaults(embedded_start: Ground, tmp_path: Path) -> Iterator[Embedded]:
    with strict(embedded_start, tmp_path) as site:
        yield site


@pytest.fixture
async def callers(defaults: Embedded) -> AsyncIterator[Callers]:
    async with Callers(defaults) as callers:
        yield callers


async def test_a_burst_of_a_thousand_is_limited_then_ended_and_others_post_as_before(callers: Callers) -> None:
    room = await callers.open_case()
    other, flooder = await callers.seated("cleo", room), await callers.seated("ana", room)
    flood = [flooder.send("post", id=f"f{n}", room=room, text=said("again")) for n in range(1_000)]
    sending = asyncio.gather(*flood, return_exceptions=True)
    for n in range(20):
        assert (await other.ask("post", id=f"o{n}", room=room, text=said(f"finding {n}")))["t"] == "ack"
    assert await flooder.closed() == 4429
    await sending
    refused = flooder.of("error")
    assert len(refused) >= 200
    assert all(frame["code"] == "rate_limited" and frame["retry_after_ms"] > 0 for frame in refused)
    on_record = {event["id"] for event in await callers.log(room)}
    assert on_record >= {f"o{n}" for n in range(20)} | {f"f{n}" for n in range(100)}


async def test_whoever_comes_back_when_told_to_gets_everything_on_record(callers: Callers) -> None:
    room = await callers.open_case()
    author = await callers.seated("ana", room)

    async def persist(name: str) -> None:
        while (answer := await author.ask("post", id=name, room=room, text=said(name)))["t"] == "error":
            assert answer["code"] == "rate_limited"
            await asyncio.sleep(answer["retry_after_ms"] / 1_000)

    await asyncio.gather(*(persist(f"p{n}") for n in range(140)))
    assert len(await callers.log(room)) == 141


async def test_an_address_has_so_many_connections_whatever_headers_say(embedded_start: Ground, tmp_path: Path) -> None:
    with strict(embedded_start, tmp_path, CONNECTIONS_PER_ADDRESS="3") as site:
        async with AsyncExitStack() as stack:
            for _ in range(3):
                await held(stack, site, {"X-Forwarded-For": "192.0.2.1"})
            for said_from in ("192.0.2.2", "127.0.0.9"):
                with pytest.raises(InvalidStatus) as refused:
                    await held(stack, site, {"X-Forwarded-For": said_from, "Forwarded": f"for={said_from}"})
                assert refused.value.response.status_code == 429


async def test_for_whom_a_trusted_proxy_speaks_counts_for_themselves(embedded_start: Ground, tmp_path: Path) -> None:
    with strict(embedded_start, tmp_path, CONNECTIONS_PER_ADDRESS="2", TRUSTED_PROXIES="127.0.0.1") as site:
        async with AsyncExitStack() as stack:
            for address in ("192.0.2.1", "192.0.2.2"):
                for _ in range(2):
                    await held(stack, site, {"X-Forwarded-For": f"203.0.113.9, {address}"})
                with pytest.raises(InvalidStatus) as refused:
                    await held(stack, site, {"X-Forwarded-For": address})
                assert refused.value.response.status_code == 429


async def test_a_person_has_so_many_connections(embedded_start: Ground, tmp_path: Path) -> None:
    with strict(embedded_start, tmp_path, CONNECTIONS_PER_PERSON="2") as site:
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await held(stack, site)
            with pytest.raises(InvalidStatus) as refused:
                await held(stack, site)
            assert refused.value.response.status_code == 429
            assert int(refused.value.response.headers["Retry-After"]) > 0


async def test_a_crowd_of_strangers_leaves_those_who_work_alone(callers: Callers, defaults: Embedded) -> None:
    """They hold all that their address may have, say nothing, and are hung up on; whoever is one too many is told."""
    room = await callers.open_case()
    author = await callers.seated("ana", room)
    host, _, port = defaults.web(0).address.partition(":")
    strangers = [
        await asyncio.open_connection(host, int(port), local_addr=("127.0.0.2", 0)) for _ in range(STRANGERS + 20)
    ]
    for n in range(20):
        assert (await author.ask("post", id=f"p{n}", room=room, text=said("on with it")))["t"] == "ack"
    told = await asyncio.gather(*(rest(reader) for reader, _ in strangers))
    assert sum(answer.startswith(b"HTTP/1.1 429") for answer in told) == 20
    assert sum(answer == b"" for answer in told) == STRANGERS
    for _, writer in strangers:
        writer.close()


async def test_passwords_are_counted_on_all_nodes_and_still_by_each_when_redis_is_lost(cluster: Cluster) -> None:
    """Each node alone would let ten pass, both together twenty. On a busy machine Redis may count one or two less."""
    async with Callers(cluster) as callers:
        passed = 0
        while await wrong(callers, passed % 2) == 401:
            passed += 1
        assert 10 <= passed < 15
        await asyncio.to_thread(cluster.redis.kill)
        alone = 0
        while await wrong(callers, 0) == 401:
            alone += 1
        assert alone < 10


async def test_connections_are_counted_over_all_nodes(
    cluster_start: Ground, tmp_path: Path, redis_server: Redis, postgres_server: Postgres
) -> None:
    """A node hears of the others' every second: until then a person may have one more than allowed, and no longer."""
    cluster = Cluster(cluster_start, tmp_path, redis_server, postgres_server)
    cluster.environment["CURBSIDE_CONNECTIONS_PER_PERSON"] = "4"
    with cluster as site:
        async with AsyncExitStack() as stack, asyncio.timeout(15):
            for _ in range(3):
                await held(stack, site)
            with pytest.raises(InvalidStatus) as refused:
                while True:
                    async with AsyncExitStack() as short:
                        for _ in range(2):
                            await held(short, site, node=1)
            assert refused.value.response.status_code == 429


async def wrong(callers: Callers, node: int) -> int:
    """How a node answers to a wrong password."""
    given = {"handle": "cleo", "password": "a guess"}
    return (await callers.request("POST", "/api/sessions", node=node, json=given)).status_code


async def held(stack: AsyncExitStack, site: Site, headers: Mapping[str, str] | None = None, node: int = 0) -> None:
    """A connection of ana's that stays."""
    bearer = {"Authorization": f"Bearer {site.tokens['ana']}"}
    raw = await Raw.open(site.web(node).address, headers={**bearer, **(headers or {})})
    stack.push_async_callback(raw.hang_up)


async def rest(reader: asyncio.StreamReader) -> bytes:
    """All that is said until the line ends."""
    try:
        async with asyncio.timeout(15):
            return await reader.read()
    except ConnectionResetError:
        return b""
