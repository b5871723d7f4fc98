"""Drive the load generator: many connections to one server, from a process of its own, at times fixed beforehand.

Texts (`init`, headers, what is posted or asked) are templates, of which each connection sends its own:

    {stamp}     `@@` and 24 letters, digits of base 16: when the message was planned (monotonic ns), and its number
    {id}        the same without `@@`
    {n}         the connection's index in its group
    {token}     its line of `tokens`, from the start again after the last; {room} the same of `rooms`
    {check}     the last `"check":"TEXT"` that came to this index, also on an earlier connection
    {seq}       the `"seq":NUMBER` before it
    {pad:L}     L letters
    {len}       the bytes between the first and the last CR LF of the message
"""

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, Self, TypeVar
from urllib.parse import quote

import psutil

from bench.failures import Failure
from bench.load.answers import (
    Acked,
    Asked,
    Counted,
    Opened,
    Posted,
    acked,
    asked,
    counted,
    dropped,
    opened,
    posted,
)
from bench.load.build import program

Answer = TypeVar("Answer")

READY_WITHIN_S: Final = 60.0
ANSWERED_WITHIN_S: Final = 60.0
# More than a command takes by itself: the generator may be busy reading.
SPARE_S: Final = 30.0
ENDED_WITHIN_S: Final = 10.0
MOST_CONNECTIONS: Final = 10_000
# Between the messages of `init`.
SEPARATOR: Final = "\x1e"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server, and how its connections are opened.

    A connection is ready when a message came that holds `ready`, without `ready` when the handshake was answered. What
    came until then is not counted; with `history` its stamps are, for `holes` and `doubles`. `headers` are whole lines.
    `binary` sends binary messages. `raw` is plain TCP: what one read returns counts as a message. Connections come from
    `sources` addresses of loopback. `rcvbuf_bytes` is the receive buffer; 0 leaves it to the system.
    """

    port: int
    host: str = "127.0.0.1"
    path: str = "/ws"
    headers: Sequence[str] = ()
    subprotocol: str | None = None
    init: Sequence[str] = ()
    ready: str = ""
    binary: bool = False
    raw: bool = False
    history: bool = False
    sources: int = 8
    rcvbuf_bytes: int = 0


class Pending(Generic[Answer]):
    """What a command that is under way will answer."""

    def __init__(self, load: "Load", line: int, within_s: float, read: Callable[[Mapping[str, Any]], Answer]) -> None:
        self._load = load
        self._line = line
        self._deadline_s = time.monotonic() + within_s
        self._read = read

    def result(self) -> Answer:
        """Wait for it, once. Raises `Failure`."""
        return self._read(self._load.answer(self._line, self._deadline_s))


class Load:
    """The process while the context lasts; for one thread. Every method raises `Failure`.

    One `open`, `post` or `ask` may be under way in a group at a time: `opening`, `posting` and `asking` begin one and
    return at once.
    """

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="curbside-load-")
        self._answers: dict[int, dict[str, Any]] = {}
        self._said = b""
        self._line = 0
        self._files = 0
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(program("load"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                start_new_session=True,
            )
        self.pid = self._process.pid
        self._seen = psutil.Process(self.pid)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(ENDED_WITHIN_S)
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._folder.cleanup()

    def open(
        self,
        group: str,
        count: int,
        target: Target,
        *,
        tokens: Sequence[str] = (),
        rooms: Sequence[str] = (),
        at_once: int = 64,
        partly: bool = False,
        within_s: float = READY_WITHIN_S,
    ) -> Opened:
        """Open the connections of a group, `at_once` at a time, and wait until they are ready.

        A group that was dropped or lost may be opened again; its indexes go on from what they saw. Unless `partly`,
        all connections must become ready. Where no `tokens` or `rooms` are given, those of before hold.
        """
        pending = self.opening(group, count, target, tokens=tokens, rooms=rooms, at_once=at_once, within_s=within_s)
        result = pending.result()
        if result.failed and not partly:
            raise Failure(f"{result.failed} of {count} connections of {group} were not opened: {result.why}")
        return result

    def opening(
        self,
        group: str,
        count: int,
        target: Target,
        *,
        tokens: Sequence[str] = (),
        rooms: Sequence[str] = (),
        at_once: int = 64,
        within_s: float = READY_WITHIN_S,
    ) -> Pending[Opened]:
        """Begin to open."""
        return self._begin(
            "open",
            within_s,
            opened,
            group=group,
            count=count,
            port=target.port,
            host=target.host,
            path=target.path,
            header="".join(f"{line}\r\n" for line in target.headers) or None,
            subprotocol=target.subprotocol,
            init=SEPARATOR.join(target.init),
            ready=target.ready,
            binary=target.binary,
            raw=target.raw,
            history=target.history,
            sources=target.sources,
            rcvbuf=target.rcvbuf_bytes,
            tokens=self._written(tokens),
            rooms=self._written(rooms),
            at_once=at_once,
            timeout_s=within_s,
        )

    def drop(self, group: str) -> int:
        """Reset all connections of a group, as a network that goes away; how many."""
        return self._begin("drop", 0, dropped, group=group).result()

    def post(
        self,
        group: str,
        per_s: float,
        seconds: float,
        text: str,
        *,
        acks: bool = True,
        expect: str | None = None,
        first: int | None = None,
    ) -> Posted:
        """Post at that rate, on all connections in turn, however long answers take; until the last is sent.

        What is late is sent at once, with the stamp of its planned time. `acks`: frames `ack` whose `re` is an {id} are
        timed. `expect`: so is what holds this, as the answer to its connection's oldest post that had none. Numbers
        count on over all posts and questions of the process, unless `first` is given.
        """
        return self.posting(group, per_s, seconds, text, acks=acks, expect=expect, first=first).result()

    def posting(
        self,
        group: str,
        per_s: float,
        seconds: float,
        text: str,
        *,
        acks: bool = True,
        expect: str | None = None,
        first: int | None = None,
    ) -> Pending[Posted]:
        """Begin to post."""
        return self._begin(
            "post",
            seconds,
            posted,
            group=group,
            rate=per_s,
            seconds=seconds,
            text=text,
            acks=acks,
            expect=expect,
            from_=first,
        )

    def count(self, group: str, *, expect: int = 0, first: int = 0, reset: bool = False) -> Counted:
        """What came since the last `reset`. Each connection should have got the `expect` numbers from `first` on."""
        return self._begin("count", 0, counted, group=group, expect=expect, from_=first, reset=reset).result()

    def acks(self, group: str, *, reset: bool = False) -> Acked:
        """What was answered since the last `reset`."""
        return self._begin("acks", 0, acked, group=group, reset=reset).result()

    def ask(
        self,
        group: str,
        text: str,
        until: str,
        *,
        every_ms: float,
        count: int | None = None,
        first: int = 0,
        within_s: float = ANSWERED_WITHIN_S,
    ) -> Asked:
        """Ask a question every `every_ms`, each on the next connection from index `first` on.

        It is answered when a message comes on its connection that holds `until` (a template too). Returns when all are
        answered, or `within_s` after the last was planned.
        """
        asking = self.asking(group, text, until, every_ms=every_ms, count=count, first=first, within_s=within_s)
        return asking.result()

    def asking(
        self,
        group: str,
        text: str,
        until: str,
        *,
        every_ms: float,
        count: int | None = None,
        first: int = 0,
        within_s: float = ANSWERED_WITHIN_S,
    ) -> Pending[Asked]:
        """Begin to ask."""
        return self._begin(
            "ask",
            within_s + every_ms / 1e3 * (MOST_CONNECTIONS if count is None else count),
            asked,
            group=group,
            text=text,
            until=until,
            every_ms=every_ms,
            first=first,
            count=count,
            timeout_s=within_s,
        )

    def stall(self, group: str) -> None:
        """Stop reading."""
        self._begin("stall", 0, _nothing, group=group).result()

    def resume(self, group: str) -> None:
        """Go on reading."""
        self._begin("resume", 0, _nothing, group=group).result()

    def wait(self, ms: float) -> None:
        """Let time pass."""
        self._begin("wait", ms / 1e3, _nothing, ms=ms).result()

    def cpu_s(self) -> float:
        """User and system time of the process so far."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def answer(self, line: int, deadline_s: float) -> dict[str, Any]:
        """The answer to the command on that line, where it comes before the deadline (monotonic)."""
        while line not in self._answers:
            self._take_answers(deadline_s)
        answer = self._answers.pop(line)
        if "error" in answer:
            raise Failure(answer["error"])
        return answer

    def _begin(
        self,
        command: str,
        within_s: float,
        read: Callable[[Mapping[str, Any]], Answer],
        **arguments: str | float | None,
    ) -> Pending[Answer]:
        words = [f"{key.rstrip('_')}={_written(value)}" for key, value in arguments.items() if value is not None]
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(" ".join([command, *words]).encode() + b"\n")
        except BrokenPipeError:
            raise self._death() from None
        self._line += 1
        return Pending(self, self._line, within_s + SPARE_S, read)

    def _take_answers(self, deadline_s: float) -> None:
        """Read once."""
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        readable, _, _ = select.select([output], [], [], max(0, deadline_s - time.monotonic()))
        if not readable:
            raise Failure("the load generator does not answer")
        part = os.read(output, 65_536)
        if not part:
            raise self._death()
        *lines, self._said = (self._said + part).split(b"\n")
        for line in lines:
            answer = json.loads(line.decode(errors="replace"))
            self._answers[answer["line"]] = answer

    def _written(self, lines: Sequence[str]) -> str | None:
        """The name of a file of these lines."""
        if not lines:
            return None
        self._files += 1
        place = Path(self._folder.name) / f"lines-{self._files}"
        place.write_text("\n".join(lines))
        return str(place)

    def _death(self) -> Failure:
        return Failure(f"the load generator has died: {self._log.read_text(errors='replace').strip()}")

    @property
    def _log(self) -> Path:
        return Path(self._folder.name) / "log"


def _written(value: str | float) -> str:
    return quote(value, safe="") if isinstance(value, str) else str(int(value) if isinstance(value, bool) else value)


def _nothing(_: Mapping[str, Any]) -> None:
    return None
