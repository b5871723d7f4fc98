import pytest


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The peers are on this machine, whatever way out of it the environment names."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
