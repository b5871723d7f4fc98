"""Redis or PostgreSQL hangs, or is killed and started again, under a consult of two nodes."""

import asyncio
import re
import signal
import time
from contextlib import suppress

from drill.servers import Redis
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Frame, Raw
from tests.endtoend.site import Cluster


async def test_while_redis_is_away_the_consult_goes_on_across_nodes_and_then_heals(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room, "json")
        await both_type(ana, ben, room)
        await asyncio.to_thread(cluster.redis.kill)
        assert await told(ana, ben, room) < 2
        for seat in (ana, ben):
            assert (await seat.next("health", backplane="away"))["journal"] == "ok"
        for node in (0, 1):
            assert await callers.get("/readyz", node=node) == {"degraded": ["backplane"], "disks": 1}
        later = [await told(author, reader, room) for author, reader in ((ana, ben), (ben, ana)) for _ in range(3)]
        assert max(later) < 1, later
        assert (await (await callers.call("mo")).next("health"))["backplane"] == "away"
        await asyncio.to_thread(cluster.redis.start)
        for seat in (ana, ben):
            await seat.next("health", backplane="ok")
        assert await callers.get("/readyz") == {"degraded": [], "disks": 1}
        await both_type(ana, ben, room)
        assert await told(ana, ben, room) < 1
        assert ana.events(room) == ben.events(room) == await callers.log(room)


async def test_while_redis_hangs_the_consult_goes_on_across_nodes_and_then_heals(
    cluster: Cluster, redis_server: Redis
) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await both_type(ana, ben, room)
        assert redis_server.process is not None
        redis_server.process.send_signal(signal.SIGSTOP)
        try:
            first = [await told(ana, ben, room), await told(ben, ana, room)]
            assert max(first) < 3.5, first
            for seat in (ana, ben):
                await seat.next("health", backplane="away")
            for node in (0, 1):
                assert await callers.get("/readyz", node=node) == {"degraded": ["backplane"]}
                assert await callers.get("/healthz", node=node) == {"status": "alive"}
                assert (await figures(callers, node))["curbside_backplane_bypassed"] == 1
            later = [await told(author, reader, room) for author, reader in ((ana, ben), (ben, ana)) for _ in range(5)]
            assert sorted(later)[-2] < 0.5, later
        finally:
            redis_server.process.send_signal(signal.SIGCONT)
        for seat in (ana, ben):
            await seat.next("health", backplane="ok")
        for node in (0, 1):
            shown = await figures(callers, node)
            assert shown["curbside_backplane_bypassed"] == 0
            assert shown["curbside_backplane_reconnects_total"] >= 1
            for name in ("published", "received", "dropped"):
                assert shown[f"curbside_backplane_{name}_total"] >= 1
        await both_type(ana, ben, room)
        assert await told(ana, ben, room) < 1
        assert ana.events(room) == ben.events(room) == await callers.log(room)


async def test_when_redis_is_killed_nearly_all_is_told_within_half_a_second(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await both_type(ana, ben, room)
        await asyncio.to_thread(cluster.redis.kill)
        delays = [await told(author, reader, room) for author, reader in ((ana, ben), (ben, ana)) for _ in range(20)]
        assert sorted(delays)[-2] < 0.5, sorted(delays)
        assert ana.events(room) == ben.events(room) == await callers.log(room)


async def test_while_postgresql_is_away_commands_wait_and_then_succeed_under_the_same_id(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        acks = [await ana.ask("post", id=f"before{n}", room=room, text=said("before")) for n in range(5)]
        await asyncio.to_thread(cluster.postgres.kill)
        for seat in (ana, ben):
            away = await seat.ask("post", id="kept", room=room, text=said("kept"))
            assert (away["code"], away["retry_after_ms"] > 0) == ("unavailable", True)
            assert (await seat.next("health", journal="away"))["backplane"] == "ok"
        for node in (0, 1):
            assert await callers.get("/readyz", node=node) == {"degraded": ["journal"], "disks": 1}
        assert (await callers.request("GET", "/api/archive", "ana")).status_code == 503
        await asyncio.to_thread(cluster.postgres.start)
        acks.append(await resent(ana, id="kept", room=room, text=said("kept")))
        for seat in (ana, ben):
            await seat.next("health", journal="ok")
        assert await callers.get("/readyz") == {"degraded": [], "disks": 1}
        assert await ben.upto(room, 7) == ana.events(room) == await callers.log(room)
        assert [ack["seq"] for ack in acks] == [2, 3, 4, 5, 6, 7]


async def resent(seat: Raw, **post: str) -> Frame:
    """The ack of a post that is sent again, as the server says, until it is on record."""
    while True:
        answer = await seat.ask("post", **post)
        if answer["t"] == "ack":
            return answer
        assert answer["code"] == "unavailable", answer
        await asyncio.sleep(answer["retry_after_ms"] / 1_000)


async def figures(callers: Callers, node: int) -> dict[str, float]:
    """The metrics of a node by their names, those without labels."""
    shown = await callers.request("GET", "/metrics", node=node)
    return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", shown.text, re.MULTILINE)}


async def told(author: Raw, reader: Raw, room: str) -> float:
    """Seconds from an ack on one node to the event on the other."""
    ack = await author.ask("post", room=room, text=said("news"))
    since = time.monotonic()
    await reader.upto(room, ack["seq"])
    return time.monotonic() - since


async def both_type(ana: Raw, ben: Raw, room: str) -> None:
    """Return when signals get through both ways."""
    for author, reader in ((ana, ben), (ben, ana)):
        heard = len(reader.of("typing"))
        while len(reader.of("typing")) == heard:
            await author.send("typing", room=room, on=False)
            await author.send("typing", room=room, on=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.next("typing"), 0.1)
