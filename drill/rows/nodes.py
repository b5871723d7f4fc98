"""Nodes and workers that are killed, stopped, continued and restarted."""

import asyncio
from typing import Final

from drill.cluster import Cluster
from drill.embedded import Embedded
from drill.row import Ground, Row
from drill.site import blocking


async def kill_a_node(ground: Ground[Cluster]) -> None:
    """kill -9 in the middle of writes; its clients go to the other one."""
    node = ground.chance.choice(ground.site.nodes)
    await blocking(node.kill)
    await ground.wait(5)
    await blocking(node.start)


async def kill_the_process(ground: Ground[Embedded]) -> None:
    """The one process of the embedded default, over and over."""
    for _ in range(3):
        await blocking(ground.site.nodes[0].kill)
        await ground.wait(2)
        await ground.site.start()
        await ground.wait(5)


async def kill_everything(ground: Ground[Cluster]) -> None:
    """Every process of ours at once."""
    for process in (*ground.site.nodes, *ground.site.workers):
        await blocking(process.kill)
    await ground.wait(5)
    await ground.site.start()


async def kill_at_points(ground: Ground[Cluster]) -> None:
    """A node kills itself at each step of a commit's way, and is started again; its clients are sent back to it."""
    number = ground.chance.randrange(len(ground.site.nodes))
    node = ground.site.nodes[number]
    others = [line for n, line in enumerate(ground.site.node_lines) if n != number]
    for point in ("before_commit", "in_commit", "after_commit", "before_ack", "before_publish"):
        await ground.renew(node, f"kill@{point}:{ground.chance.randrange(3, 20)}")
        for line in others:
            await line.cut()
        await blocking(node.await_end)
    await ground.renew(node)


async def stop_a_node(ground: Ground[Cluster]) -> None:
    """A node that is stopped while the others go on, and then continued: a zombie."""
    node = ground.chance.choice(ground.site.nodes)
    node.pause()
    try:
        await ground.wait(30)
    finally:
        node.resume()
    await ground.wait(5)


async def restart_rolling(ground: Ground[Cluster]) -> None:
    """One node after the other is told to end and started again."""
    for node in ground.site.nodes:
        status = await blocking(node.stop)
        if status != 0:
            raise AssertionError(f"a node that was told to end left with status {status}")
        await blocking(node.start)
        await ground.wait(3)


async def end_twice(ground: Ground[Cluster]) -> None:
    """SIGTERM, and again while it drains."""
    node = ground.chance.choice(ground.site.nodes)
    ending = asyncio.create_task(blocking(node.stop))
    await asyncio.sleep(ground.chance.uniform(0, 0.3))
    node.terminate()
    await ending
    await ground.wait(2)
    await blocking(node.start)


async def set_clock_wrong(ground: Ground[Cluster]) -> None:
    """A node's time of day jumps two hours ahead, back, and two hours behind, while it serves."""
    node = ground.chance.choice(ground.site.nodes)
    hands = ground.site.folder / f"clock-{ground.chance.getrandbits(32):x}"
    await ground.renew(node, f"clock@file={hands}")
    for hours in (2, 0, -2, 0):
        hands.write_text(f"{hours * 3_600:+d}s")
        await ground.wait(5)
    await ground.renew(node)


async def migrate_meanwhile(ground: Ground[Cluster]) -> None:
    """The release step of another version runs against live rooms."""
    for _ in range(3):
        await ground.site.run("migrate")
        await ground.wait(1)


ROWS: Final = (
    Row("F1", "a node is killed", kill_a_node, without=("resend",)),
    Row("F2", "every node and worker is killed", kill_everything, without=("resend",)),
    Row("F2p", "a node is killed at each step of a commit", kill_at_points, without=("lookup", "compare_heads")),
    Row("F3", "a node is stopped for 30 s and continued", stop_a_node, heals_s=20),
    Row("F16", "the clock of a node jumps by two hours", set_clock_wrong),
    Row("F24", "the database is migrated with live rooms", migrate_meanwhile),
    Row("F25", "a rolling restart", restart_rolling),
    Row("F26", "SIGTERM twice", end_twice),
    Row("F30", "the one process on SQLite is killed", kill_the_process, on=Embedded, without=("resend",)),
)
