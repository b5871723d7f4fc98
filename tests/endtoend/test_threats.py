"""What attackers try, against whole deployments; docs/security.md says which threat each test is for."""

import asyncio
import json
from typing import Any, Final, get_args

import msgpack
import msgspec
import psutil
import pytest

from realtime.rooms.commands import AnyCommand
from realtime.rooms.events import BODIES
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Encoding, Raw, fresh
from tests.endtoend.site import Cluster, Embedded
from tests.realtime.rooms.test_roles import FIELDS

FORGED: Final[dict[str, Any]] = {
    "by": {"person": "system", "role": "moderator", "tier": 3},
    "person_": "ana",
    "seq": 1,
    "at": 1,
    "check": "0" * 16,
    "role": "moderator",
    "tier": 3,
    "as": "contribute",
    "mode": "contribute",
    "standing": "presenter",
}
"""What the server alone says, put into a client's frame."""


async def test_a_resume_of_a_room_that_one_may_not_enter_is_not_found(callers: Callers) -> None:
    room = await callers.open_case(reach="institution")
    stranger, presenter = await callers.call("dan"), await callers.seated("cleo", room)
    position = presenter.position(room)
    for fields in ({}, position, {"after": 1}, position | {"as": "contribute"}, position | {"as": "follow"}):
        answer = await stranger.ask("join", room=room, **fields)
        assert (answer["t"], answer["code"]) == ("error", "not_found")
    nowhere = fresh()
    callers.site.went_back.add(nowhere)
    unknown = await stranger.ask("join", room=nowhere, **position)
    assert unknown["message"] == answer["message"]


async def test_every_address_with_a_foreign_id_is_not_found(callers: Callers) -> None:
    room = await callers.open_case(reach="institution")
    strange = [room, room.upper(), f"..%2f{room}", f"{room}%00", "%2e%2e", "x" * 300, "'; DROP TABLE room"]
    for name in strange:
        for path in ("/api/cases/{}", "/api/cases/{}/events", "/api/archive/{}"):
            answer = await callers.request("GET", path.format(name), "dan")
            assert answer.status_code == 404, (name, path, answer.text)


async def test_who_was_removed_is_told_of_nothing_later_by_any_way(callers: Callers) -> None:
    room = await callers.open_case()
    ana, cleo = await callers.seated("ana", room), await callers.seated("cleo", room)
    how: dict[str, Any] = {"as": "follow"}
    follower = await callers.seated("ana", room, **how)
    position = ana.position(room)
    await cleo.ask("remove", room=room, person=ana.me["person"])
    secret = await cleo.ask("post", room=room, text=said("not for the removed"))
    for raw in (ana, follower):
        assert (await raw.next("left"))["code"] == "removed"
        assert (await raw.ask("join", room=room, **position))["code"] == "not_found"
        assert (await raw.ask("post", room=room, text=said("still here")))["code"] == "not_joined"
    await callers.request("GET", "/healthz")
    for path in (f"/api/cases/{room}", f"/api/cases/{room}/events"):
        assert (await callers.request("GET", path, "ana")).status_code == 404
    told = [event["id"] for raw in (ana, follower) for event in raw.events(room)]
    assert secret["re"] not in told


@pytest.mark.parametrize("person", ["obi", "ana"])
async def test_a_reader_gains_nothing_by_forged_fields(callers: Callers, person: str) -> None:
    room = await callers.open_case()
    cleo = await callers.seated("cleo", room)
    target = (await cleo.ask("post", room=room, text=said("mine")))["re"]
    how: dict[str, Any] = {} if person == "obi" else {"as": "follow"}
    reader = await callers.seated(person, room, **how)
    before = await callers.log(room)
    for kind in get_args(AnyCommand):
        tag, fields = str(kind.__struct_config__.tag), msgspec.to_builtins(FIELDS[kind])
        fields |= {"target": target} if "target" in fields else {}
        answer = await reader.ask(tag, **FORGED | fields | {"room": room})
        assert answer["t"] == ("ack" if tag == "flag" else "error"), answer
    for kind in BODIES:
        await reader.send(kind, room=room, **FORGED)
        await reader.next("error")
    assert await callers.log(room) == before


async def test_a_contributor_s_forged_fields_are_ignored_and_never_stored(callers: Callers) -> None:
    room = await callers.open_case()
    ana = await callers.seated("ana", room)
    ack = await ana.ask("post", room=room, text=said("as myself"), **FORGED)
    event = (await callers.log(room))[-1]
    assert (event["seq"], event["by"]["person"], event["by"]["role"]) == (ack["seq"], ana.me["person"], "physician")
    assert event["at"] > 1
    assert set(event["body"]) == {"text", "kind", "evidence", "images"}


