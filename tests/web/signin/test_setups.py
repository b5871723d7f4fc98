"""Beginning anew with the code that `curbside person reset` prints."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.builders import ana, ben
from tests.web.house import House, house
from tests.web.signin.keyring import Keyring
from tests.web.signin.people import Browser, at_browser
from web.cli import main

NEW = "another long password"


async def reset(folder: Path, handle: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What the command says."""
    monkeypatch.setenv("CURBSIDE_VAR", str(folder))
    return await asyncio.to_thread(CliRunner().invoke, main, ["person", "reset", handle])


async def set_up(home: House, code: str, handle: str = ana.handle, password: str = NEW) -> int:
    """The status of the answer to this code."""
    answer = await Browser(home, ana).post("/api/sessions/setup", handle=handle, code=code, password=password)
    return answer.status_code


async def known(home: House, **headers: str) -> int:
    """The status of the answer to somebody who asks who they are."""
    return (await home.client().get("/api/sessions/current", headers=headers)).status_code


async def test_nobody_is_reset_who_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = await reset(tmp_path, "nobody", monkeypatch)
    assert result.exit_code != 0 and "There is no person `nobody`" in result.output


async def test_after_a_reset_nothing_of_before_counts_and_the_code_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring()
    async with house(tmp_path) as home:
        browser = await at_browser(home, ana)
        await browser.make_passkey(keyring)
        await browser.set_up_app()
        token = (await browser.post("/api/tokens", name="relay", scopes=["read"])).json()["token"]
    cookie = f"curbside_session={browser.http.cookies['curbside_session']}"
    code = (await reset(tmp_path, ana.handle, monkeypatch)).output.split("\n")[-2]
    async with house(tmp_path) as home:
        assert await known(home, cookie=cookie) == 401
        assert await known(home, authorization=f"Bearer {token}") == 401
        assert (await Browser(home, ana).sign_in()).status_code == 401
        assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 401
        assert await set_up(home, code, handle=ben.handle) == 401
        assert await set_up(home, code, password="short") == 422
        assert await set_up(home, code.upper()) == 201
        assert await set_up(home, code) == 401
        assert (await Browser(home, ana).sign_in(password=NEW)).status_code == 201
        assert (await Browser(home, ben).sign_in()).status_code == 201
