"""Where people come from, over real sockets."""

import asyncio
import sqlite3
from contextlib import closing

from tests.endtoend.callers import Callers
from tests.endtoend.site import Embedded

PATIENCE_S = 20


async def test_a_join_over_a_websocket_is_recorded_with_the_client_s_address(embedded: Embedded) -> None:
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        await callers.seated("ana", room)
        async with asyncio.timeout(PATIENCE_S):
            while not (found := await asyncio.to_thread(joins, embedded, room)):
                continue
    assert found == [("127.0.0.1", "ok")]


def joins(embedded: Embedded, room: str) -> list[tuple[str, str]]:
    """Address and outcome of each."""
    wanted = "SELECT address, outcome FROM audit WHERE act = 'join' AND room = ?"
    with closing(sqlite3.connect(embedded.var / "curbside.db")) as connection:
        return connection.execute(wanted, [room]).fetchall()
