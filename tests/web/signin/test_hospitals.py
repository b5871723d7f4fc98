"""Signing in with a hospital's account, against a real OpenID Connect provider."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.builders import ana, ben
from tests.provider.server import Provider
from tests.web.house import House, house
from tests.web.signin.keyring import Keyring
from tests.web.signin.people import Browser, aged, at_browser
from web.settings import InvalidSettings, load
from web.signin.hospitals import hospitals

HOSPITAL = "/api/signin/hospitals/st-olav"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as server:
        yield server


@pytest.fixture
async def home(tmp_path: Path, provider: Provider) -> AsyncIterator[House]:
    provider.knows("n1", preferred_username="dr_nora", email="nora@stolav.example", email_verified=True)
    async with house(tmp_path, hospitals=written(tmp_path, provider.settings())) as running:
        yield running


def written(folder: Path, text: str) -> Path:
    path = folder / "hospitals.toml"
    path.write_text(text)
    return path


async def start(browser: Browser, **wish: Any) -> str:
    """Where the browser is sent to."""
    answer = await browser.post(HOSPITAL, **wish)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["location"])


async def there(location: str) -> str:
    """With what the provider sends the browser back, after whoever sits there has signed in."""
    async with httpx.AsyncClient() as elsewhere:
        for _ in range(10):
            answer = await elsewhere.get(location)
            location = answer.headers["location"]
            if location.startswith("http://testserver"):
                return location
            location = str(answer.url.join(location))
    raise AssertionError(location)


async def back(browser: Browser, location: str) -> str:
    """Where the browser is at the end."""
    parts = urlsplit(location)
    answer = await browser.http.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def come(browser: Browser) -> str:
    """The whole way, there and back."""
    return await back(browser, await there(await start(browser)))


async def test_everyone_is_told_which_hospitals_there_are(home: House) -> None:
    assert "hospital" in (await home.client().get("/api/signin")).json()["ways"]
    listed = (await home.client().get("/api/signin/hospitals")).json()
    assert listed == {"hospitals": [{"id": "st-olav", "name": "St. Olav"}]}


async def test_what_is_asked_of_the_provider_is_bound_to_this_sign_in(home: House) -> None:
    asked = [parse_qs(urlsplit(await start(Browser(home, ana))).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"] and asked[0]["response_type"] == ["code"]
    assert asked[0]["redirect_uri"] == ["http://testserver/api/signin/back"]


async def test_who_comes_for_the_first_time_becomes_an_unverified_clinician(home: House) -> None:
    browser = Browser(home, ana)
    assert await come(browser) == "/signin?hospital=new"
    assert await browser.get("/api/signin/newcomer") == {"hospital": "St. Olav", "handle": "dr_nora"}
    taken = await browser.post("/api/sessions/newcomer", handle=ana.handle)
    assert taken.status_code == 409
    welcome = await browser.post("/api/sessions/newcomer", handle="dr_nora")
    assert welcome.status_code == 201 and (welcome.json()["role"], welcome.json()["tier"]) == ("clinician", 0)
    assert (await browser.http.get("/api/signin/newcomer")).status_code == 404
    again = Browser(home, ana)
    assert await come(again) == "/"
    assert (await again.get("/api/sessions/current"))["handle"] == "dr_nora"
    assert (await again.get("/api/sessions"))["sessions"][0]["way"] == "hospital"


async def test_an_account_is_linked_after_a_proof_of_both(home: House, provider: Provider) -> None:
    browser = await at_browser(home, ana)
    assert await come(browser) == "/signin?hospital=new"
    aged(home, browser)
    assert (await browser.post("/api/hospitals")).json()["code"] == "proof_needed"
    await browser.sign_in()
    assert (await browser.post("/api/hospitals")).status_code == 204
    again = Browser(home, ana)
    assert await come(again) == "/"
    assert (await again.get("/api/sessions/current"))["person"] == "ana"
    assert (await again.get("/api/security"))["hospitals"] == [provider.url]
    (linked,) = (await again.get("/api/hospitals"))["hospitals"]
    assert (linked["id"], linked["name"]) == ("st-olav", "St. Olav") and linked["linked_at"] > 0
    assert (await (await at_browser(home, ben)).get("/api/hospitals"))["hospitals"] == []
    assert await again.delete("/api/hospitals/st-olav") == 204
    assert await come(Browser(home, ana)) == "/signin?hospital=new"


async def test_the_last_way_in_is_not_removed(home: House) -> None:
    browser = Browser(home, ana)
    await come(browser)
    await browser.post("/api/sessions/newcomer", handle="dr_nora")
    await browser.set_up_app()
    assert await browser.delete("/api/hospitals/st-olav") == 409, "an app is no way in without a password"
    passkey = (await browser.make_passkey(Keyring())).json()
    assert await browser.delete("/api/hospitals/st-olav") == 204
    assert await browser.delete(f"/api/passkeys/{passkey['id']}") == 409
    assert len((await browser.get("/api/security"))["passkeys"]) == 1


async def test_an_account_belongs_to_one_person(home: House) -> None:
    first, second = await at_browser(home, ana), await at_browser(home, ben)
    assert [await come(browser) for browser in (first, second)] == ["/signin?hospital=new"] * 2
    assert (await first.post("/api/hospitals")).status_code == 204
    assert (await second.post("/api/hospitals")).status_code == 409


async def test_without_having_been_at_the_hospital_nobody_is_linked(home: House) -> None:
    browser = await at_browser(home, ana)
    assert (await browser.post("/api/hospitals")).status_code == 404
    assert (await browser.post("/api/sessions/newcomer", handle="x")).status_code == 404
    browser.http.cookies.set("curbside_arrived", "Zm9yZ2Vk", domain="testserver.local", path="/")
    assert (await browser.post("/api/hospitals")).status_code == 404


async def test_what_comes_back_counts_once_and_only_in_the_browser_that_left(home: House) -> None:
    browser = Browser(home, ana)
    location = await there(await start(browser))
    assert await back(Browser(home, ana), location) == "/signin?hospital=refused"
    thief = Browser(home, ben)
    await start(thief)
    assert await back(thief, location) == "/signin?hospital=refused"
    held = dict(browser.http.cookies)
    assert await back(browser, location) == "/signin?hospital=new"
    for name, value in held.items():
        browser.http.cookies.set(name, value, domain="testserver.local", path="/")
    assert await back(browser, location) == "/signin?hospital=refused"


async def test_a_code_that_was_used_is_refused_by_the_provider(home: House) -> None:
    first, second = Browser(home, ana), Browser(home, ana)
    used = await there(await start(first))
    await back(first, used)
    other = await there(await start(second))
    code, foreign = (parse_qs(urlsplit(one).query)["code"][0] for one in (other, used))
    assert await back(second, other.replace(code, foreign)) == "/signin?hospital=refused"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"aud": ["curbside", "another-client"]},
        {"azp": "another-client"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
)
async def test_an_id_token_that_is_not_for_this_sign_in_is_refused(
    home: House, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.bend(**claims)
    assert await come(Browser(home, ana)) == "/signin?hospital=refused"


async def test_an_id_token_that_says_more_is_accepted(home: House, provider: Provider) -> None:
    provider.bend(zoneinfo="Europe/Oslo", aud=["curbside"])
    assert await come(Browser(home, ana)) == "/signin?hospital=new"


async def test_an_answer_of_another_issuer_is_refused(home: House, provider: Provider) -> None:
    browser = Browser(home, ana)
    location = await there(await start(browser))
    assert "iss=" in location
    forged = location.split("iss=")[0] + "iss=https%3A%2F%2Fevil.example"
    assert await back(browser, forged) == "/signin?hospital=refused"


async def test_made_up_codes_are_stopped_by_address(home: House, provider: Provider) -> None:
    for _ in range(10):
        browser = Browser(home, ana)
        state = parse_qs(urlsplit(await start(browser)).query)["state"][0]
        await back(browser, f"http://testserver/api/signin/back?code=x&state={state}&iss={provider.url}")
    assert await come(Browser(home, ana)) == "/signin?hospital=refused"
    assert await come(Browser(home, ana, address="198.51.100.1")) == "/signin?hospital=new"


async def test_who_turns_back_at_the_hospital_is_told_so(home: House) -> None:
    browser = Browser(home, ana)
    state = parse_qs(urlsplit(await start(browser)).query)["state"][0]
    location = f"http://testserver/api/signin/back?error=access_denied&state={state}"
    assert await back(browser, location) == "/signin?hospital=refused"


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"domains": '["stolav.example"]'}, "/signin?hospital=new"),
        ({"domains": '["other.example"]'}, "/signin?hospital=refused"),
        ({"claims": '{groups = "doctors"}'}, "/signin?hospital=new"),
        ({"claims": '{groups = "porters"}'}, "/signin?hospital=refused"),
    ],
)
async def test_only_those_come_in_whom_the_operator_named(
    tmp_path: Path, provider: Provider, more: dict[str, str], where: str
) -> None:
    provider.knows("n2", email="nils@stolav.example", email_verified=True, groups=["staff", "doctors"])
    async with house(tmp_path, hospitals=written(tmp_path, provider.settings(**more))) as home:
        assert await come(Browser(home, ana)) == where


async def test_a_provider_that_is_away_is_said_and_others_sign_in(tmp_path: Path, provider: Provider) -> None:
    away = provider.settings(issuer='"http://127.0.0.1:9"')
    async with house(tmp_path, hospitals=written(tmp_path, away)) as home:
        answer = await Browser(home, ana).post(HOSPITAL)
        assert answer.status_code == 503 and answer.json()["detail"].startswith("The hospital's sign-in did not answer")
        assert (await Browser(home, ana).sign_in()).status_code == 201


async def test_one_signs_out_of_the_hospital_as_well(home: House, provider: Provider) -> None:
    location = (await home.client().get(f"{HOSPITAL}/farewell")).json()["location"]
    assert location.startswith(f"{provider.url}/session/end?client_id=curbside&post_logout_redirect_uri=http%3A%2F%2F")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[hospital]", "no TOML"),
        ("[[hospital]]\nid = 1", "hospital"),
        ("[[hospital]]\nid='a'\nname='A'\nissuer='http://hospital.example'\nclient_id='c'\nclient_secret='s'", "https"),
        ("[[hospital]]\nid='a'\nname='A'\nissuer='https://hospital.example'\nclient_id='c'", "client_secret"),
        ("[[hospital]]\nid='a'\nname='A'\nissuer='https://h.example'\nclient_id='c'\nclient_secret='s'\nx=1", "x"),
    ],
)
def test_a_file_that_is_wrong_is_said_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidSettings, match=said):
        hospitals(load(hospitals=written(tmp_path, text)))
