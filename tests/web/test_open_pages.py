import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.builders import ana, cleo
from tests.web.house import House, house
from web.api.metrics import Metrics
from web.app import create_app
from web.pages.documents import Documents
from web.settings import load


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


async def test_the_list_of_documents_needs_no_script(home: House) -> None:
    answer = await home.client().get("/docs/")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_every_link_of_the_list_leads_somewhere(home: House) -> None:
    client = home.client(ana)
    links = re.findall(r'href="([^"]+)"', (await client.get("/docs/")).text)
    assert "/docs/settings.md" in links
    for link in links:
        assert (await client.get(link)).status_code == 200, link


async def test_a_person_at_a_wrong_address_is_shown_a_way_back_and_a_program_a_problem(home: House) -> None:
    shown = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = await home.client().get("/anything", headers=shown)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'href="/"' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    for path, headers in (("/anything", {}), ("/api/anything", shown), ("/assets/anything.js", shown)):
        answer = await home.client().get(path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_documents_are_plain_text_and_nothing_else_is_served(home: House) -> None:
    answer = await home.client().get("/docs/settings.md")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    for name in ("nothing.md", "..%2fpyproject.toml", "%2e%2e/README.md", "settings.md%00"):
        assert (await home.client().get(f"/docs/{name}")).status_code == 404


async def test_without_documents_the_list_has_none(tmp_path: Path) -> None:
    app = Starlette(routes=Documents(tmp_path).routes())
    answer = await httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver").get("/docs/")
    assert "/readyz" in answer.text
    assert ".md" not in answer.text


async def test_the_server_is_ready_between_its_start_and_its_end(tmp_path: Path) -> None:
    app = create_app(load(var=tmp_path))
    before = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver")
    assert (await before.get("/readyz")).status_code == 503
    assert (await before.get("/healthz")).status_code == 200
    async with house(tmp_path) as home:
        ready = await home.client().get("/readyz")
        assert (ready.status_code, ready.json()) == (200, {"degraded": [], "disks": 1})
    gone = await home.client().get("/readyz")
    assert (gone.status_code, gone.headers["retry-after"]) == (503, "1")
    assert gone.json()["code"] == "unavailable"


async def test_metrics_are_numbers_without_anyone_s_name(home: House) -> None:
    case = await home.open(cleo, title="A telling title")
    await home.client(ana).get(f"/api/cases/{case}")
    answer = await home.client().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "\ncurbside_rooms 1.0\n" in answer.text
    assert "\ncurbside_journal_up 1.0\n" in answer.text
    for hidden in ("A telling title", case, "ana", "cleo", "cardiology"):
        assert not re.search(rf"\b{hidden}\b", answer.text)


async def test_every_metric_is_documented(home: House) -> None:
    shown = (await home.client().get("/metrics")).text
    names = re.findall(r"^# TYPE (curbside_\w+) ", shown, re.MULTILINE)
    assert "curbside_backplane_reconnects_total" in names
    docs = (Path(__file__).parents[2] / "docs/operate.md").read_text()
    assert [name for name in names if f"`{name}`" not in docs] == []


async def test_a_metric_is_read_when_it_is_asked_for() -> None:
    metrics, posts = Metrics(), {"post": 1}
    metrics.add("counter", "frames", "Frames taken.", lambda: posts, "kind")
    with pytest.raises(ValueError, match="frames"):
        metrics.add("counter", "frames", "Frames taken.", lambda: 0)
    posts |= {"post": 2, "pin": 5}
    shown = bytes((await metrics.show(None)).body).decode()  # type: ignore[arg-type]
    assert 'curbside_frames_total{kind="post"} 2.0\n' in shown
    assert 'curbside_frames_total{kind="pin"} 5.0\n' in shown
