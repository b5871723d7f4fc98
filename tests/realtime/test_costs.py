"""What the hot path may cost, counted: later features must not add to it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime import frames
from realtime.frames import FORMS
from realtime.ports import Journal
from realtime.rates import Bucket
from realtime.wire import encoding
from tests.builders import PEOPLE, ana, ben, cleo, obi
from tests.live import Caller, LiveNode, Site, site

FOLLOW: dict[str, Any] = {"as": "follow"}
READERS = 60


class Counted:
    """A journal that counts the calls of each of its methods."""

    def __init__(self, journal: Journal) -> None:
        self.calls: Counter[str] = Counter()
        self._journal = journal

    def __getattr__(self, name: str) -> Any:
        self.calls[name] += 1
        return getattr(self._journal, name)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(here: Site) -> LiveNode:
    return await here.node()


@pytest.fixture
def encodes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of frames that were encoded, one entry for each time."""
    kinds: list[str] = []
    encode = encoding.encode

    def counted(frame: Any, form: Any) -> bytes:
        kinds.append(frame.__struct_config__.tag)
        return encode(frame, form)

    monkeypatch.setattr(frames, "encode", counted)
    return kinds


async def crowd(node: LiveNode, room: str) -> list[Caller]:
    """Contributors, viewers and observers, in every form."""
    callers = []
    for n in range(READERS):
        encoding, deflate = list(FORMS)[n % len(FORMS)]
        person, wanted = [(ana, {}), (ben, FOLLOW), (obi, {})][n % 3]
        caller = node.call(msgspec.structs.replace(person, id=f"{person.id}{n}"), encoding, deflate=deflate)
        caller.send("join", id="j", room=room, **wanted)
        await caller.next("caught_up")
        callers.append(caller)
    return callers


async def settled(callers: list[Caller], events: int) -> None:
    for caller in callers:
        await caller.has(events)


async def test_an_event_is_encoded_once_per_audience_and_form(node: LiveNode, encodes: list[str]) -> None:
    room = await node.open()
    author, callers = await node.seated(cleo, room), await crowd(node, room)
    await asyncio.sleep(0.5)
    encodes.clear()
    for n in range(1, 6):
        author.send("post", id=f"p{n}", room=room, text="x" * 300)
        await author.next("event", id=f"p{n}")
        await settled(callers, n + 1)
    assert encodes.count("event") <= 5 * 2 * len(FORMS)
    assert "events" not in encodes


async def test_what_a_room_gathers_goes_out_as_one_write_per_reader_and_round(node: LiveNode) -> None:
    room = await node.open()
    author, callers = await node.seated(cleo, room), await crowd(node, room)
    await asyncio.sleep(0.5)
    writes = {caller: caller.writes for caller in callers}
    signals = {caller: len(caller.of("presence")) for caller in callers}
    for n in range(50):
        author.send("post", id=f"p{n}", room=room, text="Note")
    await settled([author, *callers], 51)
    for caller in callers:
        told = caller.writes - writes[caller] - (len(caller.of("presence")) - signals[caller])
        # The first command makes a turn of its own, the others gather meanwhile: two turns, at most two rounds.
        assert told <= 2


async def test_a_prepared_frame_is_dropped_when_it_is_delivered(node: LiveNode) -> None:
    room = await node.open()
    author, callers = await node.seated(cleo, room), await crowd(node, room)
    author.send("post", id="p1", room=room, text="Note")
    await settled([author, *callers], 2)
    await asyncio.sleep(0.05)
    host = node.hub.live(room)
    assert host is not None and host.tail._prepared == {}


async def test_joins_and_returns_that_the_tail_can_serve_ask_the_journal_nothing(here: Site) -> None:
    here.journal = counted = Counted(here.journal)
    node = await here.node()
    room = await node.open()
    author = await node.seated(cleo, room)
    for n in range(20):
        author.send("post", id=f"p{n}", room=room, text="Note")
    await author.next("ack", re="p19")
    await author.has(21)
    check = author.events()[10]["check"]
    await node.hub._compare_heads()
    before = Counter(counted.calls)
    for n in range(20):
        caller = node.call(msgspec.structs.replace(ana, id=f"ana{n}"))
        caller.send("join", id="j", room=room, **({"after": 11, "check": check} if n % 2 else {}))
        await caller.next("caught_up")
        assert caller.of("joined")[0]["resumed"] is bool(n % 2)
    asked = counted.calls - before
    asked.pop("heads", None)  # once a second, for all rooms at once
    asked.pop("cards_touched", None)
    assert not asked


async def test_a_seat_has_no_task_of_its_own(node: LiveNode) -> None:
    room = await node.open()
    await node.seated(cleo, room)
    before = len(asyncio.all_tasks())
    await crowd(node, room)
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) <= before


async def test_arrivals_of_readers_cost_contributors_four_frames_a_second(node: LiveNode) -> None:
    room = await node.open()
    author = await node.seated(cleo, room)
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.3)
    begun, before = loop.time(), len(author.of("presence"))
    for n in range(300):
        viewer = msgspec.structs.replace(PEOPLE["ben"], id=f"viewer{n}")
        await node.seated(viewer, room, **FOLLOW)
    took_s = loop.time() - begun
    assert len(author.of("presence")) - before <= 4 * took_s + 1
    while (await author.next("presence"))["viewers"] < 300:
        pass


async def test_a_post_is_weighed_three_times_and_a_delivery_never(
    node: LiveNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a frame, as its person's in this room, and as one of the room's."""
    room = await node.open()
    author, readers = await node.seated(ana, room), await crowd(node, room)
    taken: list[float] = []
    take = Bucket.take

    def counted(self: Bucket, now_s: float, cost: float = 1.0) -> bool:
        taken.append(cost)
        return take(self, now_s, cost)

    monkeypatch.setattr(Bucket, "take", counted)
    author.send("post", id="p1", room=room, text="Once.")
    await author.next("ack")
    for reader in readers:
        await reader.next("event", "events")
    assert taken == [1.0, 1.0, 1.0]
