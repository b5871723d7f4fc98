"""What is refused, how it is said, and that it changes nothing: on one process and on two nodes."""

import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Encoding, Raw, fresh
from tests.endtoend.site import PASSWORD

COOKIE = "curbside_session"


async def test_an_observer_s_post_is_forbidden_and_changes_nothing(callers: Callers) -> None:
    room = await callers.open_case()
    ana, obi = await callers.seated("ana", room), await callers.seated("obi", room)
    before = await callers.get(f"/api/cases/{room}", "ana")
    for command in ({"t": "post", "text": said("buy ours")}, {"t": "pin", "target": "x"}, {"t": "close", **CLOSING}):
        assert (await obi.ask(**command, room=room))["code"] == "forbidden"
    assert await callers.get(f"/api/cases/{room}", "ana") == before
    ack = await ana.ask("post", room=room, text=said("next"))
    assert ack["seq"] == before["seq"] + 1


async def test_a_closed_room_takes_no_post_but_still_knows_the_ids_it_took(callers: Callers) -> None:
    room = await callers.open_case()
    ana, cleo = await callers.seated("ana", room), await callers.seated("cleo", room)
    ack = await ana.ask("post", id="first", room=room, text=said("first"))
    assert "duplicate" not in ack
    assert await ana.ask("post", id="first", room=room, text=said("first")) == ack | {"duplicate": True}
    await cleo.ask("close", room=room, **CLOSING)
    assert (await ana.ask("post", room=room, text=said("late")))["code"] == "room_closed"
    assert await ana.ask("post", id="first", room=room, text=said("first")) == ack | {"duplicate": True}
    assert (await ana.ask("post", id="first", room=room, text=said("other")))["code"] == "conflict"


