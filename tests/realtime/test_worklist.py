"""What observers hear of the worklist while a case changes how they see it."""

import asyncio
import time
from pathlib import Path
from unittest.mock import AsyncMock

import msgspec
import pytest

from realtime import worklist
from realtime.errors import Unavailable
from realtime.rooms.erasure import ERASED, card_without_words
from realtime.rooms.opening import SwitchRequest
from tests.builders import ana, cleo, obi
from tests.live import site

lab = msgspec.structs.replace(obi, id="lab", institution="lab", kind="research")


async def test_of_a_case_whose_words_were_erased_none_is_kept_and_watchers_are_told(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        watcher = node.call(ana)
        watcher.send("watch", id="w")
        room = await node.open(title="Zebrawood, Q.", observers="live")
        other = await node.open(title="Chest pain", key="other", observers="live")
        assert (await watcher.next("case", room=room))["title"] == "Zebrawood, Q."
        node.hub.erased({(room, 1), (other, 2)})
        while (await watcher.next("case", room=room))["title"] != ERASED:
            pass  # the net may have told of the opening as well
        worklist = node.hub.worklist
        for told in (worklist._told, worklist._told_observers):
            assert told[room].card == card_without_words(told[room].card)
            assert told[other].card.case.title == "Chest pain"


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
        await asyncio.gather(*node.hub.worklist._later.values())
        assert watcher.of("case")[-1]["change"] == "closed"


async def test_a_case_that_was_narrowed_meanwhile_is_told_to_those_alone_who_may_see_it_still(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        theirs, research = node.call(obi), node.call(lab)
        for watcher in (theirs, research):
            watcher.send("watch", id="w")
        room = await node.open(observers=SwitchRequest("delayed", 1))
        presenter = await node.seated(cleo, room)
        presenter.send("observers", id="o1", room=room, mode="delayed", delay_s=1, allow_kinds=["research"])
        assert (await research.next("case", room=room))["change"] == "opened"
        assert theirs.of("case") == []


async def test_one_task_a_room_waits_whatever_changes_there(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        node.call(obi).send("watch", id="w")
        room = await node.open(observers=SwitchRequest("delayed", 3_600))
        presenter = await node.seated(cleo, room)
        for n in range(5):
            presenter.send("invite", id=f"i{n}", room=room, person=("ana", "ben")[n % 2])
            presenter.send("remove", id=f"r{n}", room=room, person=("ana", "ben")[n % 2])
        await presenter.next("ack", re="r4")
        assert len(node.hub.worklist._later) == 1


async def test_who_watches_only_now_hears_of_what_waits_already(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        room = await node.open(observers=SwitchRequest("delayed", 1))
        watcher = node.call(obi)
        watcher.send("watch", id="w")
        assert (await watcher.next("case", room=room))["change"] == "opened"


async def test_nothing_waits_where_observers_were_shut_out(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        room = await node.open(observers=SwitchRequest("delayed", 3_600))
        presenter = await node.seated(cleo, room)
        presenter.send("observers", id="o1", room=room, mode="off")
        await presenter.next("ack", re="o1")
        assert not node.hub.worklist._later


async def test_what_changed_is_told_once_a_journal_that_was_away_for_long_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site(tmp_path) as made:
        node, far = await made.node(), await made.node()
        watcher = node.call(ana)
        watcher.send("watch", id="w")
        monkeypatch.setattr(far.hub.node, "publish", lambda *_: None)
        begun_ms = time.time_ns() // 1_000_000
        with monkeypatch.context() as away:
            away.setattr(made.journal, "cards_touched", AsyncMock(side_effect=Unavailable))
            room = await far.open()
            for later_s in range(0, 60, 4):
                away.setattr(worklist, "_now_ms", lambda now_ms=begun_ms + 1_000 * later_s: now_ms)
                with pytest.raises(Unavailable):
                    await node.hub.worklist.catch_up()
        await node.hub.worklist.catch_up()
        assert [case["room"] for case in watcher.of("case")] == [room]
