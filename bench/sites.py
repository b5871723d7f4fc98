"""Fresh deployments to measure: a folder, a database, perhaps Redis; nodes, people and cases on them."""

import asyncio
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from bench.failures import Failure
from bench.node import Node
from bench.servers import create_database, postgres, redis
from client.http import request

COMMAND: Final = str(Path(sys.executable).with_name("curbside"))
PATIENCE_S: Final = 60.0

# All limits are on. All of the load comes from this machine.
ADDRESSES: Final = {"CURBSIDE_TRUSTED_ADDRESSES": "127.0.0.0/8"}
# For rows in which one author, or one room, posts as fast as the server takes it: no person does.
FASTER: Final = {
    "CURBSIDE_COMMANDS_PER_S": "2000",
    "CURBSIDE_ROOM_COMMANDS_PER_S": "10000",
}

Role = Literal["clinician", "physician", "observer", "moderator"]


class Sites:
    """Where sites come from. PostgreSQL and Redis are started by the first that needs them; `stack` ends everything."""

    def __init__(self, stack: ExitStack, quick: bool = False) -> None:
        self.quick = quick
        self._stack = stack
        self._made = 0
        self.folder = self._new_folder()

    def embedded(self, **settings: str) -> "Site":
        """A site on SQLite, of the default settings but for these."""
        return self._site(**settings)

    def postgres(self) -> "Site":
        """A site on PostgreSQL, for one node."""
        return self._site(CURBSIDE_DATABASE_URL=self._database())

    def shared(self, **settings: str) -> "Site":
        """A site on PostgreSQL and Redis, for any number of nodes, of the default settings but for these."""
        return self._site(CURBSIDE_DATABASE_URL=self._database(), CURBSIDE_REDIS_URL=self._redis, **settings)

    def folder_for(self, name: str) -> Path:
        """An empty folder on the same disk."""
        self._made += 1
        folder = self.folder / f"{name}-{self._made}"
        folder.mkdir()
        return folder

    def _site(self, **settings: str) -> "Site":
        folder = self.folder_for("site")
        site = Site(folder, settings)
        site.run("migrate")
        return site

    def _database(self) -> str:
        return create_database(self._postgres, f"bench_{self._made}")

    @cached_property
    def _postgres(self) -> str:
        return self._stack.enter_context(postgres(self._new_folder()))

    @cached_property
    def _redis(self) -> str:
        return self._stack.enter_context(redis(self._new_folder()))

    def _new_folder(self) -> Path:
        """A folder on a real disk: /tmp is memory on many systems, and an ack from there would mean nothing."""
        disk = "/var/tmp"
        folder = tempfile.mkdtemp(prefix="curbside-bench-", dir=disk if os.path.isdir(disk) else None)
        self._stack.callback(shutil.rmtree, folder)
        return Path(folder)


class Site:
    """One deployment."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith("CURBSIDE_") and name != "PORT"}
        self._folder = folder
        self._environment = {
            **own,
            "CURBSIDE_VAR": str(folder / "var"),
            "CURBSIDE_PAGING": "off",
            "CURBSIDE_SECRET_KEY": secrets.token_hex(32),
            **ADDRESSES,
            **settings,
        }

    @property
    def database(self) -> str:
        """The URL of its database."""
        at_home = f"sqlite:///{self._folder / 'var' / 'curbside.db'}"
        return self._environment.get("CURBSIDE_DATABASE_URL", at_home)

    def node(self) -> Node:
        """A web node, to be entered: it serves from then on, until left."""
        return Node([COMMAND, "serve", "--port", "0"], self._environment, self._folder / "log")

    def run(self, *arguments: str) -> None:
        """Run a command of `curbside` to its end."""
        done = subprocess.run(
            [COMMAND, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode != 0:
            raise Failure(f"curbside {arguments[0]} failed: {done.stderr.strip()}")

    def tokens(self, role: Role, count: int) -> list[str]:
        """Bearer tokens of `count` new people."""
        place = self._folder / "tokens"
        agreed = ("--institution", "bench", "--kind", "research", "--agree") if role == "observer" else ()
        self.run("token", "--count", str(count), "--role", role, "--out", str(place), *agreed)
        return place.read_text().split()


def open_cases(node: Node, tokens: Sequence[str], **parts: Any) -> list[str]:
    """The ids of new cases, one for each token's owner, with observers live unless `parts` say otherwise."""

    async def opened() -> list[str]:
        return [await _open_case(node, token, f"bench{number}", parts) for number, token in enumerate(tokens)]

    return asyncio.run(opened())


async def _open_case(node: Node, token: str, key: str, parts: Mapping[str, Any]) -> str:
    case = {
        "title": "Sudden chest pain",
        "acuity": "urgent",
        "specialties": ["cardiology"],
        "situation": "Chest pain at rest, ST elevation in the inferior leads.",
        "assessment": "Inferior infarction, perhaps of the right ventricle.",
        "request": "Thrombolysis here, or transfer?",
        "observers": "live",
        **parts,
    }
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    answer = await request("POST", f"{node.url}/api/cases", headers, case)
    return str(answer["id"])
