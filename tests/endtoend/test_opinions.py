"""What people say blind, over the wire, on one process and on two nodes: two who say it, and one who comes late."""

from typing import Any, Final

import msgspec

from tests.endtoend.callers import Callers
from tests.endtoend.raw import Raw
from tests.endtoend.site import CANARY

BITE: Final = f"{CANARY} krait bite"
NERVES: Final = f"{CANARY} polyneuropathy"


def differential(dx: str) -> list[dict[str, Any]]:
    return [{"dx": dx, "probability": 0.6}]


async def opined(seat: Raw, room: str, dx: str) -> int:
    ack = await seat.ask("opine", room=room, differential=differential(dx))
    assert ack["t"] == "ack", ack
    return int(ack["seq"])


def told(seat: Raw) -> str:
    """All that this person was sent of opinions."""
    frames = seat.of("event", "events", "joined", "disclosed")
    return msgspec.json.encode(frames).decode()


async def reads_both(seat: Raw) -> None:
    await seat.until(lambda: BITE in told(seat) and NERVES in told(seat))


async def test_two_say_what_they_think_it_is_and_read_each_other_and_who_comes_late_reads_nothing(
    callers: Callers,
) -> None:
    room = await callers.open_case()
    cleo, ana, ben = [await callers.seated(person, room) for person in ("cleo", "ana", "ben")]
    await opined(ana, room, BITE)
    last = await opined(ben, room, NERVES)
    for seat in (ana, ben):
        await reads_both(seat)
    late, observer = await callers.seated("mo", room), await callers.seated("obi", room, "json")
    for seat in (cleo, late, observer):
        await seat.upto(room, last)
        assert BITE not in told(seat) and NERVES not in told(seat)
    assert late.of("joined")[-1]["state"]["opinions"]["given"] == 2
    for person, reads in (("ana", True), ("cleo", False), ("mo", False), ("obi", False)):
        page = msgspec.json.encode(await callers.get(f"/api/cases/{room}/events", person)).decode()
        assert (BITE in page, NERVES in page) == (reads, reads)

    assert (await ana.ask("reveal", room=room))["code"] == "forbidden"
    assert (await cleo.ask("reveal", room=room))["t"] == "ack"
    for seat in (cleo, late, observer):
        disclosed = await seat.next("disclosed")
        assert [event["body"]["differential"][0]["dx"] for event in disclosed["events"]] == [BITE, NERVES]
    (best, _) = (await callers.get(f"/api/cases/{room}", "mo"))["state"]["opinions"]["pool"]["diagnoses"]
    assert (best["named"], best["low"], best["high"]) == (1, 0.6, 0.6)
    again = await callers.seated("mo", room)
    await reads_both(again)


async def test_who_comes_back_to_another_node_reads_what_they_may(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
    seq = await opined(ana, room, BITE)
    await ben.upto(room, seq)
    last = await opined(ben, room, NERVES)
    await ana.upto(room, last)
    where = ana.position(room)
    back = await callers.seated("ana", room, node=0, **where)
    assert back.of("joined")[-1]["resumed"] is True
    await reads_both(back)
