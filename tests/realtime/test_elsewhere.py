"""What nodes tell each other of those who have many connections."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from realtime import elsewhere
from realtime.backplane.messages import Crowded
from realtime.elsewhere import MOST_NAMED, Elsewhere, many
from tests.builders import ana, ben
from tests.live import site


async def test_each_node_knows_who_has_several_connections_on_the_others(tmp_path: Path) -> None:
    async with site(tmp_path) as made:
        one, other = await made.node(), await made.node()
        for _ in range(3):
            one.call(ana)
        one.call(ben)
        async with asyncio.timeout(5):
            while other.hub.elsewhere.of_person(ana.id) != 3:
                await other.hub.node.journal.heads([""])
        assert other.hub.elsewhere.of_person(ben.id) == 0
        assert one.hub.elsewhere.of_person(ana.id) == 0


async def test_what_was_said_long_ago_counts_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Elsewhere()
    heard.heard(Crowded("one", {"ana": 3}, {"192.0.2.1": 20}))
    heard.heard(Crowded("other", {"ana": 2}, {}))
    assert heard.of_person("ana") == 5 and heard.of_network("192.0.2.1") == 20
    monkeypatch.setattr(elsewhere, "LASTS_S", 0.0)
    assert heard.of_person("ana") == 0 and heard.of_network("192.0.2.1") == 0


def test_only_those_with_several_are_told_of_and_not_without_end() -> None:
    assert many(Counter({"ana": 2, "ben": 1, "": 9}), 2) == {"ana": 2}
    crowd = Counter({str(number): number for number in range(2, MOST_NAMED + 100)})
    told = many(crowd, 2)
    assert len(told) == MOST_NAMED and str(MOST_NAMED + 99) in told
