"""`curbside serve --workers 2`: one command, one port, two nodes."""

import asyncio
from pathlib import Path

from drill.process import Process
from drill.servers import Port
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import Cluster


async def test_two_workers_behind_one_port_hold_one_consult(cluster: Cluster, tmp_path: Path) -> None:
    both = Process(["serve", "--workers=2"], cluster.environment, tmp_path / "logs" / "both", Port())
    cluster.webs.insert(0, both)
    await asyncio.to_thread(both.start)
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        seats = await on_two_nodes(callers, room)
        for seat in seats:
            await seat.ask("post", room=room, text=said("news"))
        log = await callers.log(room, node=1)
        for seat in seats:
            assert await seat.upto(room, 17) == log
        assert await asyncio.to_thread(both.stop) == 0
        assert [await seat.closed() for seat in seats] == [1012] * 16


async def on_two_nodes(callers: Callers, room: str) -> list[Raw]:
    """Sixteen seats, not all at one worker: the kernel chooses that of each connection, and is not always fair."""
    async with asyncio.timeout(15):
        while True:
            seats = await asyncio.gather(*(callers.seated("ana", room, node=0) for _ in range(16)))
            if len({seat.of("welcome")[0]["node"] for seat in seats}) == 2:
                return seats
            for seat in seats:
                await seat.hang_up()
