"""U+0000, which PostgreSQL does not keep, is refused wherever somebody could send it over HTTP."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import ana, cleo, mo
from tests.web.house import CASE, House, house
from web.api.nul import check_json
from web.api.problems import Problem


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as made:
        yield made


async def test_no_address_may_have_it(home: House) -> None:
    client = home.client(mo)
    routes = [(method, route) for route in home.app.router.routes for method in getattr(route, "methods", None) or ()]
    addresses = {
        (method, re.sub(r"\{[^}]+\}", "a%00b", route.path))  # type: ignore[attr-defined]
        for method, route in routes
        if "{" in route.path  # type: ignore[attr-defined]
    }
    assert len(addresses) > 30
    for method, address in addresses | {("GET", "/%00")}:
        answer = await client.request(method, address)
        assert (answer.status_code, method == "HEAD" or answer.json()["code"]) in ((404, "not_found"), (404, True))
    answer = await client.get("/api/cases?after=a%00b")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/sessions", {"handle": "a\0b", "password": "long enough"}),
        ("POST", "/api/tokens", {"name": "a\0b", "scopes": ["read"]}),
        ("POST", "/api/cases", CASE | {"title": "a\0b"}),
        ("POST", "/api/verification/appeals", {"text": "a\0b"}),
        ("PUT", "/api/me/verification", {"family": "a\0b", "country": "NZ"}),
        ("POST", "/api/vouches", {"handle": "a\0b"}),
    ],
)
async def test_no_text_may_have_it(home: House, method: str, path: str, body: dict[str, object]) -> None:
    client = await home.browser(ana)
    client.headers.update({"origin": "http://testserver", "idempotency-key": "key1"})
    answer = await client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"] == "A text has the character U+0000. Leave it out."


async def test_who_writes_of_it_is_understood(home: House) -> None:
    case = await home.open(cleo, request=r"Is \u0000 or \\u0000 in the report a fault of the printer?")
    shown = (await home.client(cleo).get(f"/api/cases/{case}")).json()["case"]
    assert shown["request"] == r"Is \u0000 or \\u0000 in the report a fault of the printer?"


@pytest.mark.parametrize("text", [rb'"\u0000"', rb'"a\\\u0000"', rb'"\\\\\u0000"', rb'{"\u0000": 1}', rb'"\n\u0000"'])
def test_it_is_found_as_json_writes_it(text: bytes) -> None:
    with pytest.raises(Problem):
        check_json(text)


@pytest.mark.parametrize("text", [rb'"\\u0000"', rb'"\\\\u0000"', b'"u0000"', pytest.param(b"\\" * 100_001, id="many")])
def test_what_is_not_it_is_let_through(text: bytes) -> None:
    check_json(text)
