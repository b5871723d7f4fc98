"""Nodes and workers that are killed, or stopped and continued."""

import asyncio
from typing import Final

from drill.cluster import UNIQUE, Cluster
from drill.embedded import Embedded
from drill.row import Ground, Row
from drill.site import blocking


async def kill_a_node(ground: Ground[Cluster]) -> None:
    """kill -9 in the middle of writes; its clients go to the other one."""
    node = ground.chance.choice(ground.site.nodes)
    await ground.in_the_middle()
    await blocking(node.kill)
    await ground.wait(5)
    await blocking(node.start)


async def kill_the_process(ground: Ground[Embedded]) -> None:
    """The one process of the embedded default, over and over."""
    for _ in range(3):
        await ground.in_the_middle()
        await blocking(ground.site.nodes[0].kill)
        await ground.wait(2)
        await ground.site.start()
        await ground.wait(5)


async def kill_everything(ground: Ground[Cluster]) -> None:
    """Every process of ours at once."""
    await ground.in_the_middle()
    processes = (*ground.site.nodes, *ground.site.workers)
    await asyncio.gather(*(blocking(process.kill) for process in processes))
    await ground.wait(5)
    await ground.site.start()


async def kill_at_points(ground: Ground[Cluster]) -> None:
    """A node kills itself at each step of a commit's way, and is started again; its clients are sent back to it."""
    number = ground.chance.randrange(len(ground.site.nodes))
    node = ground.site.nodes[number]
    for point in ("before_commit", "in_commit", "after_commit", "before_ack", "before_publish"):
        await ground.renew(node, f"kill@{point}:{ground.chance.randrange(3, 20)}")
        await send_to(ground, number)
        await blocking(node.await_end)
    await ground.renew(node)


async def send_to(ground: Ground[Cluster], number: int) -> None:
    """Have all clients go to this node."""
    for other, line in enumerate(ground.site.node_lines):
        if other != number:
            await line.cut()


async def stop_a_node(ground: Ground[Cluster]) -> None:
    """A node is stopped with commands in its hands, which go on record elsewhere, and then continued: a zombie."""
    node, line = ground.site.nodes[0], ground.site.node_lines[0]
    node.pause()
    try:
        await ground.wait(1)
        await line.cut()
        await ground.wait(30)
    finally:
        node.resume()
    await ground.wait(5)


ROWS: Final = (
    Row("F1", "a node is killed", kill_a_node, without=("resend",), harm=("unsettled",)),
    Row("F2", "every node and worker is killed", kill_everything, without=("resend",), harm=("unsettled",)),
    Row(
        "F2p",
        "a node is killed at each step of a commit",
        kill_at_points,
        without=("lookup", "compare_heads"),
        harm=("unsettled", "behind"),
    ),
    Row(
        "F3",
        "a node is stopped for 30 s and continued",
        stop_a_node,
        heals_s=20,
        without=("lookup", UNIQUE),
        harm=("doubled",),
    ),
    Row(
        "F30",
        "the one process on SQLite is killed",
        kill_the_process,
        on=Embedded,
        without=("resend",),
        harm=("unsettled",),
    ),
)
