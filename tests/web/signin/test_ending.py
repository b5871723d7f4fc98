"""A session or token that is ended: refused everywhere, or else listed still, whatever fails on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from sqlmodel import Session as Sql

from persistence.signin import tables
from persistence.sqlite import Sqlite
from realtime.errors import Unavailable
from tests.builders import ana
from tests.web.house import House, house
from tests.web.signin.people import Browser, at_browser

T = TypeVar("T")

ENDS = ["session", "all", "token", "current"]


class Ended:
    """What is ended at a browser of ana, how, and what its holder sends."""

    def __init__(self, browser: Browser, id: str, path: str, headers: dict[str, str]) -> None:
        self.browser = browser
        self.id = id
        self.path = path
        self.headers = headers

    async def end(self) -> int:
        """The status of the answer to who ends it."""
        return await self.browser.delete(self.path)

    async def known(self, home: House) -> int:
        """The status of the answer to its holder."""
        return (await home.client().get("/api/sessions/current", headers=self.headers)).status_code

    async def listed(self, home: House) -> bool:
        """Whether its owner sees it."""
        browser = await at_browser(home, ana)
        lists = await browser.get("/api/sessions"), await browser.get("/api/tokens")
        return self.id in [one["id"] for found in lists for rows in found.values() for one in rows]


async def to_end(home: House, what: str) -> Ended:
    """A session or token that ana is about to end."""
    browser = await at_browser(home, ana)
    if what == "token":
        made = (await browser.post("/api/tokens", name="relay", scopes=["read"])).json()
        return Ended(browser, made["id"], f"/api/tokens/{made['id']}", {"authorization": f"Bearer {made['token']}"})
    held = browser if what == "current" else await at_browser(home, ana)
    id = (await held.get("/api/sessions/current"))["session"]
    paths = {"session": f"/api/sessions/{id}", "all": "/api/sessions", "current": "/api/sessions/current"}
    return Ended(browser, id, paths[what], {"cookie": f"curbside_session={held.http.cookies['curbside_session']}"})


def fails(monkeypatch: pytest.MonkeyPatch, session: str, when: Literal["before", "after"]) -> None:
    """Let the write that takes `session` off the list fail before or after its commit; none after it succeeds."""
    write, away = Sqlite.write, False

    async def failing(self: Sqlite, fn: Callable[[Sql], T]) -> T:
        def looked(sql: Sql) -> T:
            nonlocal away
            result = fn(sql)
            sql.flush()
            away = sql.get(tables.Session, session) is None
            if away and when == "before":
                raise Unavailable()
            return result

        if away:
            raise Unavailable()
        result = await write(self, looked)
        if away:
            raise Unavailable()
        return result

    monkeypatch.setattr(Sqlite, "write", failing)


@pytest.mark.parametrize("what", ENDS)
async def test_what_is_off_the_list_is_refused_by_every_node_though_all_that_follows_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    async with house(tmp_path) as home:
        ended = await to_end(home, what)
        with monkeypatch.context() as patch:
            fails(patch, ended.id, "after")
            assert await ended.end() == 503
        async with house(tmp_path) as elsewhere:
            assert await ended.known(elsewhere) == 401
            assert not await ended.listed(elsewhere)


@pytest.mark.parametrize("what", ENDS)
async def test_what_could_not_be_ended_is_listed_still_and_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    async with house(tmp_path) as home:
        ended = await to_end(home, what)
        with monkeypatch.context() as patch:
            fails(patch, ended.id, "before")
            assert await ended.end() == 503
        assert await ended.known(home) == 200
        assert await ended.listed(home)
        assert await ended.end() == 204
        assert await ended.known(home) == 401
        async with house(tmp_path) as elsewhere:
            assert await ended.known(elsewhere) == 401
