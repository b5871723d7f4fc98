"""Who was on a node that is killed, or stopped, is not here for others; and is again when it goes on."""

import asyncio

from realtime.connections import HEARTBEAT_S
from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Cluster
from tests.faults.nodes import roster

WITHIN_S = 15.0


async def test_the_people_of_a_killed_node_are_gone_within_15_s(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ben = await callers.seated("ben", room)
        ana = await callers.seated("ana", room)
        await callers.seated("mo", room, "msgpack", 1, **{"as": "follow"})
        await callers.seated("obi", room)
        await ben.until(lambda: ana.me["person"] in roster(ben) and counts(ben.of("presence")[-1]) == (1, 1))
        await asyncio.to_thread(cluster.web(1).kill)
        alone = {ben.me["person"]}
        await ben.until(lambda: roster(ben) == alone and counts(ben.of("presence")[-1]) == (0, 0), WITHIN_S)
        late = await callers.seated("cleo", room)
        assert roster(late) == {ben.me["person"], late.me["person"]}


async def test_a_node_that_is_stopped_goes_and_comes_back_without_ghosts(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ben = await callers.seated("ben", room)
        ana, mo = await callers.seated("ana", room), await callers.seated("mo", room)
        all_three = {seat.me["person"] for seat in (ana, ben, mo)}
        await ben.until(lambda: roster(ben) == all_three)
        cluster.web(1).pause()
        try:
            await ben.until(lambda: roster(ben) == {ben.me["person"]}, WITHIN_S)
            await ben.ask("post", room=room, text=said("while they were away"))
            await mo.cut()
            await asyncio.sleep(HEARTBEAT_S)  # by now, longer than any silence is borne
        finally:
            cluster.web(1).resume()
        both = {ana.me["person"], ben.me["person"]}
        await ben.until(lambda: roster(ben) == both, WITHIN_S)
        await ana.until(lambda: roster(ana) == both, WITHIN_S)
        assert await ana.upto(room, 2) == ben.events(room)
        assert ana.me["person"] in roster(await callers.seated("cleo", room))
        await ana.hang_up()
        await ben.until(lambda: ana.me["person"] not in roster(ben), WITHIN_S)


def counts(frame: dict[str, object]) -> tuple[object, object]:
    """Viewers and observers, of a `presence`."""
    observers = frame["observers"]
    assert isinstance(observers, dict)
    return frame["viewers"], observers["total"]
