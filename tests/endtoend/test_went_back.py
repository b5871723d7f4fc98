"""A backup is put back under a consult: what was acked after it is gone, and everybody is told so."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from client.client import Client
from client.room import Event, Reset, Room
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import CANARY, Cluster, Embedded, Site

PATIENCE_S: Final = 20


async def test_after_a_restore_and_a_restart_what_clients_hold_raises_the_alarm(
    embedded: Embedded, tmp_path: Path
) -> None:
    async with Callers(embedded) as callers, client(embedded, "ben") as ben:
        assert "\nWhat is acknowledged is on 1 disk.\n" in embedded.web(0).ready_text
        assert "INFO curbside.disks What is acknowledged is on 1 disk." in embedded.web(0).log.read_text()
        room = await callers.open_case()
        ana, seat = await callers.seated("ana", room), await ben.join(room)
        kept = await posted(ana, room, "kept")
        await taken(embedded, tmp_path / "backup")
        await posted(ana, room, "lost")
        await heard(seat, 7)
        position = ana.position(room)
        await asyncio.to_thread(embedded.web(0).stop)
        await put_back(embedded, tmp_path / "backup")
        await asyncio.to_thread(embedded.web(0).start)
        embedded.went_back.add(room)

        back = await callers.seated("ana", room, **position)
        joined = back.of("joined")[0]
        assert (joined["resumed"], joined["seq"], joined["state"]["posts"]) == (False, 4, 3)
        assert [event["id"] for event in back.events(room)[1:]] == kept
        last = joined["check"]
        reset = await until_reset(seat)
        assert (reset.position.seq, reset.state["posts"]) == (4, 3)
        assert await went_back(callers) == {"journal_went_back": 1, "journal_unknown_positions": 2}
        ack = await back.ask("post", room=room, text=said("on it goes"))
        assert (ack["t"], ack["seq"]) == ("ack", 5)
        assert (await heard(seat, 5))[-1].id == ack["re"]
        assert await audited(embedded, room) == [f"held seq 7 check {position['check']}, journal seq 4 check {last}"]


async def test_two_nodes_under_which_the_database_is_put_back_notice_by_themselves(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        kept = await posted(ana, room, "kept")
        await taken(cluster, tmp_path / "backup")
        await posted(ana, room, "lost")
        await ben.upto(room, 7)
        cluster.went_back.add(room)
        await put_back(cluster, tmp_path / "backup")
        for seat in (ana, ben):
            assert await seat.closed() == 1012
        for person, seat in (("ana", ana), ("ben", ben)):
            back = await callers.seated(person, room, **seat.position(room))
            assert (back.of("joined")[0]["resumed"], back.of("joined")[0]["seq"]) == (False, 4)
            assert [event["id"] for event in back.events(room)[1:]] == kept
        for node in (0, 1):
            assert await went_back(callers, node) == {"journal_went_back": 1, "journal_unknown_positions": 1}


def client(site: Site, person: str) -> Client:
    return Client(f"http://{site.web(0).address}", token=site.tokens[person])


async def posted(seat: Raw, room: str, what: str) -> list[str]:
    """The ids of three posts, each acked."""
    acks = [await seat.ask("post", room=room, text=said(f"{what} {number}")) for number in range(3)]
    assert [ack["t"] for ack in acks] == ["ack"] * 3
    return [ack["re"] for ack in acks]


async def taken(site: Site, file: Path) -> None:
    """Back the running site up."""
    site.environment["CURBSIDE_BACKUP_PASSPHRASE"] = "a long passphrase of the tests"
    ran = await asyncio.to_thread(site.curbside, "backup", str(file))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert CANARY.encode() not in await asyncio.to_thread(file.read_bytes)


async def put_back(site: Site, file: Path) -> None:
    """Restore the backup in place."""
    ran = await asyncio.to_thread(site.curbside, "restore", str(file), "--replace")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 rooms, 4 events" in ran.stdout and "Every room's chain and head is whole" in ran.stdout


async def heard(seat: Room, upto: int) -> Sequence[Event]:
    """The next events of a seat of our client, up to this `seq`."""
    events: list[Event] = []
    async with asyncio.timeout(PATIENCE_S):
        async for item in seat:
            if isinstance(item, Event):
                events.append(item)
                if item.seq == upto:
                    break
    return events


async def until_reset(seat: Room) -> Reset:
    """What our client says when the server does not have the log that it held."""
    async with asyncio.timeout(PATIENCE_S):
        async for item in seat:
            if isinstance(item, Reset):
                return item
    raise AssertionError("the seat is gone")


async def audited(site: Embedded, room: str) -> list[str]:
    """What the audit says of the alarm, once it does: lines are written in a moment."""
    wanted = "SELECT detail FROM audit WHERE act = 'journal_went_back' AND room = ?"
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with closing(sqlite3.connect(site.var / "curbside.db")) as connection:
                if lines := connection.execute(wanted, [room]).fetchall():
                    return [detail for (detail,) in lines]
            await asyncio.sleep(0.05)


async def went_back(callers: Callers, node: int = 0) -> dict[str, int]:
    """The alarm's two figures."""
    metrics = (await callers.request("GET", "/metrics", node=node)).text
    names = ("journal_went_back", "journal_unknown_positions")
    values = {line.split()[0]: float(line.split()[1]) for line in metrics.splitlines() if not line.startswith("#")}
    return {name: int(values[f"curbside_{name}_total"]) for name in names}
