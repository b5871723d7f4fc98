import logging
from collections.abc import Iterator

import pytest

from web.signin import passwords


@pytest.fixture(autouse=True)
def light_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash to keep takes a third of a second of a processor, but in the tests of that."""
    if request.path.name != "test_passwords.py":
        monkeypatch.setattr(passwords, "_hasher", passwords._light)
        monkeypatch.setattr(passwords, "_nobodys", passwords._light.hash("nobody's"))


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Iterator[None]:
    """Commands that run in the test's process set up the log for themselves."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
