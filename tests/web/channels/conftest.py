from collections.abc import Iterator

import pytest

from tests.web.channels.listener import Listener, listener


@pytest.fixture
def far() -> Iterator[Listener]:
    """The other side."""
    with listener() as listening:
        yield listening
