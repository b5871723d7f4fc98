from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drill.servers import Postgres, Redis
from tests.endtoend.callers import Callers
from tests.endtoend.site import Cluster, Embedded, Ground, Site, cluster_ground, embedded_ground


@pytest.fixture(scope="session")
def embedded_start(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return embedded_ground(tmp_path_factory.mktemp("embedded"))


@pytest.fixture(scope="session")
def cluster_start(tmp_path_factory: pytest.TempPathFactory, redis_server: Redis, postgres_server: Postgres) -> Ground:
    return cluster_ground(tmp_path_factory.mktemp("cluster"), redis_server, postgres_server)


@pytest.fixture(scope="module", params=["embedded", "cluster"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Both deployments, each started once for the tests of a file, which do them no harm."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        with Embedded(request.getfixturevalue("embedded_start"), folder) as embedded:
            yield embedded
    else:
        servers = request.getfixturevalue("redis_server"), request.getfixturevalue("postgres_server")
        with Cluster(request.getfixturevalue("cluster_start"), folder, *servers) as cluster:
            yield cluster


@pytest.fixture
def embedded(embedded_start: Ground, tmp_path: Path) -> Iterator[Embedded]:
    """An embedded deployment that a test may harm."""
    with Embedded(embedded_start, tmp_path) as embedded:
        yield embedded


@pytest.fixture
def cluster(cluster_start: Ground, tmp_path: Path, redis_server: Redis, postgres_server: Postgres) -> Iterator[Cluster]:
    """Two nodes and a worker that a test may harm, and their servers."""
    with Cluster(cluster_start, tmp_path, redis_server, postgres_server) as cluster:
        yield cluster


@pytest.fixture
async def callers(site: Site) -> AsyncIterator[Callers]:
    async with Callers(site) as callers:
        yield callers
