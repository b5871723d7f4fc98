"""Sessions as their owners see and end them, and what ends by itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence import people
from persistence.database import Database
from persistence.signin import sessions, tables
from realtime.errors import Unavailable
from tests.builders import ana, ben
from tests.persistence.counting import CountingSqlite
from tests.web.databases import migrated
from tests.web.house import House, house
from tests.web.signin.people import Browser, at_browser
from web.clock import now_ms
from web.signin.activity import LOOKS, Activity
from web.signin.agents import agent
from web.signin.revocations import Revocations, Taken

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IDLE_S = 600.0


async def test_one_sees_where_one_is_signed_in_and_ends_what_is_not_wanted(home: House) -> None:
    ward, desk = await at_browser(home, ana, "192.0.2.7"), Browser(home, ana)
    desk.http.headers["user-agent"] = FIREFOX
    await desk.sign_in()
    here, there = (await desk.get("/api/sessions"))["sessions"]
    assert (here["current"], here["agent"], here["way"]) == (True, "Firefox, Windows", "password")
    assert (there["current"], there["address"]) == (False, "192.0.2.7")
    assert await desk.delete(f"/api/sessions/{there['id']}") == 204
    assert (await ward.http.get("/api/sessions/current")).status_code == 401
    assert (await desk.http.get("/api/sessions/current")).status_code == 200
    assert await desk.delete(f"/api/sessions/{there['id']}") == 404


async def test_nobody_ends_or_sees_the_sessions_of_another(home: House) -> None:
    of_ana, of_ben = await at_browser(home, ana), await at_browser(home, ben)
    session = (await of_ana.get("/api/sessions/current"))["session"]
    assert await of_ben.delete(f"/api/sessions/{session}") == 404
    assert [one["id"] for one in (await of_ben.get("/api/sessions"))["sessions"]] != [session]
    assert (await of_ana.http.get("/api/sessions/current")).status_code == 200


async def test_one_signs_out_everywhere_else(home: House) -> None:
    others = [await at_browser(home, ana) for _ in range(2)]
    here, of_ben = await at_browser(home, ana), await at_browser(home, ben)
    assert await here.delete("/api/sessions") == 204
    assert [(await other.http.get("/api/sessions/current")).status_code for other in others] == [401, 401]
    assert len((await here.get("/api/sessions"))["sessions"]) == 1
    assert (await of_ben.http.get("/api/sessions/current")).status_code == 200


async def test_every_sign_in_has_an_id_of_its_own(home: House) -> None:
    browser = await at_browser(home, ana)
    first = (await browser.get("/api/sessions/current"))["session"]
    await browser.sign_in()
    assert (await browser.get("/api/sessions/current"))["session"] != first


async def test_what_somebody_else_put_into_the_browser_is_no_session(home: House) -> None:
    browser = Browser(home, ana)
    browser.http.cookies.set("curbside_session", "chosen-by-another", domain="testserver.local", path="/")
    await browser.sign_in()
    assert (await browser.get("/api/sessions/current"))["person"] == "ana"
    assert "chosen-by-another" not in browser.http.cookies["curbside_session"]


async def test_over_tls_a_cookie_that_another_host_could_set_does_not_count(home: House) -> None:
    browser = Browser(home, ana)
    browser.http.base_url = "https://testserver"
    browser.http.headers["origin"] = "https://testserver"
    answer = await browser.sign_in()
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith("__Host-curbside_session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; ")) and "Domain" not in cookie
    value = browser.http.cookies["__Host-curbside_session"]
    plain = home.client()
    plain.base_url = "https://testserver"
    assert (
        await plain.get("/api/sessions/current", headers={"cookie": f"curbside_session={value}"})
    ).status_code == 401


async def test_a_session_lasts_as_long_as_is_set(tmp_path: Path) -> None:
    async with house(tmp_path, session_hours=1) as home:
        answer = await Browser(home, ana).sign_in()
        assert "Max-Age=3600" in answer.headers.get_list("set-cookie")[0].replace("Max-Age=3599", "Max-Age=3600")
        assert answer.json()["expires_at"] <= now_ms() + 3_600_000


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[CountingSqlite]:
    """A database with its tables, which counts."""
    async with migrated(tmp_path) as made:
        counting = CountingSqlite(str(made.path))
        yield counting
        await counting.close()


class Ward:
    """A session of ana on a ward's screen, and a clock that is set."""

    def __init__(self, database: Database) -> None:
        self.now_s = 0.0
        self.ended: dict[str, int] = {}
        self._revocations = Revocations(database, now_ms)

    async def end(self, taken: Taken) -> None:
        self.ended.update(await self._revocations.end(taken))

    async def passes(self, activity: Activity, seconds: float) -> None:
        """So much time, in which every second is looked at that counts."""
        for _ in range(round(seconds / (IDLE_S / LOOKS))):
            self.now_s += IDLE_S / LOOKS
            await activity.look()


