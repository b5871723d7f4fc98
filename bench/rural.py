"""One bar at the edge of the cell: a network namespace that reaches this machine through a token bucket, late.

Packets pass `tc tbf` in both directions, so what several connections send shares one queue, as at a base station. The
delay is added by a forwarder inside, which may also hold what it carries or cut it. Needs Linux, `ip`, `tc` and the
right to make a namespace.
"""

import asyncio
import ctypes
import itertools
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Final, TypeVar

from bench.browser_line import Grade
from bench.failures import Failure

# What a base station keeps for a phone: 3.2 s of 20 kbit/s, five packets.
QUEUE_BYTES: Final = 8_000
BURST_BYTES: Final = 1_600
MTU_BYTES: Final = 1_400
PART_BYTES: Final = 65_536
_NEW_NETWORK: Final = 0x4000_0000  # CLONE_NEWNET, sched.h
_count = itertools.count()

T = TypeVar("T")


class RuralLine:
    """The way from inside the namespace, where clients call 127.0.0.1:`port`, to `server_port` of this machine.

    The server must listen on all addresses. `wrapper`: a program to be run in the place of another, inside.
    """

    def __init__(self, server_port: int, grade: Grade) -> None:
        number = next(_count)
        self.name = f"rural-{os.getpid()}-{number}"
        self.port = 0
        self._inner = f"ri{os.getpid() % 10_000_000}x{number}"
        self._outer = f"ro{os.getpid() % 10_000_000}x{number}"
        place = (os.getpid() * 64 + number * 4) % 65_536
        self._address = f"10.213.{place // 256}.{place % 256 // 4 * 4 + 1}"
        self._inside = f"10.213.{place // 256}.{place % 256 // 4 * 4 + 2}"
        self._server_port = server_port
        self._grade = grade
        self._calls: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()

    def wrapper(self, program: str, folder: Path) -> str:
        """A script in `folder` that runs `program` inside."""
        script = folder / self.name
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self.name} {program} "$@"\n')
        script.chmod(0o700)
        return str(script)

    def connected(self) -> socket.socket:
        """A socket inside that is connected to the forwarder there."""
        return self._within(lambda: socket.create_connection(("127.0.0.1", self.port)))

    def stall(self) -> None:
        """Carry nothing, and say so to nobody, until `mend`."""
        self._passing.clear()

    def mend(self) -> None:
        """Carry again what waits."""
        self._passing.set()

    async def cut(self) -> None:
        """Break every connection that there is."""
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    def _build(self) -> None:
        prefix = ("ip", "netns", "exec", self.name)
        rate = ("root", "tbf", "burst", str(BURST_BYTES), "limit", str(QUEUE_BYTES), "rate")
        _run("ip", "netns", "add", self.name)
        _run("ip", "link", "add", self._outer, "type", "veth", "peer", "name", self._inner, "netns", self.name)
        _run("ip", "addr", "add", f"{self._address}/30", "dev", self._outer)
        _run("ip", "link", "set", self._outer, "mtu", str(MTU_BYTES), "up")
        _run(*prefix, "ip", "addr", "add", f"{self._inside}/30", "dev", self._inner)
        _run(*prefix, "ip", "link", "set", self._inner, "mtu", str(MTU_BYTES), "up")
        _run(*prefix, "ip", "link", "set", "lo", "up")
        _run("tc", "qdisc", "add", "dev", self._outer, *rate, f"{round(self._grade.down_bit_s)}bit")
        _run(*prefix, "tc", "qdisc", "add", "dev", self._inner, *rate, f"{round(self._grade.up_bit_s)}bit")
        # What leaves in one piece of 64 KiB would never fit into the bucket.
        for where in ((), prefix):
            device = self._inner if where else self._outer
            _run(*where, "ip", "link", "set", device, "gso_max_segs", "1")

    async def __aenter__(self) -> "RuralLine":
        for program in ("ip", "tc"):
            if shutil.which(program) is None:
                raise Failure(f"`{program}` is not installed; `sh scripts/servers network` installs it")
        try:
            self._build()
            listening = self._within(lambda: socket.create_server(("127.0.0.1", 0)))
        except BaseException:
            self._remove()
            raise
        self._server = await asyncio.start_server(self._called, sock=listening)
        self.port = int(listening.getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self.cut()
        self._remove()

    def _remove(self) -> None:
        with suppress(Failure):
            _run("ip", "netns", "del", self.name)  # its end of the pair goes with it, and with that the other end

    def _within(self, make: Callable[[], T]) -> T:
        """What `make` returns, called by a thread that is inside: a socket stays where it was made."""
        made: list[T] = []
        failed: list[BaseException] = []

        def work() -> None:
            try:
                space = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
                try:
                    if ctypes.CDLL(None, use_errno=True).setns(space, _NEW_NETWORK):
                        raise OSError(ctypes.get_errno(), "setns")
                finally:
                    os.close(space)
                made.append(make())
            except BaseException as error:
                failed.append(error)

        thread = Thread(target=work)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return made[0]

    async def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        back: asyncio.StreamWriter | None = None
        try:
            await asyncio.sleep(self._grade.round_trip_ms / 1_000)
            raw = self._within(socket.socket)
            raw.setblocking(False)
            await asyncio.get_running_loop().sock_connect(raw, (self._address, self._server_port))
            there, back = await asyncio.open_connection(sock=raw)
            async with asyncio.TaskGroup() as both:
                for way in ((reader, back), (there, writer)):
                    both.create_task(self._carry(*way))
        except* (OSError, asyncio.CancelledError):
            pass  # either side may vanish, and `cut` ends us
        finally:
            self._calls.discard(call)
            for end in (writer, back):
                if end is not None:
                    end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes, in order, each part as late as the line is long, until one side ends."""
        travelling: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(travelling, writer))
        clock = asyncio.get_running_loop().time
        travel_s = self._grade.round_trip_ms / 2_000
        try:
            while part := await reader.read(PART_BYTES):
                travelling.put_nowait((clock() + travel_s, part))
            travelling.put_nowait((clock() + travel_s, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _arrive(self, travelling: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            at_s, part = await travelling.get()
            await asyncio.sleep(at_s - clock())
            await self._passing.wait()
            if not part:
                writer.write_eof()
                return
            writer.write(part)


@asynccontextmanager
async def rural_line(server_port: int, grade: Grade) -> AsyncIterator[RuralLine]:
    """Such a line while the context lasts."""
    async with RuralLine(server_port, grade) as line:
        yield line


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"`{' '.join(command)}` failed: {done.stderr.strip()}")
