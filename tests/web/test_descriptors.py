"""What a start needs of the machine."""

import resource
from collections.abc import Iterator

import pytest

from web.descriptors import NEEDED, allow_many_descriptors


@pytest.fixture
def few_descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("few_descriptors")
def test_the_connections_of_a_large_room_fit_into_the_process() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allow_many_descriptors()
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == (NEEDED if hard == resource.RLIM_INFINITY else min(NEEDED, hard))
