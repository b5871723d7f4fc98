"""No byte that anybody but its payer gets, and no work of the room, tells before the close that an award was given."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from realtime import gateway
from realtime.awarding import award
from realtime.hub import Hub
from realtime.socket import Connection
from realtime.wire.client import Award
from realtime.wire.server import Pong
from tests.web.consult_of import AWARD, Played, played

Leak = Callable[[Hub, Connection, Award], None]


@pytest.fixture
async def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Played:
    """The consult in which nothing is awarded."""
    (folder := tmp_path / "without").mkdir()
    return await played(folder, monkeypatch, award=False)


async def test_nobody_can_tell_that_an_award_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: Played
) -> None:
    (folder := tmp_path / "with").mkdir()
    given = await played(folder, monkeypatch, award=True)
    assert given.answer is not None and (given.answer["t"], given.answer["re"]) == ("ack", AWARD)
    assert all(without.lines.values())
    assert without.differs(given) == []


async def test_the_same_consult_is_the_same_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: Played
) -> None:
    (folder := tmp_path / "again").mkdir()
    assert without.differs(await played(folder, monkeypatch, award=False)) == []


def a_byte_to_another(hub: Hub, connection: Connection, frame: Award) -> None:
    for other in hub.connections:
        if other.person.id == "ana":
            other.send(Pong(time=hub.node.now_ms()))


def a_message_to_other_nodes(hub: Hub, connection: Connection, frame: Award) -> None:
    hub.node.backplane.publish("room:" + frame.room, b"awarded")


def a_salt_that_an_event_would_have_had(hub: Hub, connection: Connection, frame: Award) -> None:
    hub.node.salts()


def a_line_of_the_audit(hub: Hub, connection: Connection, frame: Award) -> None:
    hub.node.audit.note("case_read", connection.person.id, frame.room)


LEAKS: Final[tuple[Leak, ...]] = (
    a_byte_to_another,
    a_message_to_other_nodes,
    a_salt_that_an_event_would_have_had,
    a_line_of_the_audit,
)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
async def test_an_award_that_leaves_a_trace_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: Played, leak: Leak
) -> None:
    async def leaking(hub: Hub, connection: Connection, frame: Award) -> None:
        await award(hub, connection, frame)
        leak(hub, connection, frame)

    monkeypatch.setattr(gateway, "award", leaking)
    (folder := tmp_path / "leaking").mkdir()
    assert without.differs(await played(folder, monkeypatch, award=True))
