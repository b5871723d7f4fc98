"""What observers hear of the worklist while a case changes how they see it."""

import asyncio
from pathlib import Path

from realtime.rooms.opening import SwitchRequest
from tests.builders import cleo, obi
from tests.live import site


async def test_an_old_line_does_not_follow_a_newer_one_when_a_delay_ends(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        watcher = node.call(obi)
        watcher.send("watch", id="w")
        room = await node.open(observers=SwitchRequest("delayed", 1))
        presenter = await node.seated(cleo, room)
        presenter.send("observers", id="o1", room=room, mode="live")
        await watcher.next("case", room=room)
        presenter.send("close", id="c1", room=room, disposition="advised", summary="Done.")
        await watcher.next("case", room=room, change="closed")
        await asyncio.gather(*node.hub.worklist._later)
        assert watcher.of("case")[-1]["change"] == "closed"
