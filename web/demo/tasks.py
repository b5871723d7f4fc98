"""Tasks that nobody waits for."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger("curbside.demo")


def begun(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """`work` as a task. Should it fail, that is our bug, and stands in the log once."""
    task = asyncio.create_task(work)
    task.add_done_callback(_noted)
    return task


def _noted(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a part of the demo failed", exc_info=error)
