import signal
from collections.abc import Iterator
from typing import TypeVar

import pytest
from hypothesis import settings

from drill.programs import Missing
from drill.sentinel import RedisSentinel
from drill.servers import Postgres, Redis, RedisCluster, Server
from tests.corpus.score import table
from tests.order import in_order

S = TypeVar("S", bound=Server | RedisSentinel)

settings.register_profile("curbside", deadline=None)
settings.load_profile("curbside")


def pytest_configure() -> None:
    """End a run that is told to stop in order, as Ctrl-C does: the fixtures stop their servers."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is signal.SIG_DFL:
            signal.signal(name, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_order(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the identifiers gate finds and misses, where its corpus was run."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    if any("test_corpus.py" in getattr(report, "nodeid", "") for report in reports):
        terminalreporter.section("identifiers: what the gate finds in the labelled sentences")
        for row in table():
            terminalreporter.line(row)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    yield from running(Redis)


@pytest.fixture(scope="session")
def redis_cluster() -> Iterator[RedisCluster]:
    yield from running(RedisCluster)


@pytest.fixture(scope="session")
def redis_sentinel() -> Iterator[RedisSentinel]:
    yield from running(RedisSentinel)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    yield from running(Postgres)


def running(kind: type[S]) -> Iterator[S]:
    try:
        server = kind()
    except Missing as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None
    with server:
        yield server
