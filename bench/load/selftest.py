"""`python -m bench.load.selftest`: how much the load generator reads, so that its figures are those of the servers."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, NamedTuple

from bench.failures import Failure
from bench.load.build import program
from bench.load.load import Load, Target

CONNECTIONS: Final = 500
SECONDS: Final = 3


class Read(NamedTuple):
    """Messages of 300 bytes, by the clock and by the processor time that reading them took."""

    per_s: float
    per_cpu_s: float


def readers_per_s(connections: int = CONNECTIONS, seconds: int = SECONDS) -> float:
    """Messages of 300 bytes that are read in a second. Raises `Failure`, also where one was lost."""
    return measured(connections, seconds).per_s


def measured(connections: int = CONNECTIONS, seconds: int = SECONDS) -> Read:
    """The same, and what a second of one core reads."""
    with _blast(connections, seconds) as said, Load() as load:
        load.open("readers", connections, Target(port=int(said.readline())))
        sent = int(said.readline())
        load.wait(ms=100)
        count = load.count("readers")
        if (count.messages, count.stamps, count.doubles, count.lost) != (sent, sent, 0, 0):
            raise Failure(f"of {sent} messages, the load generator counted {count}")
        return Read(sent / seconds, sent / load.cpu_s())


@contextmanager
def _blast(connections: int, seconds: int) -> Iterator[IO[str]]:
    """A server that sends as fast as it is read; what it says."""
    command = [str(program("blast")), str(connections), str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.kill()


if __name__ == "__main__":
    print("{:,.0f} messages/s, {:,.0f} a second of one core".format(*measured()))
