"""A reset holds against who is just signing in, and against what an ended session asks before nodes have heard."""

from collections.abc import Awaitable, Callable, Sequence, Set
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from persistence.signin import tables
from tests.builders import ana
from tests.web.databases import migrated
from tests.web.house import audit, house
from tests.web.signin.keyring import Keyring
from tests.web.signin.people import Browser, at_browser
from tests.web.signin.test_setups import NEW, reset
from web.signin.attempts import Attempts
from web.signin.passkeys import Passkeys
from web.signin.passwords import Passwords
from web.signin.revocations import Revocations


@pytest.fixture
def resets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str], None]:
    """Let ana be reset when this function of this class has its answer, before it is given."""

    def after(of: type, name: str) -> None:
        function: Callable[..., Awaitable[Any]] = getattr(of, name)

        async def paused(*given: Any, **more: Any) -> Any:
            answer = await function(*given, **more)
            monkeypatch.setattr(of, name, function)
            assert (await reset(tmp_path, ana.handle, monkeypatch)).exit_code == 0
            return answer

        monkeypatch.setattr(of, name, paused)

    return after


async def left(folder: Path) -> Sequence[tables.Session]:
    """The sessions and tokens of ana, once the house is left."""
    own = select(tables.Session).where(tables.Session.person == "ana")
    async with migrated(folder) as database:
        return await database.read(lambda sql: sql.exec(own).all())


async def test_a_password_that_a_reset_takes_while_it_is_compared_signs_nobody_in(
    tmp_path: Path, resets: Callable[[type, str], None]
) -> None:
    async with house(tmp_path) as home:
        resets(Passwords, "match")
        answer = await Browser(home, ana).sign_in()
        assert answer.status_code == 401 and "set-cookie" not in answer.headers
    assert await left(tmp_path) == []
    assert ("sign_in_failed", "ana", "", "changed meanwhile") in await audit(tmp_path)


async def test_a_passkey_that_a_reset_takes_once_it_has_signed_signs_nobody_in(
    tmp_path: Path, resets: Callable[[type, str], None]
) -> None:
    keyring = Keyring()
    async with house(tmp_path) as home:
        await (await at_browser(home, ana)).make_passkey(keyring)
        resets(Passkeys, "used")
        assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 401
    assert await left(tmp_path) == []


async def test_a_setup_code_is_void_when_another_reset_comes_before_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resets: Callable[[type, str], None]
) -> None:
    async with house(tmp_path) as home:
        code = (await reset(tmp_path, ana.handle, monkeypatch)).output.split("\n")[-2]
        resets(Attempts, "succeeded")
        wish = {"handle": ana.handle, "code": code, "password": NEW}
        assert (await Browser(home, ana).post("/api/sessions/setup", **wish)).status_code == 401
    assert await left(tmp_path) == []


async def test_a_session_that_has_just_been_ended_makes_no_token_and_no_passkey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_heard(_: Revocations) -> Set[str]:
        return frozenset()

    monkeypatch.setattr(Revocations, "refresh", nothing_heard)
    keyring = Keyring()
    async with house(tmp_path) as home:
        browser = await at_browser(home, ana)
        assert (await reset(tmp_path, ana.handle, monkeypatch)).exit_code == 0
        assert (await browser.http.get("/api/sessions/current")).status_code == 200
        assert (await browser.post("/api/tokens", name="relay", scopes=["read"])).status_code == 401
        assert (await browser.make_passkey(keyring)).status_code == 401
        assert (await Browser(home, ana).sign_in_with(keyring)).status_code == 401
    assert await left(tmp_path) == []