async def test_a_session_at_which_nobody_works_ends_and_one_in_use_does_not(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        idle, used = [await (await at_browser(home, ana)).get("/api/sessions/current") for _ in range(2)]
    async with migrated(tmp_path) as database:
        ward = Ward(database)
        times = iter(range(now_ms() + 1_000, now_ms() + 10_000_000, 1_000))
        activity = Activity(database, ward.end, IDLE_S, lambda: next(times), lambda: ward.now_s)
        await activity.look()
        await ward.passes(activity, IDLE_S / 2)
        activity.note(used["session"])
        await ward.passes(activity, IDLE_S / 2)
        assert set(ward.ended) == {idle["session"]}
        left = await database.read(lambda sql: sessions.listed(sql, "ana", now_ms(), tokens=False))
        assert [row.id for row in left] == [used["session"]]
        await ward.passes(activity, IDLE_S)
        assert set(ward.ended) == {idle["session"], used["session"]}


async def test_a_node_whose_time_of_day_is_wrong_ends_nobody(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await at_browser(home, ana)
    async with migrated(tmp_path) as database:
        ward = Ward(database)
        activity = Activity(database, ward.end, IDLE_S, lambda: now_ms() + 7_200_000, lambda: ward.now_s)
        await ward.passes(activity, IDLE_S / 2)
        assert not ward.ended


async def test_programs_are_never_idle(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await at_browser(home, ana)
        await browser.post("/api/tokens", name="relay", scopes=["read"])
        await browser.delete("/api/sessions/current")
    async with migrated(tmp_path) as database:
        ward = Ward(database)
        activity = Activity(database, ward.end, IDLE_S, now_ms, lambda: ward.now_s)
        await ward.passes(activity, 3 * IDLE_S)
        assert not ward.ended


async def test_what_many_do_and_no_longer_do_is_written_in_pieces(database: CountingSqlite) -> None:
    ward, at = Ward(database), now_ms()
    rows = [
        tables.Session(id=f"s{n:03}", person="ana", way="password", created_at=at, active_at=0, expires_at=2 * at)
        for n in range(450)
    ]
    await database.write(lambda sql: people.add_many(sql, [ana], at))
    await database.write(lambda sql: sql.add_all(rows))
    activity = Activity(database, ward.end, IDLE_S, lambda: at, lambda: ward.now_s)
    await activity.look()
    for row in rows:
        activity.note(row.id)
    database.writes = 0
    await activity.write()
    assert database.writes == 3
    active = await database.read(lambda sql: sessions.activity(sql, at))
    assert set(active.values()) == {at} and len(active) == 450

    database.writes = 0
    await ward.passes(activity, 2 * IDLE_S)
    assert database.writes == 3 and len(ward.ended) == 450


async def test_what_could_not_be_written_of_many_is_written_later(database: CountingSqlite) -> None:
    activity = Activity(database, Ward(database).end, IDLE_S, now_ms)
    for n in range(450):
        activity.note(f"s{n}")
    database.away = True
    with pytest.raises(Unavailable):
        await activity.write()
    database.away, database.writes = False, 0
    await activity.write()
    assert database.writes == 3


async def test_that_somebody_works_is_written_together(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await at_browser(home, ana)
        assert (await browser.post("/api/sessions/current/active")).status_code == 204
        session = (await browser.get("/api/sessions/current"))["session"]
    async with migrated(tmp_path) as database:
        row = await database.read(lambda sql: sql.get(tables.Session, session))
    assert row is not None and row.active_at > row.created_at


def test_browsers_are_named_in_words() -> None:
    assert agent(FIREFOX) == "Firefox, Windows"
    assert agent("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/605.1") == "Safari, iPhone"
    assert agent("python-httpx/0.28") == ""
    assert agent("x" * 100_000) == ""
