"""The clock of one node is set two hours ahead, or back, while it runs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import PASSWORD, Cluster
from tests.faults.nodes import restarted, roster

HOUR_S: Final = 3_600
SECONDS: Final = 4
CLEO: Final = {"handle": "cleo", "password": PASSWORD}


class SetClock:
    """How wrong the clock of the second node is."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def ahead(self, seconds: int) -> None:
        """From now on it is so far ahead, or, below 0, behind."""
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{seconds:+d}s")
        draft.replace(self.file)


@pytest.fixture
def clock(cluster: Cluster, tmp_path: Path) -> Iterator[SetClock]:
    clock = SetClock(tmp_path / "clock")
    node = cluster.web(1)
    node.stop()
    node.faults = (f"clock@file={clock.file}",)
    node.start()
    yield clock


@pytest.mark.parametrize("ahead_s", [2 * HOUR_S, -2 * HOUR_S])
async def test_order_holds_time_never_goes_back_and_presence_stays(
    cluster: Cluster, clock: SetClock, ahead_s: int
) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        for seconds in (0, ahead_s, 0):
            clock.ahead(seconds)
            for _ in range(SECONDS):
                for seat in (ana, ben):
                    assert (await seat.ask("post", room=room, text=said("what time is it?")))["t"] == "ack"
                await asyncio.sleep(1)
        log = await callers.log(room)
        assert [event["seq"] for event in log] == list(range(1, 2 + 3 * 2 * SECONDS))
        assert [event["at"] for event in log] == sorted(event["at"] for event in log)
        for seat in (ana, ben):
            assert await seat.upto(room, len(log)) == log
            assert roster(seat) == {ana.me["person"], ben.me["person"]}
            assert not [frame for frame in seat.of("presence") if frame.get("gone")]
        cleo = await callers.seated("cleo", room)
        await ana.until(lambda: cleo.me["person"] in roster(ana))
        await cleo.hang_up()
        await ana.until(lambda: cleo.me["person"] not in roster(ana))
        assert "the time of day on this machine jumped by" in cluster.web(1).log.read_text()


async def test_delayed_observers_are_shown_nothing_early(cluster: Cluster, clock: SetClock) -> None:
    async with Callers(cluster) as callers:
        held, unheld = [await callers.open_case(observers={"mode": "delayed", "delay_s": 60}) for _ in range(2)]
        ana = await callers.seated("ana", held)
        obi = await callers.call("obi")
        for ahead_s in (0, 2 * HOUR_S, -2 * HOUR_S, 0):
            clock.ahead(ahead_s)
            await ana.ask("post", room=held, text=said("not for observers yet"))
            for room in (held, unheld):
                assert (await obi.ask("join", room=room))["code"] == "not_found"
            assert not await listed(callers, "obi", held, unheld)
        assert await listed(callers, "ana", held, unheld) == {held, unheld}


async def test_those_who_are_signed_in_for_longer_stay_so_and_come_back_with_the_clock(
    cluster: Cluster, clock: SetClock
) -> None:
    async with Callers(cluster) as callers:
        # At the other node: this one ends, within a second, whose time is over by its clock.
        ana = await callers.call("ana", node=0)
        cookie = await signed_in(callers, node=1)
        clock.ahead(2 * HOUR_S)
        assert await known(callers, cookie, node=1)
        clock.ahead(13 * HOUR_S)
        assert not await known(callers, cookie, node=1)
        assert await known(callers, cookie, node=0)
        clock.ahead(-2 * HOUR_S)
        assert await known(callers, cookie, node=1)
        assert (await ana.ask("watch"))["t"] == "ack"


async def test_a_session_that_was_ended_does_not_come_back_when_a_clock_runs_ahead(
    cluster: Cluster, clock: SetClock
) -> None:
    async with Callers(cluster) as callers:
        ended = await signed_in(callers, node=0)
        assert (await with_cookie(callers, "DELETE", ended, node=0)).status_code == 204
        clock.ahead(13 * HOUR_S)
        another = await signed_in(callers, node=1)
        assert (await with_cookie(callers, "DELETE", another, node=1)).status_code == 204
        clock.ahead(0)
        await restarted(cluster.web(0))  # it knows no more than the database
        for node in (0, 1):
            assert not await known(callers, ended, node)


async def test_a_connection_ends_when_its_sign_in_is_over_by_the_clock_of_its_node(
    cluster: Cluster, clock: SetClock
) -> None:
    async with Callers(cluster) as callers:
        cookie = await signed_in(callers, node=1)
        headers = {"Cookie": f"curbside_session={cookie}", "Origin": f"http://{callers.address('', 1)}"}
        short = await Raw.open(callers.address("", 1), headers=headers)
        clock.ahead(13 * HOUR_S)
        assert await short.closed() == 4401


async def listed(callers: Callers, person: str, *rooms: str) -> set[str]:
    """Which of these cases `person` finds on the list of the second node."""
    lines = (await callers.get("/api/cases", person, node=1))["cases"]
    return {line["id"] for line in lines} & set(rooms)


async def signed_in(callers: Callers, node: int) -> str:
    """A session of cleo."""
    answer = await callers.request("POST", "/api/sessions", node=node, json=CLEO)
    assert answer.status_code == 201, answer.text
    return str(answer.cookies["curbside_session"])


async def known(callers: Callers, cookie: str, node: int) -> bool:
    """Whether the session counts on a node."""
    return (await with_cookie(callers, "GET", cookie, node)).status_code == 200


async def with_cookie(callers: Callers, method: str, cookie: str, node: int) -> httpx.Response:
    """The answer to a request of a page of ours about its session."""
    headers = {"Cookie": f"curbside_session={cookie}", "Origin": f"http://{callers.address('', node)}"}
    return await callers.request(method, "/api/sessions/current", node=node, headers=headers)
