"""The client against an honest peer: what a connection loses, the client brings back."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from client.backoff import Backoff
from client.client import Client
from client.errors import (
    ClientClosed,
    ConnectionLost,
    OutboxLocked,
    OutboxOfAnother,
    ProtocolError,
    RefusedByServer,
    SignInRefused,
)
from client.frames import Encoding
from client.room import Event, Position, Reset, Room
from tests.client.peer import NOTHING, Peer

T = TypeVar("T")
ENCODINGS: list[Encoding] = ["msgpack", "json"]


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with Peer() as peer:
        peer.opened("r1")
        yield peer


def soon() -> Backoff:
    return Backoff(base_s=0.01, cap_s=0.05)


def never() -> Backoff:
    return Backoff(base_s=1_000, cap_s=1_000, draw=max)


def client(peer: Peer, person: str = "ana", **options: Any) -> Client:
    return Client(peer.url, token=person, **{"backoff": soon, **options})


async def within(wish: Awaitable[T], seconds: float = 5) -> T:
    async with asyncio.timeout(seconds):
        return await wish


async def told(room: Room, how_many: int) -> list[str]:
    """The ids of the next events, `reset` for a `Reset`."""
    items = [await within(anext(room.events)) for _ in range(how_many)]
    return [item.id if isinstance(item, Event) else "reset" for item in items]


def log_of(peer: Peer, room: str = "r1") -> list[str]:
    return [entry["id"] for entry in peer.logs[room]]


def error(code: str, **fields: Any) -> dict[str, Any]:
    return {"t": "error", "code": code, "message": "No.", **fields}


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_post_is_acked_and_comes_as_an_event(peer: Peer, encoding: Encoding) -> None:
    async with client(peer, encoding=encoding) as ana:
        room = await ana.join("r1")
        ack = await ana.post("r1", "Säure ✓")
        assert (ack.seq, ack.duplicate) == (2, False)
        assert await told(room, 2) == ["r1-opened", ack.id]
        assert peer.logs["r1"][1]["body"]["text"] == "Säure ✓"


async def test_the_two_encodings_meet_in_one_room(peer: Peer) -> None:
    async with client(peer, encoding="json") as ana, client(peer, "ben", encoding="msgpack") as ben:
        rooms = [await ana.join("r1"), await ben.join("r1")]
        await ana.post("r1", "Lactate 6.")
        await ben.post("r1", "Repeat it.")
        assert [await told(room, 3) for room in rooms] == [log_of(peer)] * 2


async def test_client_knows_who_it_is(peer: Peer) -> None:
    async with client(peer) as ana:
        assert ana.me["person"] == "ana"


async def test_repeat_of_an_id_is_a_duplicate(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        first = await ana.command("r1", "post", id="same", text="Once.")
        again = await ana.command("r1", "post", id="same", text="Once.")
        assert (first.seq, again.seq, again.duplicate) == (2, 2, True)


async def test_same_id_with_other_words_is_a_conflict(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        await ana.command("r1", "post", id="same", text="Once.")
        with pytest.raises(RefusedByServer) as refused:
            await ana.command("r1", "post", id="same", text="Otherwise.")
        assert refused.value.code == "conflict"


async def test_command_waits_for_the_next_connection(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        await peer.stop()
        posts = [asyncio.create_task(ana.post("r1", f"Number {n}")) for n in range(3)]
        await peer.start()
        acks = [await within(post) for post in posts]
        assert [ack.seq for ack in acks] == [2, 3, 4]
        assert await told(room, 4) == log_of(peer)


async def test_lost_answer_is_asked_for_again_and_makes_no_second_event(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.hold_acks = True
        post = asyncio.create_task(ana.post("r1", "Once."))
        await peer.until(lambda: len(peer.logs["r1"]) == 2)
        peer.hold_acks = False
        await peer.cut()
        ack = await within(post)
        assert (ack.seq, ack.duplicate) == (2, True)
        assert len(peer.logs["r1"]) == 2


@pytest.mark.parametrize("code", ["unavailable", "rate_limited"])
async def test_command_that_is_told_to_come_back_does_so_with_its_id(peer: Peer, code: str) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.answers = [error(code, retry_after_ms=1), error(code, retry_after_ms=1)]
        ack = await within(ana.post("r1", "Patience."))
        assert [frame["id"] for frame in peer.heard if frame["t"] == "post"] == [ack.id] * 3


async def test_nothing_overtakes_a_command_that_is_told_to_come_back(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.answers = [error("unavailable", retry_after_ms=20)]
        acks = await within(asyncio.gather(*(ana.post("r1", f"Number {n}") for n in range(5))))
        assert [ack.seq for ack in acks] == [2, 3, 4, 5, 6]


async def test_refusal_is_raised_and_holds_up_nothing(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.answers = [error("forbidden")]
        first, second = await within(
            asyncio.gather(ana.post("r1", "First."), ana.post("r1", "Second."), return_exceptions=True)
        )
        assert isinstance(first, RefusedByServer) and first.code == "forbidden"
        assert log_of(peer) == ["r1-opened", getattr(second, "id", "")]


async def test_giving_up_waiting_takes_nothing_back_and_a_late_refusal_is_told(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.answers = [error("unavailable", retry_after_ms=20), error("room_closed")]
        with pytest.raises(TimeoutError):
            await within(ana.post("r1", "Too late."), 0.005)
        refusal = await within(anext(ana.refusals))
        assert (refusal.command["text"], refusal.error.code) == ("Too late.", "room_closed")
        assert ana.waiting == []


async def test_missed_events_come_once_each_after_a_reconnect(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        assert await told(room, 1) == ["r1-opened"]
        for _ in range(3):
            for number in range(4):
                peer.said("r1", f"Number {number}")
            await peer.cut()
            await told(room, 4)
        assert room.position == Position(13, str(peer.check("r1", 13)))


async def test_everything_from_the_start_can_be_asked_for(peer: Peer) -> None:
    for number in range(6):
        peer.said("r1", f"Number {number}")
    async with client(peer) as ana:
        room = await ana.join("r1", after=Position(0, NOTHING))
        assert await told(room, 7) == log_of(peer)


async def test_log_that_went_back_is_told_as_a_reset(peer: Peer) -> None:
    async with client(peer) as ana:
        peer.said("r1", "This will be lost.")
        room = await ana.join("r1")
        assert await told(room, 2) == log_of(peer)
        del peer.logs["r1"][1]
        peer.said("r1", "This was said instead.")
        await peer.cut()
        reset = await within(anext(room.events))
        assert isinstance(reset, Reset) and reset.state == {"posts": 2}
        assert await told(room, 2) == log_of(peer)


@pytest.mark.parametrize("seq", [1, 3])
async def test_hole_or_repeat_ends_the_client(peer: Peer, seq: int) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        await told(room, 1)
        bad = {"seq": seq, "check": NOTHING, "id": "x", "at": 1, "by": {}, "kind": "post", "body": {}}
        await peer.say({"t": "event", "room": "r1", **bad})
        with pytest.raises(ProtocolError):
            await told(room, 1)
        with pytest.raises(ProtocolError):
            await ana.post("r1", "Anyone?")


async def test_frame_that_lacks_a_field_ends_the_client(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        await told(room, 1)
        await peer.say({"t": "event"})
        with pytest.raises(ProtocolError):
            await told(room, 1)


async def test_frame_of_an_unknown_kind_is_kept_aside(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        await peer.say({"t": "health", "journal": "away"})
        assert await within(anext(ana.notices)) == {"t": "health", "journal": "away"}


async def test_goodbye_says_when_to_come_back(peer: Peer) -> None:
    async with client(peer, backoff=never) as ana:
        await ana.join("r1")
        await peer.say({"t": "bye", "code": 1012, "retry_after_ms": 10})
        await peer.goodbye()
        assert (await within(ana.post("r1", "Back."))).seq == 2


async def test_client_pings_each_heartbeat() -> None:
    async with Peer(heartbeat_s=0.1) as peer, client(peer):
        await peer.until(lambda: len(peer.heard) >= 2)
        assert peer.heard[:2] == [{"t": "ping"}] * 2


async def test_server_that_is_silent_for_two_heartbeats_is_dropped() -> None:
    async with Peer(heartbeat_s=0.1) as peer, client(peer):
        peer.mute = True
        await peer.until(lambda: not peer.seats)
        peer.mute = False
        await peer.until(lambda: peer.handshakes >= 2)


@pytest.mark.parametrize("code", [1011, 1012, 4408, 4429])
async def test_client_comes_back_after_a_passing_close(peer: Peer, code: int) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        await peer.goodbye(code)
        assert (await within(ana.post("r1", "Back."))).seq == 2


@pytest.mark.parametrize(("code", "kind"), [(4401, SignInRefused), (4403, SignInRefused), (4400, ProtocolError)])
async def test_client_stays_away_after_a_final_close(peer: Peer, code: int, kind: type[Exception]) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        peer.hold_acks = True
        post = asyncio.create_task(ana.post("r1", "Unheard."))
        await peer.until(lambda: len(peer.logs["r1"]) == 2)
        await peer.goodbye(code)
        with pytest.raises(kind):
            await within(post)
        await told(room, 2)
        with pytest.raises(kind):
            await told(room, 1)


async def test_client_without_a_sign_in_is_turned_away(peer: Peer) -> None:
    with pytest.raises(SignInRefused):
        async with Client(peer.url, cookie="session=none"):
            pass


async def test_each_connection_takes_a_ticket_of_its_own(peer: Peer) -> None:
    tickets = iter("abc")

    async def ticket() -> str:
        return next(tickets)

    with pytest.raises(SignInRefused):
        async with Client(peer.url, ticket=ticket):
            pass
    assert next(tickets) == "b"


@pytest.mark.parametrize("sign_in", [{}, {"token": "ana", "cookie": "session=x"}])
def test_exactly_one_sign_in_is_taken(sign_in: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Client("http://127.0.0.1:1", **sign_in)  # type: ignore[arg-type]


async def test_entering_waits_for_a_server_that_is_away(peer: Peer) -> None:
    await peer.stop()
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        entered = tasks.create_task(client(peer).__aenter__())
        tasks.create_task(peer.start())
        await (await entered).__aexit__()


async def test_client_goes_to_the_next_node_when_one_dies(peer: Peer) -> None:
    async with Peer() as other, client(peer) as ana:
        other.logs, other.commands = peer.logs, peer.commands
        both = Client([peer.url, other.url], token="ben", backoff=soon)
        async with both as ben:
            room = await ben.join("r1")
            await ana.join("r1")
            await ana.post("r1", "Going.")
            await told(room, 2)
            await peer.stop()
            await within(ben.post("r1", "Still here."))
            assert await told(room, 1) == log_of(other)[2:]
        await peer.start()


async def test_room_that_cannot_be_entered_is_refused(peer: Peer) -> None:
    async with client(peer) as ana:
        with pytest.raises(RefusedByServer) as refused:
            await ana.join("nowhere")
        assert refused.value.code == "not_found"


async def test_command_without_a_seat_is_refused(peer: Peer) -> None:
    async with client(peer) as ana:
        with pytest.raises(RefusedByServer) as refused:
            await within(ana.post("r1", "From outside."))
        assert refused.value.code == "not_joined"


async def test_access_that_is_gone_after_a_reconnect_ends_the_room_and_what_waits(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        peer.hold_acks = True
        recorded = asyncio.create_task(ana.post("r1", "On record."))
        await peer.until(lambda: len(peer.logs["r1"]) == 2)
        waiting = asyncio.create_task(ana.post("r1", "Not on record."))
        peer.hold_acks = False
        peer.shut.add("r1")
        await peer.cut()
        assert (await within(recorded)).duplicate
        with pytest.raises(RefusedByServer):
            await within(waiting)
        await told(room, 2)
        with pytest.raises(RefusedByServer):
            await told(room, 1)


async def test_seat_that_is_taken_away_ends_the_room(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        await peer.say({"t": "left", "room": "r1", "code": "removed"})
        assert [item async for item in room] and room.left == "removed"


async def test_seat_that_was_given_up_can_be_taken_again(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        ana.leave("r1")
        assert [item async for item in room] and room.left == "asked"
        peer.said("r1", "Meanwhile.")
        again = await within(ana.join("r1", after=room.position))
        assert await told(again, 1) == log_of(peer)[1:]


async def test_second_seat_in_a_room_is_an_error(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        with pytest.raises(ValueError, match="joined already"):
            await ana.join("r1")


async def test_viewer_who_stepped_up_comes_back_as_a_contributor(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1", as_="follow")
        await ana.step_up("r1")
        await peer.cut()
        await peer.until(
            lambda: [frame.get("as") for frame in peer.heard if frame["t"] == "join"][1:] == ["contribute"]
        )


async def test_stepping_up_needs_a_connection(peer: Peer) -> None:
    async with client(peer, backoff=never) as ana:
        await ana.join("r1", as_="follow")
        await peer.cut()
        with pytest.raises(ConnectionLost):
            await within(ana.step_up("r1"))


async def test_worklist_is_watched_on_every_connection(peer: Peer) -> None:
    async with client(peer) as ana:
        cases = await ana.watch(["cardiology"])
        await peer.cut()
        await peer.until(lambda: len(peer.heard) == 2)
        wishes = [{**frame, "id": ""} for frame in peer.heard]
        assert wishes == [{"t": "watch", "id": "", "specialties": ["cardiology"], "languages": []}] * 2
        await peer.say({"t": "case", "room": "r2", "change": "opened"})
        assert (await within(anext(cases)))["room"] == "r2"


async def test_closing_ends_what_waits_and_every_stream(peer: Peer) -> None:
    async with client(peer) as ana:
        room = await ana.join("r1")
        cases = await ana.watch()
        peer.hold_acks = True
        post = asyncio.create_task(ana.post("r1", "Unheard."))
        await peer.until(lambda: len(peer.logs["r1"]) == 2)
    with pytest.raises(ClientClosed):
        await post
    with pytest.raises(ClientClosed):
        await ana.post("r1", "After the end.")
    assert [item async for item in room] and not [case async for case in cases]


@pytest.mark.parametrize(
    "wish", [{"id": "no spaces", "text": ""}, {"id": "x" * 37, "text": ""}, {"text": "x" * 65_600}]
)
async def test_what_no_server_takes_is_not_sent(peer: Peer, wish: dict[str, str]) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        with pytest.raises(ValueError):
            await ana.command("r1", "post", **wish)
        await ana.post("r1", "Still here.")
        assert len(peer.logs["r1"]) == 2


async def test_id_that_waits_cannot_be_given_in_again(peer: Peer) -> None:
    async with client(peer) as ana:
        await ana.join("r1")
        peer.answers = [error("unavailable", retry_after_ms=20)]
        post = asyncio.create_task(ana.command("r1", "post", id="same", text="Once."))
        await peer.until(lambda: peer.answers == [])
        with pytest.raises(ValueError, match="on its way"):
            await ana.command("r1", "post", id="same", text="Once.")
        await within(post)


CRASHING = """
import asyncio, sys
from pathlib import Path
from client.client import Client

