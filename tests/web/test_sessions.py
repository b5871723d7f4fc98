from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from tests.builders import ana, ben, cleo, mo
from tests.web.house import ORIGIN, PASSWORD, House, audit, house
from web.clock import now_ms
from web.signin.attempts import PER_HANDLE

ME = {"person": "ana", "handle": "dr_ana", "role": "physician", "specialty": "cardiology", "tier": 3}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


def signing_in(handle: str = ana.handle, password: str = PASSWORD) -> dict[str, str]:
    return {"handle": handle, "password": password}


async def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get(home: House) -> None:
    answer = await home.client().post("/api/sessions", json=signing_in())
    assert answer.status_code == 201
    assert answer.json().items() >= ME.items()
    cookie, mark = answer.headers.get_list("set-cookie")
    assert cookie.startswith("curbside_session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert mark.startswith("curbside_signed_in=1;")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_page_can_tell_whether_somebody_is_signed_in(home: House) -> None:
    client = await home.browser(ana)
    assert client.cookies["curbside_signed_in"] == "1"
    await client.delete("/api/sessions/current", headers={"origin": ORIGIN})
    assert not client.cookies


async def test_the_cookie_is_secure_over_tls(home: House) -> None:
    client = home.client()
    client.base_url = "https://testserver"
    answer = await client.post("/api/sessions", json=signing_in())
    assert all("Secure" in cookie.split("; ") for cookie in answer.headers.get_list("set-cookie"))


async def test_who_is_signed_in_is_told(home: House) -> None:
    client = await home.browser(ana)
    answer = await client.get("/api/sessions/current")
    assert answer.status_code == 200
    assert answer.json().items() >= ME.items()
    assert answer.json()["expires_at"] > now_ms()
    assert (await home.client(ana).get("/api/sessions/current")).json().items() >= ME.items()


async def test_without_signing_in_nobody_is_known(home: House) -> None:
    answer = await home.client().get("/api/sessions/current")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    problem = answer.json()
    assert (problem["title"], problem["status"], problem["code"]) == ("Unauthorized", 401, "unauthenticated")
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize("wish", [signing_in(password="wrong"), signing_in("nobody"), signing_in("DR_ANA")])
async def test_a_wrong_handle_and_a_wrong_password_look_alike(home: House, wish: dict[str, str]) -> None:
    answer = await home.client().post("/api/sessions", json=wish)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Handle or password is wrong. Check both."
    assert "set-cookie" not in answer.headers


async def test_guessing_is_stopped_per_handle_and_goes_on_for_others(home: House) -> None:
    for number in range(PER_HANDLE):
        answer = await home.client(address=f"192.0.2.{number}").post("/api/sessions", json=signing_in(password="no"))
        assert answer.status_code == 401
    stopped = await home.client(address="198.51.100.1").post("/api/sessions", json=signing_in())
    assert stopped.status_code == 429
    assert stopped.json()["code"] == "rate_limited"
    assert 0 < int(stopped.headers["retry-after"]) <= 60
    assert (await home.client().post("/api/sessions", json=signing_in(ben.handle))).status_code == 201


async def test_a_form_of_another_site_cannot_sign_anyone_in(home: House) -> None:
    as_form = await home.client().post("/api/sessions", data=signing_in())
    assert as_form.status_code == 415
    as_text = await home.client().post("/api/sessions", content=b"{}", headers={"content-type": "text/plain"})
    assert as_text.status_code == 415
    foreign = await home.client().post("/api/sessions", json=signing_in(), headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    own = await home.client().post("/api/sessions", json=signing_in(), headers={"origin": ORIGIN})
    assert own.status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 422),
        (b"[]", 422),
        (b'{"handle": "dr_ana"}', 422),
        (b'{"handle": "dr_ana", "password": 1}', 422),
        (b'{"handle": "' + b"a" * 65 + b'", "password": "x"}', 422),
        (b'{"handle": "dr_ana", "password": "\\ud800"}', 400),
        (b'{"handle": "dr_ana", "password": "' + b"x" * 131_072 + b'"}', 413),
    ],
)
async def test_a_strange_body_is_a_problem_and_no_traceback(home: House, body: bytes, status: int) -> None:
    answer = await home.client().post("/api/sessions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_signing_out_ends_the_session_at_once_for_all_who_hold_it(home: House) -> None:
    client = await home.browser(ana)
    cookie = client.cookies["curbside_session"]
    answer = await client.delete("/api/sessions/current", headers={"origin": ORIGIN})
    assert answer.status_code == 204
    assert 'curbside_session="";' in answer.headers["set-cookie"]
    again = await home.client().get("/api/sessions/current", headers={"cookie": f"curbside_session={cookie}"})
    assert again.status_code == 401
    assert "was ended" in again.json()["detail"]


async def test_a_token_is_signed_out_too(home: House) -> None:
    client = home.client(ana)
    assert (await client.delete("/api/sessions/current")).status_code == 204
    assert (await client.get("/api/sessions/current")).status_code == 401


async def test_a_token_for_a_role_that_one_does_not_have_is_refused(home: House) -> None:
    forged = {"authorization": f"Bearer {home.token(cleo, role='moderator')}"}
    answer = await home.client().get("/api/sessions/current", headers=forged)
    assert answer.status_code == 401
    assert "role has changed" in answer.json()["detail"]


async def test_expired_foreign_and_strange_tokens_are_refused(home: House) -> None:
    nobody = home.token(msgspec.structs.replace(ana, id="nobody"))
    expired = home.token(ana, ttl_ms=0)
    cookie = (await home.browser(ana)).cookies["curbside_session"]
    for text in (f"Bearer {nobody}", f"Bearer {expired}", f"Bearer {cookie}", "Bearer", "Basic YTpi", "", "Bearer é"):
        answer = await home.client().get("/api/sessions/current", headers={b"authorization": text.encode()})
        assert answer.status_code == 401, text


async def test_a_bad_token_beside_a_good_cookie_is_refused(home: House) -> None:
    client = await home.browser(ana)
    answer = await client.get("/api/sessions/current", headers={"authorization": "Bearer x"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "https://testserver",
        "http://testserver:80",
        "http://testserver:8000",
        "http://testserver.evil.example",
        "http://eviltestserver",
        "http://TESTSERVER",
        "http://testserver/",
        "http://user@testserver",
        "http://t\u0435stserver",
        "ws://testserver",
        "https://evil.example",
    ],
)
async def test_a_cookie_counts_for_changes_only_beside_our_own_origin(home: House, origin: str | None) -> None:
    client = await home.browser(ana)
    headers = {b"origin": origin.encode()} if origin is not None else {}
    answer = await client.post("/api/tickets", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "forbidden"
    assert (await client.get("/api/sessions/current", headers=headers)).status_code == 200


async def test_a_cookie_beside_our_own_origin_counts(home: House) -> None:
    client = await home.browser(ana)
    assert (await client.post("/api/tickets", headers={"origin": ORIGIN})).status_code == 201


async def test_a_listed_origin_may_use_cookies(tmp_path: Path) -> None:
    async with house(tmp_path, origins="https://consult.example") as home:
        client = await home.browser(ana)
        assert (await client.post("/api/tickets", headers={"origin": "https://consult.example"})).status_code == 201


async def test_tickets_are_given_to_those_who_are_known(home: House) -> None:
    answer = await home.client(mo).post("/api/tickets")
    assert answer.status_code == 201
    assert len(answer.json()["ticket"]) == 43
    assert 0 < answer.json()["expires_at"] - now_ms() <= 30_000
    assert (await home.client().post("/api/tickets")).status_code == 401
    as_form = await home.client(mo).post("/api/tickets", data={"a": "b"})
    assert as_form.status_code == 415


async def test_a_ticket_is_no_way_into_http(home: House) -> None:
    ticket = (await home.client(ana).post("/api/tickets")).json()["ticket"]
    assert (await home.client().get(f"/api/sessions/current?ticket={ticket}")).status_code == 401


async def test_signing_in_and_its_refusals_leave_audit_lines(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = await home.browser(ana)
        await home.client().post("/api/sessions", json=signing_in(password="no"))
        await home.client().post("/api/sessions", json=signing_in("a name nobody has"))
        await client.post("/api/tickets", headers={"origin": "https://evil.example"})
        await client.delete("/api/sessions/current", headers={"origin": ORIGIN})
    assert await audit(tmp_path) == [
        ("signed_in", "ana", "", ""),
        ("sign_in_failed", "ana", "", ""),
        ("sign_in_failed", "", "", ""),
        ("origin_refused", "ana", "", ""),
        ("signed_out", "ana", "", ""),
    ]


async def test_everyone_is_told_how_to_sign_in(home: House) -> None:
    assert (await home.client().get("/api/signin")).json() == {
        "ways": ["passkey", "password"],
        "demo": False,
        "idle_s": 1_800,
    }