async def test_a_recorded_session_that_is_played_again_makes_nothing_new(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
    session = [
        ("post", {"id": "r1", "text": said("one")}),
        ("post", {"id": "r2", "text": said("two"), "reply_to": "r1"}),
        ("amend", {"id": "r3", "target": "r1", "text": said("one, amended")}),
    ]
    for t, fields in session:
        await ana.ask(t, room=room, **fields)
    before = await callers.log(room)
    again = await callers.seated("ana", room, node=0)
    for t, fields in session:
        assert (await again.ask(t, room=room, **fields))["duplicate"]
        assert (await ben.ask(t, room=room, **fields))["code"] in ("conflict", "forbidden")
    assert await callers.log(room) == before


async def test_a_ranges_bomb_costs_nothing(callers: Callers) -> None:
    ranges = "bytes=" + ",".join(f"{n}-{n + 1}" for n in range(0, 8_000, 2))
    for path in ("/", "/healthz", "/api/signin"):
        answer = await callers.request("GET", path, headers={"Range": ranges})
        assert answer.status_code in (200, 206, 416, 431)
        assert len(answer.content) < 1_000_000


async def test_a_body_that_says_it_is_multipart_is_not_read(callers: Callers) -> None:
    for path in ("/api/sessions", "/api/cases", "/api/tickets"):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = await callers.request("POST", path, "cleo", content=b"--x\r\n" * 1_000, headers=headers)
        assert answer.status_code in (415, 422), (path, answer.text)


async def test_while_the_database_is_away_nobody_is_let_in_who_was_not_known(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case(reach="institution")
        ana = await callers.call("ana")
        dan = await callers.call("dan")
        cluster.postgres.kill()
        for raw in (ana, dan):
            answer = await raw.ask("join", room=room)
            assert (answer["t"], answer["code"]) in (("error", "not_found"), ("error", "unavailable"))
        for path in (f"/api/cases/{room}", "/api/moderation/flags", "/api/moderation/sanctions"):
            assert (await callers.request("GET", path, "dan")).status_code in (403, 404, 503)
            assert (await callers.request("GET", path)).status_code == 401
        cluster.postgres.start()


async def test_a_session_that_was_ended_loses_its_socket_while_redis_is_away(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        ana = await callers.call("ana", node=1)
        cluster.redis.kill()
        ended = await callers.request("DELETE", "/api/sessions/current", "ana", node=0)
        assert ended.status_code == 204
        assert await ana.closed() == 4401
        cluster.redis.start()


async def test_bombs_of_every_encoding_cost_no_memory(embedded: Embedded) -> None:
    async with Callers(embedded) as callers:
        process = embedded.web(0)
        await refused_bombs(callers, 10)
        settled = resident_bytes(process.pid)
        await refused_bombs(callers, 100)
        assert resident_bytes(process.pid) - settled < 8 * 2**20


def resident_bytes(pid: int) -> int:
    """The memory that a process holds."""
    return int(psutil.Process(pid).memory_info().rss)


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


BOMBS: Final[dict[Encoding, list[bytes | str]]] = {
    "msgpack": [
        msgpack.packb({"t": "post", "x": [{} for _ in range(20_000)]}),
        msgpack.packb({"t": "post", "x": nested(500)}),
        msgpack.packb({"t": "post", 1: 2, b"k": 3}),
        b"\xdf\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
    ],
    "json": [
        json.dumps({"t": "post", "x": nested(500)}),
        json.dumps({"t": "post", "x": [{}] * 9_000}),
        "[" * 60_000,
        '{"t":' * 10_000,
    ],
}


async def refused_bombs(callers: Callers, rounds: int) -> None:
    """Send each bomb so many times, over connections that it may end."""
    for _ in range(rounds):
        sent = [(await callers.call("ana", encoding), bomb) for encoding, bombs in BOMBS.items() for bomb in bombs]
        await asyncio.gather(*(refused(raw, bomb) for raw, bomb in sent))


async def refused(raw: Raw, bomb: bytes | str) -> None:
    """Send a bomb; the answer is an error or the end."""
    await raw.socket.send(bomb)
    try:
        await raw.next("error")
        await raw.hang_up()
    except ConnectionError:
        assert raw.socket.close_code in (4400, 1009)
