"""`curbside serve --demo`, as somebody new to it starts it."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.endtoend.process import Process
from tests.servers import Port

PEOPLE = {"ana", "ben", "cleo", "mo", "obi"}


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Process]:
    port = Port()
    process = Process(["serve", "--demo"], {"CURBSIDE_VAR": str(tmp_path / "var")}, tmp_path / "log", port)
    process.start()
    yield process
    process.stop()
    port.release()
    assert not process.log.read_text()


def test_the_printed_people_can_sign_in_and_read_the_open_case_also_after_a_restart(demo: Process) -> None:
    first = demo.ready_text
    assert f"http://{demo.address}" in first
    cases = {person: case(demo, person, password) for person, password in printed(first).items()}
    assert set(cases) == PEOPLE
    assert len(set(cases.values())) == 1
    assert demo.stop() == 0
    demo.start()
    assert demo.ready_text == first
    assert {person: case(demo, person, password) for person, password in printed(first).items()} == cases


def printed(text: str) -> dict[str, str]:
    """The people and passwords that stand on the terminal."""
    return dict(re.findall(r"^  (\w+) +(\S{16})(?=\s|$)", text, flags=re.MULTILINE))


def case(demo: Process, handle: str, password: str) -> str:
    """The one case that this person is shown once they have signed in."""
    with httpx.Client(base_url=f"http://{demo.address}", trust_env=False) as client:
        assert client.post("/api/sessions", json={"handle": handle, "password": password}).status_code == 201
        assert client.get("/api/sessions/current").json()["handle"] == handle
        [line] = client.get("/api/cases").json()["cases"]
        opened = client.get(f"/api/cases/{line['id']}")
        assert opened.status_code == 200
        return str(line["id"])
