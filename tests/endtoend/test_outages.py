"""Redis or a database hangs, is slow, or goes away under a consult of two nodes, and comes back."""

import asyncio
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import asyncpg

from drill.servers import Redis
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Frame, Raw
from tests.endtoend.site import Cluster, Embedded

FOLLOW: Final[dict[str, Any]] = {"as": "follow"}
HEALED_S: Final = 10.0


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
                assert await callers.get("/readyz", node=node) == {"degraded": ["backplane"], "disks": 1}
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


async def test_what_waits_for_postgresql_is_shown_on_the_other_node_and_becomes_the_event(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room, "json")
        strangers = [await callers.seated("mo", room, **FOLLOW), await callers.seated("obi", room)]
        await asyncio.to_thread(cluster.postgres.kill)
        sending = asyncio.create_task(resent(ana, id="kept", room=room, text=said("kept"), kind="finding"))
        shown = await ben.next("provisional", id="kept")
        assert (shown["by"]["person"], shown["kind"], shown["text"]) == (ana.me["person"], "finding", said("kept"))
        assert await ben.next("provisional", id="kept") == shown
        await asyncio.to_thread(cluster.postgres.start)
        for seat in (ben, *strangers):
            [event] = (await seat.upto(room, 2, within_s=HEALED_S))[1:]
            assert (event["id"], event["body"]["text"]) == ("kept", said("kept"))
        assert (await sending)["seq"] == 2
        assert not [seat for seat in (ana, *strangers) if seat.of("provisional")]
        assert [event["id"] for event in (await callers.log(room))[1:]] == ["kept"]


async def test_a_slow_database_makes_posts_provisional_and_what_is_refused_then_is_gone(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        cleo, watcher = await callers.seated("cleo", room), await callers.seated("obi", room)
        async with locked(cluster):
            sending = asyncio.create_task(resent(cleo, id="slow", room=room, text=said("slow")))
            await until_shown(ana, ben, id="doomed", room=room, text=said("doomed"))
            await ana.next("provisional", id="slow")
            await both_type(ana, ben, room)
        assert (await asyncio.wait_for(sending, HEALED_S))["t"] == "ack"
        closed = await cleo.ask("close", room=room, disposition="transferred", summary=said("done"))
        await ana.upto(room, closed["seq"], within_s=HEALED_S)
        assert (await ana.ask("post", id="doomed", room=room, text=said("doomed")))["code"] == "room_closed"
        gone = await ben.next("provisional", id="doomed", gone=True)
        assert gone["text"] == ""
        assert ben.events(room) == await callers.log(room)
        assert not watcher.of("provisional")


async def test_a_commit_to_sqlite_that_takes_over_a_second_is_shown_before_its_author_is_answered(
    embedded: Embedded,
) -> None:
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        other_program = sqlite3.connect(embedded.var / "curbside.db", isolation_level=None)
        other_program.execute("BEGIN IMMEDIATE")
        await ana.send("post", id="slow", room=room, text=said("slow"))
        assert (await ben.next("provisional", id="slow"))["text"] == said("slow")
        assert not ana.answers("slow")
        other_program.close()
        assert (await ben.upto(room, 2, within_s=HEALED_S))[-1]["id"] == "slow"
        await ana.found(lambda: ana.answers("slow") or None)
        assert [answer["t"] for answer in ana.answers("slow")] == ["ack"]


@asynccontextmanager
async def locked(cluster: Cluster) -> AsyncIterator[None]:
    """Nothing can be read from the log or written to it, as while somebody alters its table."""
    connection = await asyncpg.connect(cluster.database_url)
    async with connection.transaction():
        await connection.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE")
        yield
    await connection.close()


async def until_shown(author: Raw, reader: Raw, **post: str) -> None:
    """Send a post again, as the server says, until `reader` is shown it; every try has been answered by then."""
    while post["id"] not in [frame["id"] for frame in reader.of("provisional")]:
        answer = await author.ask("post", **post)
        assert answer["code"] == "unavailable", answer
        await asyncio.sleep(answer["retry_after_ms"] / 1_000)


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
