"""What is wrong at the start is said in one sentence, and the exit status is 2."""

import re
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drill.process import curbside
from drill.servers import Postgres
from tests.endtoend.site import SECRET

POSTGRES = "postgresql://curbside:hunter2@127.0.0.1:1/curbside"
REDIS = "redis://127.0.0.1:1"


@pytest.fixture
def port_in_use() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_port_in_use(tmp_path: Path, port_in_use: int) -> None:
    refused(tmp_path, {}, f"Port {port_in_use} at 127.0.0.1 cannot be used", "serve", f"--port={port_in_use}")


@pytest.mark.parametrize(
    ("settings", "sentence", "arguments"),
    [
        ({"DATABASE_URL": "mysql://x:hunter2@y/z"}, "CURBSIDE_DATABASE_URL is not valid", ("serve",)),
        ({"DATABASE_URL": POSTGRES}, "PostgreSQL at 127.0.0.1:1/curbside cannot be reached", ("serve",)),
        ({"DATABASE_URL": POSTGRES}, "PostgreSQL at 127.0.0.1:1/curbside cannot be reached", ("worker",)),
        ({"REDIS_URL": REDIS, "SECRET_KEY": SECRET}, "CURBSIDE_REDIS_URL needs PostgreSQL", ("serve",)),
        ({"REDIS_URL": REDIS, "DATABASE_URL": POSTGRES}, "CURBSIDE_SECRET_KEY is required", ("serve",)),
        ({"DATABASE_URL": POSTGRES}, "--demo keeps its people on SQLite only", ("serve", "--demo")),
        ({"HOST": "0.0.0.0"}, "--demo serves this machine only", ("serve", "--demo")),
        ({}, "More than one worker needs Redis", ("serve", "--workers=2")),
    ],
)
def test_settings_that_cannot_be(
    tmp_path: Path, settings: Mapping[str, str], sentence: str, arguments: tuple[str, ...]
) -> None:
    refused(tmp_path, {"PORT": "0", **settings}, sentence, *arguments)


def test_a_database_without_tables_and_one_that_is_not_there(tmp_path: Path, postgres_server: Postgres) -> None:
    url = postgres_server.database("empty")
    refused(tmp_path, {"DATABASE_URL": url, "PORT": "0"}, "run `curbside migrate` first", "serve")
    refused(tmp_path, {"DATABASE_URL": f"{url}_not", "PORT": "0"}, "/empty_not refuses", "serve")


def refused(var: Path, settings: Mapping[str, str], sentence: str, *arguments: str) -> None:
    environment = {f"CURBSIDE_{name}": value for name, value in settings.items()} | {"CURBSIDE_VAR": str(var)}
    ran = curbside(*arguments, environment=environment)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(rf"curbside: [^\n]*{re.escape(sentence)}[^\n]*\.\n", ran.stderr), ran.stderr
    assert "hunter2" not in ran.stderr
