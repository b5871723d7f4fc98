"""How a web process ends: what one part comes to is no reason to leave the others open."""

import logging
from pathlib import Path
from threading import enumerate as threads

import pytest

from realtime.errors import Unavailable
from tests.web.databases import migrated
from tests.web.house import audit
from web.app import Process
from web.part import Part
from web.settings import load


class Stuck(Part):
    """Cannot be closed."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def close(self) -> None:
        raise self.error


@pytest.mark.parametrize("error", [Unavailable(), KeyError("Zebrawood")])
async def test_a_part_that_cannot_be_closed_leaves_no_other_open(
    tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async with migrated(tmp_path):
        pass
    process = Process(load(var=tmp_path))
    await process.start()
    process.parts.insert(0, Stuck(error))
    process.audit.note("signed_in", "ana")
    with caplog.at_level(logging.ERROR):
        await process.close()
    assert [thread.name for thread in threads() if thread.name.startswith("sqlite")] == []
    assert [act for act, *_ in await audit(tmp_path)] == ["signed_in"]
    assert "closing Stuck failed" in caplog.text
    assert "Zebrawood" not in caplog.text


async def test_a_step_that_fails_leaves_the_database_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with migrated(tmp_path):
        pass
    process = Process(load(var=tmp_path))
    await process.start()
    monkeypatch.setattr(process.sockets, "close", _fail)
    with pytest.raises(KeyError, match="of the sockets"):
        await process.close()
    assert [thread.name for thread in threads() if thread.name.startswith("sqlite")] == []


def _fail() -> None:
    raise KeyError("of the sockets")
