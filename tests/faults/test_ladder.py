"""The ladder when its processes are killed: each tier rings once, and whom it rings hears of it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from drill.cluster import cluster as drilled
from drill.ladder.run import drill
from drill.ladder.site import LadderSite
from drill.process import Process
from drill.servers import Postgres, Redis
from tests.endtoend.callers import Callers
from tests.endtoend.site import CANARY, Cluster, Embedded, Ground, Site
from tests.faults.nodes import died, often, restarted

POINTS = ["kill@before_ring", "kill@in_ring", "kill@after_ring"]
READ_BACK = f"{CANARY} Toddler, drowsy, a rash that does not fade."


def paging(site: Site) -> Site:
    """A site that has not begun, which pages."""
    site.environment |= {"CURBSIDE_PAGING": "on", "CURBSIDE_COORDINATOR": "mo"}
    return site


@pytest.fixture
def one(embedded_start: Ground, tmp_path: Path) -> Iterator[Site]:
    """The one process of the embedded default."""
    with paging(Embedded(embedded_start, tmp_path)) as site:
        yield site


@pytest.fixture
def many(cluster_start: Ground, tmp_path: Path, redis_server: Redis, postgres_server: Postgres) -> Iterator[Site]:
    """Two nodes and a worker."""
    with paging(Cluster(cluster_start, tmp_path, redis_server, postgres_server)) as site:
        yield site


async def opened(callers: Callers, node: Process) -> str:
    """A `stat` case that was opened at a node which dies of the page that it rings."""
    case = await callers.open_case(acuity="stat")
    await died(node)
    return case


async def rang_once(callers: Callers, case: str, person: str, node: int) -> dict[str, Any]:
    """The notice of whom the first tier rings, which says so once in the log."""
    raw = await callers.call(person, node=node)
    notice = await raw.next("notice", kind="page", room=case)
    opened, paged = await callers.log(case, node=node)
    assert (opened["kind"], paged["kind"], notice["page"]) == ("opened", "paged", paged["body"]["page"])
    assert raw.me["person"] in paged["body"]["people"]
    return notice


@pytest.mark.parametrize("point", POINTS)
async def test_the_one_process_is_killed_as_it_rings_and_rings_when_it_is_back(one: Site, point: str) -> None:
    async with Callers(one) as callers:
        await restarted(one.web(0), point)
        case = await opened(callers, one.web(0))
        await restarted(one.web(0))
        await rang_once(callers, case, "ana", node=0)


@pytest.mark.parametrize("point", POINTS)
async def test_a_node_is_killed_as_it_rings_and_the_worker_rings(many: Site, point: str) -> None:
    async with Callers(many) as callers:
        await asyncio.to_thread(many.worker.stop)  # it might be the first to ring
        await restarted(many.web(0), point)
        case = await opened(callers, many.web(0))
        await restarted(many.worker)
        await rang_once(callers, case, "ana", node=1)
        await restarted(many.web(0))


async def test_who_was_rung_hears_that_another_has_taken_it(many: Site) -> None:
    async with Callers(many) as callers:
        ana, ben = await callers.call("ana", node=0), await callers.call("ben", node=0)
        case = await callers.open_case(acuity="stat")
        page = (await ana.next("notice", kind="page", room=case))["page"]
        await ben.next("notice", kind="page", room=case, page=page)
        assert (await ana.ask("join", room=case))["t"] == "joined"
        refused = await ana.ask("respond", room=case, page=page, answer="accept", read_back="ok")
        assert (refused["t"], refused["code"]) == ("error", "invalid")
        assert (await ana.ask("respond", room=case, page=page, answer="accept", read_back=READ_BACK))["t"] == "ack"
        assert (await ben.next("notice", page=page, ended="taken"))["room"] == case
        async with asyncio.timeout(15):
            async for _ in often():
                pages = (await callers.get(f"/api/cases/{case}/pages", "cleo"))["pages"]
                if pages[0]["state"] == "answered":
                    break
        assert pages[0]["counts"] == {"accepted": 1, "lapsed": pages[0]["rung"] - 1}


async def test_what_is_decided_of_a_page_is_heard_without_redis(many: Site, redis_server: Redis) -> None:
    async with Callers(many) as callers:
        ana = await callers.call("ana")
        await asyncio.to_thread(redis_server.kill)
        case = await callers.open_case(acuity="stat")
        await ana.next("notice", kind="page", room=case)


async def test_many_cases_at_once_with_a_node_and_redis_killed_are_all_taken_and_ring_each_tier_once(
    tmp_path: Path,
) -> None:
    async with drilled(tmp_path, Random(1), LadderSite) as site:
        found = await drill(site, cases=16, people=40)
    assert found.kept, found
    assert found.cases == 16
