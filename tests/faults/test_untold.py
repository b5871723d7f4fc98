"""A node dies between the commit and the telling, in a room where nothing else happens."""

import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Cluster
from tests.faults.nodes import died, restarted

WITHIN_S = 1.2


@pytest.mark.parametrize("point", ["kill@after_commit", "kill@before_publish"])
async def test_it_is_seen_on_the_other_node_within_a_second_and_is_a_duplicate_there(
    cluster: Cluster, point: str
) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        await restarted(cluster.web(1), point)
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await ana.send("post", id="untold", room=room, text=said("said by one who died"))
        await died(cluster.web(1))
        assert (await ben.upto(room, 2, WITHIN_S))[-1]["id"] == "untold"
        back = await callers.seated("ana", room, node=0, **ana.position(room))
        ack = await back.ask("post", id="untold", room=room, text=said("said by one who died"))
        assert (ack["seq"], ack["duplicate"]) == (2, True)
        assert len(await callers.log(room, node=0)) == 2


async def test_without_the_comparison_of_heads_nobody_would_see_it(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        await restarted(cluster.web(0), "without:compare_heads")
        await restarted(cluster.web(1), "kill@after_commit")
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await ana.send("post", id="untold", room=room, text=said("said by one who died"))
        await died(cluster.web(1))
        with pytest.raises(TimeoutError):
            await ben.upto(room, 2, 2 * WITHIN_S)
