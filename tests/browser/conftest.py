from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from drill.servers import Postgres, Redis
from tests.browser.arrivals import Arrivals
from tests.browser.chromium import launched
from tests.browser.ground import cluster_ground, embedded_ground
from tests.endtoend.callers import Callers
from tests.endtoend.site import Cluster, Embedded, Ground, Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One loop for all: a browser lives on the loop on which it was started."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launched(playwright)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_chromium() -> AsyncIterator[Browser]:
    """For what belongs to the browser round a page: passkeys, pushes, installing."""
    async with async_playwright() as playwright:
        browser = await launched(playwright, whole=True)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def embedded_start(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return embedded_ground(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="session")
def cluster_start(tmp_path_factory: pytest.TempPathFactory, redis_server: Redis, postgres_server: Postgres) -> Ground:
    return cluster_ground(tmp_path_factory.mktemp("ground"), redis_server, postgres_server)


# For a file each: a site at rest takes some of the processor, too.
@pytest.fixture(scope="module")
def embedded(embedded_start: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """An embedded deployment. Who kills it starts it again."""
    with Embedded(embedded_start, tmp_path_factory.mktemp("embedded")) as site:
        yield site


@pytest.fixture(scope="module")
def cluster(
    cluster_start: Ground, tmp_path_factory: pytest.TempPathFactory, redis_server: Redis, postgres_server: Postgres
) -> Iterator[Cluster]:
    """Two nodes and a worker. Who kills one of them, or their servers, starts it again."""
    with Cluster(cluster_start, tmp_path_factory.mktemp("cluster"), redis_server, postgres_server) as site:
        yield site


@pytest.fixture(scope="module")
def paging_site(embedded_start: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A deployment that pages."""
    site = Embedded(embedded_start, tmp_path_factory.mktemp("paging"))
    site.environment |= {
        "CURBSIDE_PAGING": "on",
        "CURBSIDE_COORDINATOR": "mo",
        "CURBSIDE_PAGES_PER_HOUR": "60",
    }
    with site:
        yield site


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """The embedded deployment, unless a test names the other."""
    found = request.getfixturevalue(getattr(request, "param", "embedded"))
    assert isinstance(found, Site)
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def callers(site: Site) -> AsyncIterator[Callers]:
    async with Callers(site) as callers:
        yield callers


@pytest_asyncio.fixture(loop_scope="session")
async def arrivals(chromium: Browser, callers: Callers) -> AsyncIterator[Arrivals]:
    arrivals = Arrivals(chromium, callers)
    yield arrivals
    await arrivals.leave()
