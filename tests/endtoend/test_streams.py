"""A consult over event streams and posts, among WebSockets, on one process and on two nodes."""

import asyncio

import httpx
import pytest

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Frame, Raw, fresh
from tests.endtoend.site import PASSWORD, Cluster, Embedded
from tests.endtoend.streamed import CONNECTION, Streamed


async def sit(streamed: Streamed, room: str, **join: object) -> Frame:
    joined = await streamed.ask("join", room=room, **join)
    assert joined["t"] == "joined", joined
    await streamed.next("caught_up")
    return joined


async def post(seat: Raw, room: str) -> Frame:
    return await seat.ask("post", room=room, text=said("Give antivenom."))


@pytest.mark.parametrize("post_to", [0, 1])
async def test_seats_over_streams_and_websockets_read_one_log(callers: Callers, post_to: int) -> None:
    room = await callers.open_case()
    cleo, ben = await callers.seated("cleo", room), await callers.seated("ben", room, "json")
    ana = await callers.stream("ana", node=1, post_to=post_to)
    await sit(ana, room)
    acks = [await post(seat, room) for seat in (cleo, ana, ben, ana, cleo)]
    assert [ack["seq"] for ack in acks] == [2, 3, 4, 5, 6]
    log = await callers.log(room)
    for seat in (cleo, ana, ben):
        assert await seat.upto(room, 6) == log


@pytest.mark.parametrize("post_to", [0, 1])
async def test_who_streams_types_and_is_seen_as_anybody(callers: Callers, post_to: int) -> None:
    room = await callers.open_case()
    cleo = await callers.seated("cleo", room)
    ana = await callers.stream("ana", node=1, post_to=post_to)
    await sit(ana, room)
    await ana.send("typing", room=room, on=True)
    assert (await cleo.next("typing", who=ana.me["person"]))["on"]
    await ana.hang_up()
    await cleo.until(lambda: ana.me["person"] in [gone for one in cleo.of("presence") for gone in one["gone"]])


async def test_a_stream_that_was_cut_resumes_and_what_was_posted_is_there_once(callers: Callers) -> None:
    room = await callers.open_case()
    cleo, ana = await callers.seated("cleo", room), await callers.stream("ana", node=1)
    await sit(ana, room)
    name = fresh()
    frame = {"t": "post", "id": name, "room": room, "text": said("Give antivenom.")}
    assert (await ana.post(frame)).status_code == 202
    position = ana.position(room)
    await ana.cut()
    await post(cleo, room)
    back = await callers.stream("ana", node=0)
    assert (await sit(back, room, **position))["resumed"]
    assert (await back.ask(**frame))["duplicate"]
    await back.upto(room, 3)
    assert [event["seq"] for event in ana.events(room) + back.events(room)][-2:] == [2, 3]
    assert [event["id"] for event in await callers.log(room)].count(name) == 1


async def test_several_frames_of_one_post_are_taken_in_order(callers: Callers) -> None:
    room = await callers.open_case()
    ana = await callers.stream("ana", node=1, post_to=0)
    names = [fresh() for _ in range(5)]
    join = {"t": "join", "id": fresh(), "room": room}
    posts = [{"t": "post", "id": name, "room": room, "text": said(name)} for name in names]
    assert (await ana.post(join, *posts)).status_code == 202
    assert [event["id"] for event in await ana.upto(room, 6)][1:] == names


