"""Calling more people to a case, on a server that rings and on one that does not."""

from pathlib import Path

import pytest

from tests.builders import ana, cleo
from tests.live import site


@pytest.mark.parametrize("rings", [True, False])
async def test_people_are_called_only_where_the_server_rings(tmp_path: Path, rings: bool) -> None:
    async with site(tmp_path) as made:
        node = await made.node()
        node.hub.node.rings = rings
        room = await node.open(cleo)
        caller = await node.seated(ana, room)
        caller.send("page", id="p1", room=room, specialty="surgery")
        answer = await caller.next("ack", "error", re="p1")
        assert (answer["t"] == "ack") is rings
        if not rings:
            assert "rings nobody" in answer["message"]
