import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.dist import BROTLI, GZIP, PAGE, PICTURE, SCRIPT, SHORT, STYLE, WORKER, built
from web.api.problems import HANDLERS
from web.pages.built import DIST
from web.pages.serving import ADDRESSES, ui_routes

SCRIPT_PATH = "/assets/index-1.js"


@pytest.fixture
def browser(tmp_path: Path) -> httpx.AsyncClient:
    return browser_of(built(tmp_path))


def browser_of(dist: Path) -> httpx.AsyncClient:
    app = Starlette(routes=ui_routes(dist), exception_handlers=dict(HANDLERS))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/signin", "/account", "/ask", "/case/c1", "/archive", "/archive/c1"),
        *("/agreement", "/institutions", "/reach", "/rosters"),
        *("/register", "/verification", "/moderation/verifications"),
    ],
)
async def test_every_address_of_the_ui_is_the_one_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/index.html",
        "/case",
        "/case/c1/x",
        "/anything",
        "/assets/",
        "/assets/nothing.js",
        "/assets/index-1.js.br",
        "/assets/..%2findex.html",
        "/.vite/manifest.json",
    ],
)
async def test_there_is_nothing_anywhere_else(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "type", "body"),
    [
        ("index-1.js", "text/javascript; charset=utf-8", SCRIPT),
        ("wire-3.js", "text/javascript; charset=utf-8", SHORT),
        ("index-2.css", "text/css; charset=utf-8", STYLE),
        ("mark-6.svg", "image/svg+xml", PICTURE),
    ],
)
async def test_an_asset_is_kept_for_ever(browser: httpx.AsyncClient, name: str, type: str, body: bytes) -> None:
    answer = await browser.get(f"/assets/{name}")
    assert answer.content == body
    assert answer.headers["content-type"] == type
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_that_is_opened_by_itself_runs_no_script(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/mark-6.svg")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_the_worker_is_asked_for_anew_and_may_fetch_what_is_ours(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/worker.js")
    assert (answer.status_code, answer.content) == (200, WORKER)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"


async def test_a_file_comes_as_short_as_the_browser_can_read_it(browser: httpx.AsyncClient) -> None:
    bodies = {"gzip, br": BROTLI, "gzip": GZIP, "identity": SCRIPT}
    for accepted, body in bodies.items():
        async with browser.stream("GET", SCRIPT_PATH, headers={"accept-encoding": accepted}) as answer:
            assert b"".join([part async for part in answer.aiter_raw()]) == body
            assert answer.headers["content-length"] == str(len(body))
            assert answer.headers["vary"] == "accept-encoding"
            assert answer.headers.get("content-encoding", "identity") == accepted.split(", ")[-1]


async def test_several_lines_of_accepted_codings_are_one_list(browser: httpx.AsyncClient) -> None:
    lines = [("accept-encoding", "br;q=0"), ("accept-encoding", "gzip")]
    assert (await browser.get(SCRIPT_PATH, headers=lines)).headers["content-encoding"] == "gzip"


async def test_a_file_without_shorter_variants_comes_as_it_is(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/wire-3.js", headers={"accept-encoding": "br, gzip"})
    assert answer.content == SHORT
    assert "content-encoding" not in answer.headers


async def test_a_page_that_the_browser_has_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await browser.get("/case/c1", headers={"if-none-match": held})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "content-security-policy"):
            assert again.headers[name] == first.headers[name]
    assert (await browser.get("/", headers={"if-none-match": '"other"'})).status_code == 200


async def test_every_variant_has_its_own_tag(browser: httpx.AsyncClient) -> None:
    answers = [await browser.head(SCRIPT_PATH, headers={"accept-encoding": one}) for one in ("br", "gzip", "")]
    assert len({answer.headers["etag"] for answer in answers}) == 3


async def test_head_says_what_get_would_send(browser: httpx.AsyncClient) -> None:
    for path in ("/", SCRIPT_PATH):
        asked, sent = await browser.head(path), await browser.get(path)
        assert asked.content == b""
        assert asked.headers == sent.headers


async def test_the_page_names_what_it_needs_before_it_is_read(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/archive")).headers["link"].split(", ") == [
        "</assets/index-1.js>; rel=modulepreload; crossorigin",
        "</assets/early-7.js>; rel=modulepreload; crossorigin",
        "</assets/wire-3.js>; rel=modulepreload; crossorigin",
        "</assets/words-4.js>; rel=modulepreload; crossorigin",
        "</assets/index-2.css>; rel=preload; as=style; crossorigin",
    ]


async def test_the_page_names_what_the_screen_needs_that_it_shows_first(browser: httpx.AsyncClient) -> None:
    common = (await browser.get("/archive")).headers["link"].split(", ")
    room = (await browser.get("/case/case1")).headers["link"].split(", ")
    worklist = (await browser.get("/")).headers["link"].split(", ")
    assert set(room) - set(common) == {"</assets/Room-5.js>; rel=modulepreload; crossorigin"}
    assert set(worklist) - set(common) == {
        "</assets/OpenCases-8.js>; rel=modulepreload; crossorigin",
        "</assets/watching-9.js>; rel=modulepreload; crossorigin",
    }
    assert set(common) == set(room) & set(worklist)


async def test_who_is_signed_in_is_sent_the_sheets_of_the_screen_at_once(browser: httpx.AsyncClient) -> None:
    stranger = await browser.get("/case/case1")
    browser.cookies.set("curbside_signed_in", "1")
    known = await browser.get("/case/case1")
    assert set(known.headers["link"].split(", ")) - set(stranger.headers["link"].split(", ")) == {
        "</assets/Room-5.css>; rel=prefetch; as=style; crossorigin"
    }
    assert stranger.headers["vary"] == known.headers["vary"] == "accept-encoding, cookie"


async def test_the_page_runs_and_reaches_only_what_is_ours(browser: httpx.AsyncClient) -> None:
    headers = (await browser.get("/")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    for directive in ("script-src", "style-src", "connect-src", "worker-src", "form-action"):
        assert policy[directive] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"


async def test_without_a_build_every_address_says_how_to_make_one(tmp_path: Path) -> None:
    for address in ADDRESSES:
        answer = await browser_of(tmp_path).get(address)
        assert answer.status_code == 503
        assert "<code>make ui</code>" in answer.text
        assert "<script" not in answer.text


def test_the_server_knows_the_addresses_that_the_ui_has() -> None:
    app = DIST.parent / "src" / "app"
    tables = "".join((app / name).read_text() for name in ("Screens.tsx", "elsewhere.tsx"))
    assert set(re.findall(r'^  "(/[^"]*)":', tables, re.MULTILINE)) == set(ADDRESSES)
