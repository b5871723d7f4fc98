import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.cli import main
from web.commands.alone import claim
from web.commands.serve import configured
from web.settings import Settings, load

CURBSIDE = Path(sys.executable).with_name("curbside")
POSTGRES = "postgresql://curbside:hunter2@127.0.0.1:1/curbside"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def serve(*arguments: str, **env: str) -> Result:
    return CliRunner().invoke(main, ["serve", *arguments], env={f"CURBSIDE_{name}": env[name] for name in env})


def refused(result: Result, sentence: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert re.fullmatch(rf"curbside: [^\n]*{sentence}[^\n]*\.\n", result.stderr)


def test_a_port_in_use_is_one_sentence_and_exit_status_2(taken_port: str) -> None:
    ran = subprocess.run([CURBSIDE, "serve", "--port", taken_port], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(rf"curbside: Port {taken_port} at 127.0.0.1 cannot be used [^\n]*\.\n", ran.stderr)


def test_a_wrong_database_url_is_one_sentence_and_exit_status_2() -> None:
    env = {"CURBSIDE_DATABASE_URL": POSTGRES, "CURBSIDE_PORT": "0"}
    ran = subprocess.run([CURBSIDE, "serve"], check=False, capture_output=True, text=True, env=env)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(r"curbside: PostgreSQL at 127.0.0.1:1/curbside cannot be reached [^\n]*\.\n", ran.stderr)


def test_a_file_of_hospitals_that_is_wrong_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "hospitals.toml").write_text("[[hospital]]\nid = 'a'\nname = 'A'\nclient_secret = 'hunter2'\n")
    result = serve("--port", "0", HOSPITALS=str(tmp_path / "hospitals.toml"))
    refused(result, "CURBSIDE_HOSPITALS is not valid: Object missing required field")
    assert "hunter2" not in result.stderr
    refused(serve("--port", "0", HOSPITALS="nowhere.toml"), "the file cannot be read")


def test_a_file_of_acuity_that_nobody_could_rely_on_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "acuity.toml"
    file.write_text("[acuity.routine]\npages = true\ndeadline_s = 60\n")
    refused(serve("--port", "0", ACUITY=str(file)), "CURBSIDE_ACUITY is not valid: `routine` pages nobody")
    file.write_text("[manchester]\norange = 90\n")
    refused(serve("--port", "0", ACUITY=str(file)), "must not fall from red to blue")
    file.write_text("[acuity.stat]\ndeadline_s = 1\n")
    refused(serve("--port", "0", ACUITY=str(file)), "CURBSIDE_ACUITY is not valid: Expected `int` >= 10")
    refused(serve("--port", "0", ACUITY="nowhere.toml"), "the file cannot be read")


def test_a_host_that_is_not_ours_is_one_sentence() -> None:
    refused(
        serve("--host", "192.0.2.1", "--port", "0"),
        "Port 0 at 192.0.2.1 cannot be used [^:]*: give an address of this machine",
    )
    refused(serve("--host", "no.such.host.invalid"), "The host `no.such.host.invalid` is not known")
    refused(serve("--host", "http://here"), "CURBSIDE_HOST is not valid")


def test_more_workers_need_redis() -> None:
    refused(serve("--workers", "2"), "More than one worker needs Redis")


def test_redis_with_sqlite_is_refused() -> None:
    refused(serve(REDIS_URL="redis://127.0.0.1", SECRET_KEY=KEY), "CURBSIDE_REDIS_URL needs PostgreSQL")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "consult.example"])
def test_the_demo_listens_on_this_machine_only(host: str) -> None:
    refused(serve("--demo", "--host", host), "--demo serves this machine only")
    refused(serve("--demo", HOST=host), "--demo serves this machine only")


def test_the_demo_is_not_for_postgresql() -> None:
    refused(serve("--demo", DATABASE_URL=POSTGRES), "--demo keeps its people on SQLite only")


def test_tls_needs_a_chain_and_its_key() -> None:
    Path("cert.pem").write_text("no certificate")
    refused(serve("--tls-cert", "cert.pem"), "--tls-cert and --tls-key go together")
    refused(serve("--tls-cert", "cert.pem", "--tls-key", "cert.pem"), "--tls-cert and --tls-key cannot be used")
    assert serve("--tls-cert", "none.pem", "--tls-key", "cert.pem").exit_code == 2


def test_a_secret_file_that_cannot_be_used_is_named() -> None:
    Path("var").mkdir()
    Path("var/secret.key").write_text("short")
    refused(serve("--port", "0"), "var/secret.key holds fewer than 32 characters")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_vault_key_that_cannot_be_used_is_named(command: str) -> None:
    Path("var/vault.key").mkdir(parents=True)
    ran = subprocess.run([CURBSIDE, command], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert re.fullmatch(r"curbside: [^\n]*var/vault.key cannot be read or made[^\n]*\.\n", ran.stderr)


def test_a_recogniser_that_is_not_installed_is_named() -> None:
    refused(serve("--port", "0", IDENTIFIERS="presidio"), "CURBSIDE_IDENTIFIERS=presidio needs the extra: install")


def test_a_seal_key_that_cannot_be_used_is_named() -> None:
    Path("var").mkdir()
    Path("var/seal.key").write_text("no key")
    refused(serve("--port", "0"), "var/seal.key cannot be read or made")


def test_a_second_server_on_one_database_is_refused(tmp_path: Path) -> None:
    with claim(tmp_path / "curbside.db"):
        refused(serve("--port", "0", VAR=str(tmp_path)), "curbside.db is served by another process")


async def test_a_forwarded_address_counts_from_a_trusted_proxy_only() -> None:
    trusting = load(trusted_proxies="10.0.0.0/8")
    forwarded = {"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"}
    assert await _seen(trusting, "10.1.2.3", forwarded) == "https 198.51.100.7"
    assert await _seen(trusting, "192.0.2.1", forwarded) == "http 192.0.2.1"
    assert await _seen(load(), "127.0.0.1", forwarded) == "http 127.0.0.1"
    chained = {"x-forwarded-for": "203.0.113.9, 198.51.100.7, 10.9.9.9"}
    assert await _seen(trusting, "10.1.2.3", chained) == "http 198.51.100.7"


async def _seen(settings: Settings, peer: str, headers: dict[str, str]) -> str:
    """The scheme and address that an app served with these settings sees of a request."""
    config = configured(settings, lambda: _echo)
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=(peer, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        return (await client.get("/", headers=headers)).text


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(f"{scope['scheme']} {scope['client'][0]}")(scope, receive, send)
