import asyncio
import gc
import io
import logging
import sys
from collections.abc import Iterator
from ssl import create_default_context

import pytest
from asyncpg.connect_utils import TLSUpgradeProto

from web import logs

CANARY = "Zebrawood Q. Patientname"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    logs.configure("info")
    yield sys.stderr  # type: ignore[misc]


def test_the_text_of_an_exception_is_never_logged(written: io.StringIO) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("curbside.test").exception("it failed")
    line = written.getvalue()
    assert CANARY not in line
    assert "it failed" in line
    assert "builtins.ValueError at " in line
    assert "test_logs.py" in line
    assert line.count("\n") == 1


def test_a_line_break_in_a_record_makes_no_second_line(written: io.StringIO) -> None:
    logging.getLogger("curbside.test").warning("asked for %s", "/x\r\n2026-11-22 INFO forged")
    assert written.getvalue().count("\n") == 1
    assert "\\r\\n2026" in written.getvalue()


async def test_what_asyncpg_leaves_of_a_connection_that_was_given_up_is_no_alarm(written: io.StringIO) -> None:
    protocol = TLSUpgradeProto(asyncio.get_running_loop(), "localhost", 5432, create_default_context(), True)
    protocol.connection_lost(None)
    del protocol
    gc.collect()
    assert written.getvalue() == ""
    lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    lost.set_exception(ConnectionError("another one"))
    del lost
    gc.collect()
    assert "Future exception was never retrieved" in written.getvalue()


async def test_a_task_that_nobody_awaited_does_not_betray_its_exception(written: io.StringIO) -> None:
    async def failing() -> None:
        raise ValueError(CANARY)

    task = asyncio.create_task(failing())
    await asyncio.wait([task])
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "Task was lost", "exception": task.exception(), "task": task})
    assert "Task was lost" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_a_start_that_failed_does_not_betray_its_exception(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error(f"Traceback (most recent call last):\n  File x\nValueError: {CANARY}\n")
    assert "Traceback" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_the_server_s_own_chatter_is_left_out(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("Started server process")
    logging.getLogger("uvicorn.error").error("Something")
    assert "Started" not in written.getvalue()
    assert "Something" in written.getvalue()
