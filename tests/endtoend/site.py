"""Whole deployments of real processes: the embedded default, and two nodes with a worker on Redis and PostgreSQL."""

import re
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from typing import Final, NamedTuple, Self

from drill.process import Process, curbside
from drill.programs import postgres_programs
from drill.servers import Port, Postgres, Redis
from tests.endtoend.prepared import prepared

CANARY: Final = "canary-5f1c"
"""A part of every text that a test says, and of nothing else."""

PASSWORD: Final = "a long passphrase of cleo"
SECRET: Final = "a secret of the tests, 32 characters"
WRITERS: Final = 10

ROLES: Final = {
    "ana": ("physician", "--specialty=paediatric_intensive_care"),
    "ben": ("physician", "--specialty=infectious_disease"),
    "cleo": ("clinician",),
    "dan": ("clinician",),
    "obi": ("observer", "--kind=research", "--institution=Research institute", "--agree"),
    "mo": ("moderator",),
}

_alarm = re.compile(r"Traceback|Warning|^\S+ \S+ (?:ERROR|CRITICAL) .*$", re.MULTILINE)
_went_back = re.compile(
    r"^\S+ \S+ ERROR curbside\.(?:went_back the journal went back in |host )room (\w+)[: ].*\n", re.MULTILINE
)


class Ground(NamedTuple):
    """What a site begins with: a database of this version with the tests' people in it, and a token of each.

    It is made once by the command line, and copied for every site.
    """

    var: Path
    tokens: Mapping[str, str]
    database: str = ""


class Site(ABC):
    """One deployment in `folder`. `webs` are its nodes."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.var = folder / "var"
        self.tokens = ground.tokens
        # Tests speak faster than people, and all of them from one address.
        self.environment = {
            "CURBSIDE_VAR": str(self.var),
            "CURBSIDE_COMMANDS_PER_S": "2000",
            "CURBSIDE_ROOM_COMMANDS_PER_S": "20000",
            "CURBSIDE_TRUSTED_ADDRESSES": "127.0.0.0/8",
            "CURBSIDE_PAGING": "off",
        }
        self.webs: list[Process] = []
        # The rooms in which a test lets the journal go back: an alarm is raised for each, and for no other.
        self.went_back: set[str] = set()
        self._logs = folder / "logs"
        self._logs.mkdir()
        shutil.copytree(ground.var, self.var)

    @property
    @abstractmethod
    def processes(self) -> list[Process]:
        """All processes that a running site has."""

    @property
    def worker(self) -> Process:
        """The process in which the worker is."""
        return self.processes[-1]

    def web(self, number: int) -> Process:
        """A node: of one that has only one, that."""
        return self.webs[number % len(self.webs)]

    def curbside(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command in this site's environment."""
        return curbside(*arguments, environment=self.environment)

    def __enter__(self) -> Self:
        try:
            for process in self.processes:
                process.launch()
            for process in self.processes:
                process.await_ready()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """End every process; nothing may have gone wrong in any, and nobody's words may stand in a log."""
        statuses = self._end()
        if kind is None:
            assert not any(statuses), statuses
            logs = [process.log.read_text() for process in self.processes]
            assert {room for log in logs for room in _went_back.findall(log)} == self.went_back
            for log in logs:
                self._check(_went_back.sub("", log))

    def _web(self) -> Process:
        return self._process(f"web{len(self.webs)}", "serve", port=Port())

    def _process(self, name: str, *arguments: str, port: Port | None = None) -> Process:
        return Process(arguments, self.environment, self._logs / name, port)

    def _end(self) -> list[int]:
        with ThreadPoolExecutor() as pool:
            statuses = list(pool.map(Process.stop, self.processes))
        for process in self.processes:
            if process.port is not None:
                process.port.release()
        return statuses

    def _check(self, log: str) -> None:
        assert not _alarm.search(log), log
        assert not [secret for secret in (CANARY, PASSWORD, *self.tokens.values()) if secret in log]


class Embedded(Site):
    """One process on SQLite, with the worker in it."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        super().__init__(ground, folder)
        self.webs.append(self._web())

    @property
    def processes(self) -> list[Process]:
        return self.webs


class Cluster(Site):
    """Two nodes, or more, and a worker on Redis and PostgreSQL, with a database of its own."""

    def __init__(self, ground: Ground, folder: Path, redis: Redis, postgres: Postgres, nodes: int = 2) -> None:
        super().__init__(ground, folder)
        self.redis = redis
        self.postgres = postgres
        self._database = f"site_{token_hex(4)}"
        self._sql(f"CREATE DATABASE {self._database} TEMPLATE {ground.database}")
        self.database_url = f"{postgres.url.rpartition('/')[0]}/{self._database}"
        self.environment |= _big(redis, self.database_url)
        for _ in range(nodes):
            self.webs.append(self._web())
        self._worker = self._process("worker", "worker")

    @property
    def processes(self) -> list[Process]:
        return [*self.webs, self._worker]

    def __exit__(self, *raised: object) -> None:
        self.redis.start()
        self.postgres.start()
        super().__exit__(*raised)
        # Whatever lies in the server's folder makes its next start after a kill slower.
        self._sql(f"DROP DATABASE {self._database}")

    def _sql(self, statement: str) -> None:
        command = [str(postgres_programs() / "psql"), "--no-psqlrc", "--quiet", self.postgres.url]
        subprocess.run([*command, f"--command={statement}"], check=True)


def embedded_ground(folder: Path) -> Ground:
    """The ground of `Embedded`."""
    return Ground(folder, _people({"CURBSIDE_VAR": str(folder)}))


def cluster_ground(folder: Path, redis: Redis, postgres: Postgres) -> Ground:
    """The ground of `Cluster`."""
    name = f"ground_{token_hex(4)}"
    environment = {"CURBSIDE_VAR": str(folder), **_big(redis, postgres.database(name))}
    return Ground(folder, _people(environment), name)


def _big(redis: Redis, database_url: str) -> dict[str, str]:
    return {"CURBSIDE_DATABASE_URL": database_url, "CURBSIDE_REDIS_URL": redis.url, "CURBSIDE_SECRET_KEY": SECRET}


def _people(environment: Mapping[str, str]) -> dict[str, str]:
    """Make the tests' people; a token of each."""

    def run(*arguments: str, words: str = "") -> str:
        return prepared(*arguments, environment=environment, words=words)

    def token(name: str) -> str:
        role, *more = ROLES[name]
        return run("token", "--create", f"--person={name}", f"--role={role}", *more)

    def writers() -> list[str]:
        out = Path(environment["CURBSIDE_VAR"]) / "tokens"
        run("token", f"--count={WRITERS}", "--role=physician", f"--out={out}")
        return out.read_text().split()

    run("migrate")
    run("person", "add", "cleo", "--role=clinician", "--password-stdin", words=f"{PASSWORD}\n")
    return {name: token(name) for name in ROLES} | {f"writer{n}": one for n, one in enumerate(writers())}
