"""Clients in a process of their own, so that they can be stopped.

`python -m tests.faults.bystanders ADDRESS TOKEN ROOM COUNT`: they join, say so with the word `seated`, and read until
they are ended.
"""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.endtoend.raw import Raw

ROOT: Final = Path(__file__).parents[2]


class Bystanders:
    """Use as `with Bystanders(…) as them`: inside they are seated."""

    def __init__(self, address: str, token: str, room: str, count: int) -> None:
        command = [sys.executable, "-m", "tests.faults.bystanders", address, token, room, str(count)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    def __enter__(self) -> "Bystanders":
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"seated\n"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def stop(self) -> None:
        """As a laptop that is closed: they read nothing more and answer nothing, but their line is up."""
        self._process.send_signal(signal.SIGSTOP)


async def _sit(address: str, token: str, room: str, count: int) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    seats = [await Raw.open(address, headers=headers) for _ in range(count)]
    for seat in seats:
        await seat.ask("join", room=room)
    print("seated", flush=True)
    await asyncio.gather(*(seat.closed() for seat in seats), return_exceptions=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    address, token, room, count = sys.argv[1:]
    asyncio.run(_sit(address, token, room, int(count)))
