"""Files that people bring, made anew in a process of its own each: a bomb or a broken decoder harms nobody."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from persistence.pictures.answer import Made
from persistence.pictures.unfit import FILE_BYTES, NotTaken, Unfit
from realtime.errors import Unavailable

AT_ONCE: Final = 2
MOST_WAITING: Final = 32
LONGEST_S: Final = 60.0
_ANSWER_BYTES: Final = 2 * FILE_BYTES
# -I: nothing of the environment or of the folder it is started in decides what is imported.
_COMMAND: Final = (sys.executable, "-I", "-m", "persistence.pictures.child")
# Threads of numpy's algebra take address space each, and nothing is multiplied here.
_ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

_answer = msgspec.msgpack.Decoder(Made | str)


class Remaking:
    """Makes pictures anew, two at a time; others wait."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def made(self, path: Path) -> Made:
        """The picture in the file at `path`. Raises `NotTaken`, or `Unavailable` while too many others wait."""
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Too many pictures are being brought at once. Try again in a moment.")
        self._waiting += 1
        try:
            async with self._turns:
                return await _made(path)
        finally:
            self._waiting -= 1


async def _made(path: Path) -> Made:
    with await asyncio.to_thread(path.open, "rb") as file:
        child = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=file, stdout=PIPE, stderr=DEVNULL, env=dict(_ENVIRONMENT), cwd="/"
        )
    try:
        async with asyncio.timeout(LONGEST_S):
            answer = _answer.decode(await _said(child))
            await child.wait()
    except (TimeoutError, msgspec.DecodeError):  # it was stopped by a limit, or has crashed
        raise NotTaken(Unfit.HARD) from None
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if isinstance(answer, str):
        raise NotTaken(Unfit[answer])
    return answer


async def _said(child: Process) -> bytes:
    """All that it wrote, as far as that is not more than a picture can be."""
    assert child.stdout is not None
    data = bytearray()
    while (chunk := await child.stdout.read(262_144)) and len(data) <= _ANSWER_BYTES:
        data += chunk
    return bytes(data)
