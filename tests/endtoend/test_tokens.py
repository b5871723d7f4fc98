"""Tokens and sessions over the real socket: what they are for holds there too, and their end reaches every node."""

import asyncio
from typing import Any, Final

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from persistence.signin.sessions import TOKEN
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import PASSWORD, Embedded

CLEO: Final = {"handle": "cleo", "password": PASSWORD}


class AtBrowser:
    """cleo at a browser of a node, signed in."""

    def __init__(self, callers: Callers, node: int, cookie: str) -> None:
        self._callers = callers
        self._node = node
        self.headers = {"Cookie": f"curbside_session={cookie}", "Origin": f"http://{callers.address('', node)}"}

    @classmethod
    async def signed_in(cls, callers: Callers, node: int = 0) -> "AtBrowser":
        answer = await callers.request("POST", "/api/sessions", node=node, json=CLEO)
        assert answer.status_code == 201, answer.text
        return cls(callers, node, str(answer.cookies["curbside_session"]))

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer to this browser."""
        return await self._callers.request(method, path, node=self._node, headers=self.headers, **more)

    async def token(self, *scopes: str) -> Any:
        """A new token, as it is shown once."""
        answer = await self.ask("POST", "/api/tokens", json={"name": "relay", "scopes": scopes})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def socket(self) -> Raw:
        """A connection of this browser."""
        return await Raw.open(self._callers.address("", self._node), headers=self.headers)


def bearing(token: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {token['token']}"}


async def test_a_reading_token_reads_a_room_and_sends_no_command(callers: Callers) -> None:
    room = await callers.open_case()
    token = await (await AtBrowser.signed_in(callers)).token("read")
    headers = bearing(token)
    ticket = (await callers.request("POST", "/api/tickets", headers=headers)).json()["ticket"]
    for raw in (
        await Raw.open(callers.address("", 0), headers=headers),
        await Raw.open(callers.address("", 0), query=f"?ticket={ticket}"),
    ):
        assert (await raw.ask("join", room=room))["t"] == "joined"
        for command in ({"t": "post", "text": said("no")}, {"t": "close", "disposition": "x", "summary": "y"}):
            assert (await raw.ask(**command, room=room))["code"] == "forbidden"
        await raw.hang_up()
    assert len(await callers.log(room)) == 1


async def test_a_writing_token_writes(callers: Callers) -> None:
    room = await callers.open_case()
    raw = await Raw.open(
        callers.address("", 0), headers=bearing(await (await AtBrowser.signed_in(callers)).token("write"))
    )
    assert (await raw.ask("join", room=room))["t"] == "joined"
    assert (await raw.ask("post", room=room, text=said("yes")))["t"] == "ack"
    await raw.hang_up()


async def test_no_token_ticket_or_cookie_stands_in_a_log(callers: Callers) -> None:
    browser = await AtBrowser.signed_in(callers)
    token = await browser.token("read")
    ticket = (await callers.request("POST", "/api/tickets", headers=bearing(token))).json()["ticket"]
    raw = await Raw.open(callers.address("", 0), query=f"?ticket={ticket}")
    await raw.hang_up()
    assert (await browser.ask("DELETE", f"/api/tokens/{token['id']}")).status_code == 204
    assert (await callers.request("GET", "/api/cases", headers=bearing(token))).status_code == 401
    log = "".join(process.log.read_text() for process in callers.site.processes)
    for secret in (token["token"], ticket, browser.headers["Cookie"].partition("=")[2]):
        assert secret not in log


async def test_a_token_that_is_ended_loses_its_connections_on_every_node_within_a_second(callers: Callers) -> None:
    browser = await AtBrowser.signed_in(callers, node=0)
    token = await browser.token("read")
    there = await Raw.open(callers.address("", 1), headers=bearing(token))
    async with asyncio.timeout(1):
        assert (await browser.ask("DELETE", f"/api/tokens/{token['id']}")).status_code == 204
        assert await there.closed() == 4401
    assert (await callers.request("GET", "/api/cases", node=0, headers=bearing(token))).status_code == 401


async def test_a_session_that_is_ended_from_another_loses_its_connections(callers: Callers) -> None:
    here, there = await AtBrowser.signed_in(callers, node=0), await AtBrowser.signed_in(callers, node=1)
    kept, lost = await here.socket(), await there.socket()
    async with asyncio.timeout(1):
        assert (await here.ask("DELETE", "/api/sessions")).status_code == 204
        assert await lost.closed() == 4401
    assert (await kept.ask("watch"))["t"] == "ack"
    await kept.hang_up()
    listed = (await here.ask("GET", "/api/sessions")).json()["sessions"]
    assert [one["current"] for one in listed] == [True] and TOKEN not in [one["way"] for one in listed]


async def test_a_person_who_is_reset_loses_every_connection(embedded: Embedded) -> None:
    async with Callers(embedded) as callers:
        browser = await AtBrowser.signed_in(callers)
        made, listed = bearing(await browser.token("read")), await browser.socket()
        program, script = await Raw.open(callers.address("", 0), headers=made), await callers.call("cleo")
        result = await asyncio.to_thread(embedded.curbside, "person", "reset", "cleo")
        assert result.returncode == 0, result.stderr
        assert [await raw.closed() for raw in (listed, program, script)] == [4401] * 3
        with pytest.raises(InvalidStatus):
            await Raw.open(callers.address("", 0), headers=made)
