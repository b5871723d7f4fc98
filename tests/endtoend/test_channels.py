"""Whoever is paged is reached outside the app, by real processes: the server itself, or the worker beside it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest

from persistence.channels.tables import Delivery
from persistence.database import Database, open_database
from persistence.moderation.notices import notify
from realtime.rooms.notices import Notice
from tests.endtoend.callers import Callers
from tests.endtoend.site import Cluster, Embedded, Site
from tests.web.channels.listener import Listener, listener
from web.clock import now_ms

KINDS = ("embedded", "cluster")


@pytest.fixture
def far() -> Iterator[Listener]:
    """A pager's system."""
    with listener() as listening:
        yield listening


@pytest.fixture(params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A deployment that may call this machine."""
    site: Site
    if request.param == "embedded":
        site = Embedded(request.getfixturevalue("embedded_start"), tmp_path)
    else:
        servers = request.getfixturevalue("redis_server"), request.getfixturevalue("postgres_server")
        site = Cluster(request.getfixturevalue("cluster_start"), tmp_path, *servers)
    site.environment["CURBSIDE_WEBHOOK_NETWORKS"] = "127.0.0.0/8"
    with site:
        yield site


@pytest.fixture
async def database(site: Site) -> AsyncIterator[Database]:
    url = site.database_url if isinstance(site, Cluster) else f"sqlite:///{site.var / 'curbside.db'}"
    database = open_database(url)
    yield database
    await database.close()


async def test_a_page_reaches_a_pager_within_seconds(callers: Callers, database: Database, far: Listener) -> None:
    room = await callers.open_case(acuity="stat", specialties=["cardiology"])
    channel = await callers.request("POST", "/api/me/channels", "ben", json={"kind": "webhook", "to": far.url})
    assert channel.status_code == 201, channel.text
    me = (await callers.get("/api/sessions/current", "ben"))["person"]
    page = Notice(id="n1", person=me, kind="page", text="t", at=now_ms(), room=room, acuity="stat")
    await database.write(lambda sql: notify(sql, [page]))
    assert await asyncio.to_thread(far.reached.wait, 10)
    data = msgspec.json.decode(far.asked[0].body)["data"]
    assert data["text"] == "Stat case, cardiology. You are asked to help. Open Curbside."
    assert (data["person"], data["notice"]) == (me, "n1")
    row = await _settled(database, me, channel.json()["id"])
    assert (row.state, row.attempts, len(far.asked)) == ("sent", 1, 1)


async def _settled(database: Database, person: str, channel: str) -> Delivery:
    """The delivery, once the other side's answer is on record."""
    async with asyncio.timeout(10):
        while True:
            row = await database.read(lambda sql: sql.get_one(Delivery, ("n1", person, channel)))
            if row.state != "waiting":
                return row
