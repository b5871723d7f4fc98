"""Real servers for tests. Each has a loopback port and a directory of its own, and can be killed and started again."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Self

from drill.nursery import Forked
from drill.programs import postgres_programs, redis_program, unprivileged_owner

PATIENCE_S = 30.0


class Server(ABC):
    """One server process. `start` returns when it answers, `kill` when it is gone; both block, and do nothing twice."""

    kill_signal = signal.SIGKILL
    owner: tuple[int, int] | None = None

    def __init__(self, ports: int = 1) -> None:
        self.ports = [Port() for _ in range(ports)]
        self.directory = Path(tempfile.mkdtemp(prefix="curbside-test-"))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return self.ports[0].number

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool: ...

    def start(self) -> None:
        if self.process is None:
            for port in self.ports:
                port.release()
            self.process = self._launched(self.command())
            self.wait_until(self.answers)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(self.kill_signal)
            self.process.send_signal(signal.SIGCONT)
            finish(self.process)
            self.process = None
            for port in self.ports:
                port.hold()

    def pause(self) -> None:
        """Let it hang until `resume`: connections stay, and nothing is answered."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"{type(self).__name__} does not answer; it said:\n{self.log()}")
            time.sleep(0.01)

    def log(self) -> str:
        return (self.directory / "log").read_text(errors="replace")[-4000:]

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def _launched(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Return the process, in a group of its own: Ctrl-C reaches only the test run, which then ends it in order."""
        user, group = self.owner or (None, None)
        with (self.directory / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.directory,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=user,
                group=group,
                extra_groups=None if user is None else [],
                start_new_session=True,
            )

    def _remove(self) -> None:
        self.kill()
        for port in self.ports:
            port.release()
        shutil.rmtree(self.directory)


class Redis(Server):
    """One redis-server that keeps nothing on disk."""

    def __init__(self, ports: int = 1) -> None:
        self.program = redis_program()
        super().__init__(ports)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        return [self.program, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]

    def answers(self) -> bool:
        return self.answer("PING") == "+PONG\r\n"

    def answer(self, line: str) -> str:
        """Return the answer to an inline command that has a short one; nothing while the server is away."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"{line}\r\n".encode())
                return connection.recv(65536).decode()
        except OSError:
            return ""


class RedisCluster(Redis):
    """A Redis Cluster of one node that serves all slots."""

    def __init__(self) -> None:
        super().__init__(ports=2)

    @property
    def url(self) -> str:
        return f"redis+cluster://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        bus = str(self.ports[1].number)
        return [*super().command(), "--cluster-enabled", "yes", "--cluster-port", bus]

    def start(self) -> None:
        super().start()
        if "cluster_slots_assigned:0\r" in self.answer("CLUSTER INFO"):
            self.answer("CLUSTER ADDSLOTSRANGE 0 16383")
        self.wait_until(lambda: "cluster_state:ok" in self.answer("CLUSTER INFO"))


class Postgres(Server):
    """One PostgreSQL cluster, as durable as in production: `kill` loses no commit. It trusts every local connection."""

    kill_signal = signal.SIGQUIT

    def __init__(self) -> None:
        self.programs = postgres_programs()
        super().__init__()
        self.owner = unprivileged_owner()
        if self.owner:
            os.chown(self.directory, *self.owner)

    @property
    def url(self) -> str:
        return self._url("postgres")

    def database(self, name: str) -> str:
        """Return the URL of a new, empty database; one that had this name is dropped, with its connections."""
        if not re.fullmatch("[a-z][a-z0-9_]{0,62}", name):
            raise ValueError(f"not a name for a database: {name!r}")
        drop, create = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}"
        self._run("psql", "--no-psqlrc", "--quiet", "--command", drop, "--command", create, self.url)
        return self._url(name)

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
        }
        return [self._program("postgres"), "-D", "data", *(f"--{name}={value}" for name, value in settings.items())]

    def start(self) -> None:
        if not (self.directory / "data").exists():
            self._run("initdb", "-D", "data", "--username=curbside", "--auth=trust", "--encoding=UTF8", "--no-sync")
        super().start()

    def answers(self) -> bool:
        probe = [self._program("pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        return subprocess.run(probe, check=False).returncode == 0

    def _url(self, name: str) -> str:
        return f"postgresql://curbside@127.0.0.1:{self.port}/{name}"

    def _program(self, name: str) -> str:
        return str(self.programs / name)

    def _run(self, name: str, *arguments: str) -> None:
        process = self._launched([self._program(name), *arguments])
        if finish(process) != 0:
            raise RuntimeError(f"{name} failed; the log says:\n{self.log()}")


class Standby(Postgres):
    """A copy of a running PostgreSQL, which calls it `name`, that follows it, reached at `port`, until `promote`."""

    def __init__(self, port: int, name: str = "walreceiver") -> None:
        self._primary_port = port
        self._name = name
        super().__init__()

    def start(self) -> None:
        if not (self.directory / "data").exists():
            source = [f"--port={self._primary_port}", "--host=127.0.0.1", "--username=curbside", "--checkpoint=fast"]
            source += [f"--dbname=application_name={self._name}"]
            self._run("pg_basebackup", *source, "--pgdata=data", "--write-recovery-conf", "--no-sync")
        super().start()

    def promote(self) -> None:
        """Make it a primary. Returns when it takes writes."""
        self._run("psql", "--no-psqlrc", "--quiet", "--command", "SELECT pg_promote()", self.url)


class Port:
    """A free loopback port. It stays bound while its server is away, so that no other socket of the machine gets it."""

    def __init__(self) -> None:
        self.number = 0
        self.hold()
        self.number = int(self._holder.getsockname()[1])

    def hold(self) -> None:
        self._holder = socket.socket()
        self._holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._holder.bind(("127.0.0.1", self.number))

    def release(self) -> None:
        self._holder.close()


def finish(process: subprocess.Popen[bytes] | Forked) -> int:
    """Return the exit status; a process that takes too long is killed."""
    try:
        return process.wait(PATIENCE_S)
    finally:
        process.kill()
        process.wait()