@pytest.mark.parametrize("post_to", [0, 1])
async def test_posts_of_others_with_no_key_or_a_wrong_one_reach_nobody(callers: Callers, post_to: int) -> None:
    ana = await callers.stream("ana", node=1, post_to=post_to)
    ping = {"t": "ping", "n": 1}
    bens, anas = ({"Authorization": f"Bearer {callers.site.tokens[who]}"} for who in ("ben", "ana"))
    wrong = ana.key[:-1] + ("0" if ana.key[-1] != "0" else "1")
    for status, headers in (
        (403, bens),
        (401, {"Authorization": "Bearer nobody's"}),
        (403, {"Cookie": "curbside_session=x", "Origin": "https://elsewhere.example"}),
        (404, {CONNECTION: wrong}),
        (404, anas | {CONNECTION: wrong}),
        (415, {"Content-Type": "text/plain"}),
    ):
        answer = await ana.post(ping, **headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert not ana.of("pong")
    assert (await ana.post(ping, **anas)).status_code == 202
    await ana.next("pong")


async def test_what_cannot_be_a_post_is_refused_whole(callers: Callers) -> None:
    ana = await callers.stream("ana")
    assert (await ana.post()).status_code == 400
    long = {"t": "post", "id": fresh(), "room": "r", "text": "x" * 65_536}
    assert (await ana.post({"t": "ping", "n": 1}, long)).status_code == 413
    assert (await ana.post(long, long, long)).status_code == 413
    await ana.post({"t": "ping", "n": 2})
    assert (await ana.next("pong"))["n"] == 2 and len(ana.of("pong")) == 1


async def test_a_stream_that_is_not_read_holds_nobody_up_and_is_brought_up_to_date(callers: Callers) -> None:
    room = await callers.open_case()
    ben = await callers.seated("ben", room)
    ana = await callers.stream("ana", node=1)
    await sit(ana, room)
    ana.stall()
    text = said("x" * 7_000)
    for _ in range(100):
        last = await ben.ask("post", room=room, text=text)
    ana.read_on()
    assert await ana.upto(room, last["seq"]) == await callers.log(room)
    assert max(len(frame["events"]) for frame in ana.of("events")) > 1, "it never was behind"


async def test_a_ticket_opens_one_stream(callers: Callers) -> None:
    ticket = (await callers.request("POST", "/api/tickets", "ana")).json()["ticket"]
    address = callers.address("ana")
    await (await Streamed.open(address, ticket, address)).hang_up()
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await Streamed.open(address, ticket, address)
    assert refused.value.response.status_code == 401


async def test_the_stream_is_kept_by_nobody_on_its_way(callers: Callers) -> None:
    headers = (await callers.stream("ana")).response.headers
    assert headers["content-type"] == "text/event-stream"
    assert headers["cache-control"] == "no-store, no-transform" and headers["x-accel-buffering"] == "no"


async def test_a_session_that_is_signed_out_ends_its_stream(callers: Callers) -> None:
    who = {"handle": "cleo", "password": PASSWORD}
    cookie = (await callers.request("POST", "/api/sessions", json=who)).headers["set-cookie"].split(";")[0]
    address = callers.address("", 0)
    own = {"Cookie": cookie, "Origin": f"http://{address}"}
    ticket = (await callers.request("POST", "/api/tickets", headers=own)).json()["ticket"]
    streamed = await Streamed.open(address, ticket, callers.address("", 1))
    assert (await streamed.post({"t": "ping"}, Cookie=cookie)).status_code == 403
    other = {"Cookie": cookie, "Origin": f"http://{callers.address('', 1)}"}
    assert (await streamed.post({"t": "ping"}, **other)).status_code == 202
    assert (await callers.request("DELETE", "/api/sessions/current", node=1, headers=other)).status_code == 204
    assert await streamed.closed() == 4401
    await streamed.hang_up()


async def test_a_drain_sends_a_stream_to_another_node_where_it_goes_on(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana = await callers.stream("ana", node=1)
        await sit(ana, room)
        await post(ana, room)
        cluster.web(1).terminate()
        assert (await ana.next("bye"))["code"] == 1012 and await ana.closed() == 1012
        back = await callers.stream("ana", node=0)
        assert (await sit(back, room, **ana.position(room)))["resumed"]
        assert (await post(back, room))["seq"] == 3
        await asyncio.to_thread(cluster.web(1).await_end)


async def test_a_post_for_a_node_that_has_died_says_so_in_time(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        ana = await callers.stream("ana", node=1, post_to=0)
        cluster.web(1).kill()
        answer = await ana.post({"t": "ping"})
        assert answer.status_code == 503 and answer.json()["retry_after_ms"] == 1_000
        assert await ana.closed() == 1006


async def test_while_redis_is_away_a_post_arrives_at_the_node_of_its_stream(cluster: Cluster) -> None:
    async with Callers(cluster) as callers:
        room = await callers.open_case()
        ana = await callers.stream("ana", node=1)
        await sit(ana, room)
        cluster.redis.kill()
        assert (await post(ana, room))["seq"] == 2
        ana.posts_to = callers.address("ana", 0)
        assert (await ana.post({"t": "ping"})).status_code == 503
        cluster.redis.start()


async def test_connections_are_counted_together_whatever_they_are(embedded: Embedded) -> None:
    embedded.environment["CURBSIDE_CONNECTIONS_PER_PERSON"] = "2"
    embedded.web(0).stop()
    embedded.web(0).start()
    async with Callers(embedded) as callers:
        await callers.call("ana")
        await callers.stream("ana")
        with pytest.raises(httpx.HTTPStatusError) as refused:
            await callers.stream("ana")
        assert refused.value.response.status_code == 429
