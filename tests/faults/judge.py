"""What must hold of a room after whatever happened: nothing acked is lost, nothing is doubled, nobody saw a phantom."""

import asyncio
from collections.abc import Mapping
from typing import Final

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw, fresh

LONG: Final = "x" * 7_000


async def sent_until_cut(seat: Raw, room: str, most: int | None = None) -> list[str]:
    """The ids of the posts that were sent until the connection was lost, or `most`; up to 20 unanswered at a time."""
    names: list[str] = []
    try:
        while most is None or len(names) < most:
            names.append(fresh())
            await seat.send("post", id=names[-1], room=room, text=said(names[-1]))
            if len(names) > 20:
                await seat.until(lambda: bool(seat.answers(names[-20])))
        await seat.until(lambda: bool(seat.answers(names[-1])))
    except ConnectionError:
        pass
    return names


async def written(seat: Raw, room: str, count: int) -> None:
    """So many long posts, all sent at once, are on record."""
    asked = [asyncio.create_task(seat.ask("post", room=room, text=said(LONG))) for _ in range(count)]
    for answer in asked:
        assert (await answer)["t"] == "ack"


async def nothing_lost_or_doubled(
    callers: Callers, room: str, seats: Mapping[str, Raw], sent: Mapping[str, list[str]], node: int = 0
) -> None:
    """Hold what each seat was told against the log, then have each come back to `node` and send all of theirs again."""
    log = await callers.log(room, node=node)
    ids = [event["id"] for event in log]
    for seat in seats.values():
        assert [ids[ack["seq"] - 1] for ack in seat.of("ack")] == [ack["re"] for ack in seat.of("ack")]
        assert seat.events(room) == log[: len(seat.events(room))]
    for person, seat in seats.items():
        back = await callers.seated(person, room, node=node, **seat.position(room))
        assert back.of("joined")[0]["resumed"] is True
        for name in sent[person]:
            ack = await back.ask("post", id=name, room=room, text=said(name))
            assert ack["t"] == "ack"
            assert ack.get("duplicate", False) or name not in ids
        seen = seat.events(room) + back.events(room)
        assert seen == (await callers.log(room, node=node))[: len(seen)]
    ids = [event["id"] for event in await callers.log(room, node=node)]
    assert sorted(ids[1:]) == sorted(name for names in sent.values() for name in names)