async def test_the_same_id_with_another_content_or_author_is_a_conflict(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
    ack = await ana.ask("post", id="same", room=room, text=said("one"))
    assert (await ana.ask("post", id="same", room=room, text=said("another")))["code"] == "conflict"
    assert (await ben.ask("post", id="same", room=room, text=said("one")))["code"] == "conflict"
    assert len(await callers.log(room)) == ack["seq"]


async def test_the_same_key_opens_the_same_case_and_another_case_never(callers: Callers) -> None:
    case = {"title": said("t"), "acuity": "routine", "specialties": ["x"], "situation": said("s")}
    case |= {"assessment": said("a"), "request": said("r")}
    key = fresh()
    first = await callers.request("POST", "/api/cases", "cleo", json=case, key=key)
    again = await callers.request("POST", "/api/cases", "cleo", node=1, json=case, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await callers.request("POST", "/api/cases", "cleo", json=case | {"title": said("u")}, key=key)
    assert_problem(other, 409, "conflict")


async def test_an_unknown_case_and_one_that_one_may_not_enter_are_the_same_not_found(callers: Callers) -> None:
    room = await callers.open_case(reach="team")
    dan, ana = await callers.call("dan"), await callers.call("ana")
    answers = [await dan.ask("join", room=room), await dan.ask("join", room="a" * 26), await ana.ask("join", room=room)]
    assert {(answer["code"], answer["message"]) for answer in answers} == {("not_found", answers[0]["message"])}
    for path in (f"/api/cases/{room}", f"/api/cases/{'a' * 26}", f"/api/cases/{room}/events", "/api/cases/%00"):
        assert_problem(await callers.request("GET", path, "dan"), 404, "not_found")
    assert (await dan.ask("post", room=room, text=said("hello")))["code"] == "not_joined"


async def test_without_sign_in_nothing_is_served(callers: Callers) -> None:
    assert await refused(callers) == (401, "unauthenticated")
    assert await refused(callers, Authorization="Bearer nonsense") == (401, "unauthenticated")
    for path in ("/api/cases", "/api/archive", "/api/sessions/current"):
        assert_problem(await callers.request("GET", path), 401, "unauthenticated")


async def test_no_known_subprotocol_is_a_problem_document_before_the_upgrade(callers: Callers) -> None:
    token = f"Bearer {callers.site.tokens['ana']}"
    assert await refused(callers, "curbside.v9.xml", Authorization=token) == (400, "bad_frame")
    assert await refused(callers, None, Authorization=token) == (400, "bad_frame")


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1:1"])
async def test_a_cookie_beside_a_foreign_or_missing_origin_is_403(callers: Callers, origin: str | None) -> None:
    headers = {"Cookie": await signed_in(callers)} | ({"Origin": origin} if origin else {})
    assert await refused(callers, **headers) == (403, "forbidden")


async def test_a_cookie_beside_our_own_origin_is_let_in_until_its_session_is_revoked(callers: Callers) -> None:
    own = {"Cookie": await signed_in(callers), "Origin": f"http://{callers.address('cleo')}"}
    raw = await Raw.open(callers.address("cleo"), headers=own)
    assert raw.me["handle"] == "cleo"
    other_node = {"Cookie": own["Cookie"], "Origin": f"http://{callers.address('', 1)}"}
    gone = await callers.request("DELETE", "/api/sessions/current", node=1, headers=other_node)
    assert gone.status_code == 204
    assert await raw.closed() == 4401
    with pytest.raises(InvalidStatus) as error:
        # The other node may let the session in until it has read that it is over, and then ends it again.
        while (again := await Raw.open(callers.address("cleo"), headers=own)) and await again.closed() == 4401:
            pass
    assert error.value.response.status_code == 401


async def test_a_ticket_lets_in_once(callers: Callers) -> None:
    ticket = (await callers.request("POST", "/api/tickets", "ana")).json()["ticket"]
    raw = await Raw.open(callers.address("", 0), query=f"?ticket={ticket}")
    assert raw.me["handle"] == "ana"
    await raw.hang_up()
    for node in (0, 1):
        with pytest.raises(InvalidStatus) as error:
            await Raw.open(callers.address("", node), query=f"?ticket={ticket}")
        assert error.value.response.status_code == 401


@pytest.mark.parametrize(
    ("encoding", "message", "code"),
    [
        ("msgpack", b"\x80" * 65_537, 1009),
        ("msgpack", b"", 4400),
        ("msgpack", b"\xc1", 4400),
        ("msgpack", b"\x90", 4400),
        ("msgpack", b"\x81\xa1t\x01", 4400),
        ("json", b" " * 65_537, 1009),
        ("json", b'{"t": "ping", "x": "\xff"}', 1007),
        ("json", b"", 4400),
        ("json", b"nonsense", 4400),
        ("json", b"[]", 4400),
        ("json", b'{"t": 1}', 4400),
    ],
)
async def test_what_is_no_frame_ends_the_connection(
    callers: Callers, encoding: Encoding, message: bytes, code: int
) -> None:
    ana = await callers.call("ana", encoding)
    await ana.socket.send(message, text=encoding == "json")
    assert await ana.closed() == code


async def test_text_on_a_msgpack_connection_ends_it(callers: Callers) -> None:
    ana = await callers.call("ana", "msgpack")
    await ana.socket.send('{"t": "ping"}')
    assert await ana.closed() == 4400


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_a_frame_that_is_not_valid_is_named_and_the_connection_stays(
    callers: Callers, encoding: Encoding
) -> None:
    room = await callers.open_case()
    ana = await callers.seated("ana", room, encoding)
    bad: list[tuple[str, dict[str, Any]]] = [
        ("post", {"room": room, "text": said("x" * 8_000)}),
        ("post", {"room": room, "text": 7}),
        ("post", {"room": room}),
        ("post", {"room": room, "text": said("deep"), "x": nested(8)}),
        ("post", {"room": room, "text": said("kind"), "kind": "order"}),
        ("join", {"room": "no such id!"}),
    ]
    for kind, fields in bad:
        assert (await ana.ask(kind, **fields))["code"] == "bad_frame"
    assert (await ana.ask("reboot", room=room))["code"] == "unknown_kind"
    await ana.send("post", room=room, text=said("without an id"))
    await ana.found(lambda: next((frame for frame in ana.of("error") if "re" not in frame), None))
    assert (await ana.ask("post", room=room, text="x" * 8_000))["seq"] == 2
    assert (await ana.ask("post", room=room, text=said("flat"), x=nested(6)))["seq"] == 3
    assert not [event for event in await callers.log(room) if "x" in event["body"]]


CLOSING = {"disposition": "transferred", "summary": said("done")}


async def refused(callers: Callers, subprotocol: str | None = "curbside.v1.json", **headers: str) -> tuple[int, str]:
    """The status and code with which a handshake is refused."""
    offered = [Subprotocol(subprotocol)] if subprotocol else None
    with pytest.raises(InvalidStatus) as error:
        address = f"ws://{callers.address('cleo')}/ws"
        await connect(address, subprotocols=offered, additional_headers=headers, proxy=None)
    response = error.value.response
    assert response.headers["content-type"] == "application/problem+json"
    problem = json.loads(response.body)
    assert problem["status"] == response.status_code
    return response.status_code, problem["code"]


async def signed_in(callers: Callers) -> str:
    """The cookie of a new session of cleo."""
    answer = await callers.request("POST", "/api/sessions", json={"handle": "cleo", "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return f"{COOKIE}={answer.cookies[COOKIE]}"


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    """It is a problem document (RFC 9457) with this status and code."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"], answer.json()["code"]) == (status, status, code)


def nested(depth: int) -> list[Any]:
    """Lists in lists."""
    return [] if depth == 1 else [nested(depth - 1)]
