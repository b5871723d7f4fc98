"""Reading a room without a seat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import ana, ben
from tests.live import Site, site


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


async def test_a_page_has_what_another_node_committed_and_nobody_told_of(here: Site) -> None:
    node = await here.node()
    room = await node.open()
    await node.seated(ana, room)
    unheard = await Site(here.journal).node()
    author = await unheard.seated(ben, room)
    author.send("post", id="p1", room=room, text="Two vials.")
    await author.next("ack", re="p1")
    page = await node.hub.copy_of(room, ana, 0, 100)
    assert [event.id for event in page.events][-1] == "p1"
    assert page.seq == 2
    await unheard.hub.close()
    unheard.gateway.close()
