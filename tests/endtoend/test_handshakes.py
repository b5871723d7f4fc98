"""Many who come at once, and those who come without coming to the point."""

import asyncio
from pathlib import Path

from tests.endtoend.raw import Raw
from tests.endtoend.site import Embedded

STRANGERS = 300


async def test_a_storm_of_people_whom_the_node_does_not_know_yet_is_let_in(embedded: Embedded, tmp_path: Path) -> None:
    address = embedded.web(0).address
    tokens = tmp_path / "their tokens"
    embedded.curbside("token", "--count", str(STRANGERS), "--role", "physician", "--out", str(tokens))
    people = tokens.read_text().split()
    raws = await asyncio.gather(*(Raw.open(address, headers={"Authorization": f"Bearer {token}"}) for token in people))
    assert len({raw.me["person"] for raw in raws}) == STRANGERS
    for raw in raws:
        await raw.hang_up()


async def test_whoever_opens_a_line_and_says_nothing_is_hung_up_on(embedded: Embedded) -> None:
    host, _, port = embedded.web(0).address.partition(":")
    silent = await asyncio.open_connection(host, int(port))
    dripping = await asyncio.open_connection(host, int(port))
    dripping[1].write(b"GET /ws HTTP/1.1\r\nHost: x\r\n")
    async with asyncio.timeout(15):
        for reader, writer in (silent, dripping):
            try:
                assert await reader.read() == b""
            except ConnectionResetError:
                pass
            writer.close()