async def main() -> None:
    async with Client(sys.argv[1], token="ana", outbox=Path(sys.argv[2])) as ana:
        await ana.join("r1")
        posts = [asyncio.create_task(ana.command("r1", "post", id=f"c{n}", text=".")) for n in range(5)]
        while len(ana.waiting) < 5:
            await asyncio.sleep(0.01)
        print("given in", flush=True)
        await asyncio.gather(*posts)

asyncio.run(main())
"""


async def crash(peer: Peer, outbox: Path) -> None:
    """ana's program posts five times and is killed after the first is on record, before it is told so."""
    peer.hold_acks = True
    arguments = (sys.executable, "-c", CRASHING, peer.url, str(outbox))
    program = await asyncio.create_subprocess_exec(*arguments, stdout=subprocess.PIPE)
    assert program.stdout is not None
    assert await program.stdout.readline() == b"given in\n"
    await peer.until(lambda: len(peer.logs["r1"]) == 2)
    program.send_signal(signal.SIGKILL)
    await program.wait()
    await peer.until(lambda: not peer.seats)
    peer.hold_acks = False


async def test_what_a_killed_program_had_given_in_is_sent_once_by_the_next(peer: Peer, tmp_path: Path) -> None:
    await crash(peer, tmp_path / "outbox")
    async with client(peer, outbox=tmp_path / "outbox") as ana:
        assert [frame["id"] for frame in ana.waiting] == [f"c{n}" for n in range(5)]
        room = await ana.join("r1")
        last = await within(ana.post("r1", "After the crash."))
        assert log_of(peer) == ["r1-opened", "c0", "c1", "c2", "c3", "c4", last.id]
        assert await told(room, 7) == log_of(peer)
    async with client(peer, outbox=tmp_path / "outbox") as ana:
        assert ana.waiting == []


