from pathlib import Path

import pytest

from drill.disk import Disk
from tests.endtoend.conftest import cluster, cluster_start, embedded, embedded_start
from tests.faults.journals import prepare


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk that does as it is told."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return Disk(folder)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a journal with one room, to be copied."""
    return prepare(tmp_path_factory.mktemp("prepared"))


__all__ = ["cluster", "cluster_start", "disk", "embedded", "embedded_start", "prepared"]