async def test_what_a_killed_program_had_given_in_is_refused_in_sight(peer: Peer, tmp_path: Path) -> None:
    await crash(peer, tmp_path / "outbox")
    async with client(peer, outbox=tmp_path / "outbox") as ana:
        peer.answers = [error("room_closed")]
        await ana.join("r1")
        refusal = await within(anext(ana.refusals))
        assert (refusal.command["id"], refusal.error.code) == ("c0", "room_closed")


async def test_what_one_person_had_given_in_is_not_sent_by_another(peer: Peer, tmp_path: Path) -> None:
    await crash(peer, tmp_path / "outbox")
    with pytest.raises(OutboxOfAnother):
        async with client(peer, "ben", outbox=tmp_path / "outbox"):
            pass
    assert len(peer.logs["r1"]) == 2


async def test_what_the_outbox_cannot_keep_is_not_sent(peer: Peer, tmp_path: Path) -> None:
    async with client(peer, outbox=tmp_path / "outbox") as ana:
        await ana.join("r1")
        with pytest.raises(TypeError):
            await within(ana.command("r1", "post", text=b"bytes"))
        assert (await within(ana.post("r1", "Still here."))).seq == 2


async def test_outbox_has_one_client_at_a_time(peer: Peer, tmp_path: Path) -> None:
    async with client(peer, outbox=tmp_path / "outbox"):
        with pytest.raises(OutboxLocked):
            async with client(peer, outbox=tmp_path / "outbox"):
                pass


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_breaks_each_command_makes_one_event_and_everyone_hears_the_same(
    peer: Peer, seed: int, tmp_path: Path
) -> None:
    chance = Random(seed)
    outbox = tmp_path / "outbox" if seed % 2 else None

    async def speak(person: Client, name: str) -> None:
        for number in range(0, 30, 3):
            await asyncio.gather(
                *(person.command("r1", "post", id=f"{name}{n}", text=".") for n in range(number, number + 3))
            )

    async def spoil() -> None:
        while True:
            await peer.hears(chance.randrange(1, 12))
            match chance.randrange(4):
                case 0:
                    await peer.cut()
                case 1:
                    peer.lose_answers += 1
                case 2:
                    peer.answers.append(error("unavailable", retry_after_ms=2))
                case 3:
                    await peer.say({"t": "bye", "code": 1012, "retry_after_ms": 3})
                    await peer.goodbye()

    async with client(peer, outbox=outbox) as ana, client(peer, "ben", encoding="json") as ben:
        rooms = [await ana.join("r1"), await ben.join("r1")]
        spoiling = asyncio.create_task(spoil())
        await within(asyncio.gather(speak(ana, "a"), speak(ben, "b")), 30)
        spoiling.cancel()
        await asyncio.gather(spoiling, return_exceptions=True)
        assert [await told(room, 61) for room in rooms] == [log_of(peer)] * 2
    assert [name for name in log_of(peer) if name.startswith("a")] == [f"a{n}" for n in range(30)]
    assert [name for name in log_of(peer) if name.startswith("b")] == [f"b{n}" for n in range(30)]
