import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection

from bench.failures import Failure
from bench.load import build
from bench.load.answers import Counted
from bench.load.load import Load, Target
from tests.bench.peers import UPGRADE, Rooms, frame, json_of, listening, serving, stamp, unmasked, until_gone

PATIENCE_S = 10.0
JOIN = '{"t":"join","n":{n}}'
POST = '{"t":"post","id":"{id}","n":{n},"text":"{stamp} {pad:30}"}'


@pytest.fixture
def load() -> Iterator[Load]:
    with Load() as load:
        yield load


def joining(port: int) -> Target:
    return Target(port=port, init=[JOIN], ready='"caught_up"')


def counted(load: Load, group: str, messages: int, *, expect: int = 0, first: int = 0) -> Counted:
    """What a group got, once that many messages came."""
    deadline_s = time.monotonic() + PATIENCE_S
    while (count := load.count(group, expect=expect, first=first)).messages < messages:
        assert time.monotonic() < deadline_s, count
    return count


def test_each_connection_fills_in_its_own_values(load: Load) -> None:
    rooms = Rooms()
    with serving(rooms) as port:
        target = Target(
            port=port,
            path="/ws?a=b%20c",
            headers=["Authorization: Bearer {token}", "X-Index: {n}"],
            subprotocol="case.v1",
            init=['{"t":"seen","after":{seq},"check":"{check}"}', '{"t":"join","room":"{room}","unknown":"{no}"}'],
            ready='"caught_up"',
            sources=2,
        )
        opened = load.open("all", 3, target, tokens=["ana", "ben", "cleo"], rooms=["north", "south"])
    assert (opened.ready, opened.failed, opened.why) == (3, 0, "")
    assert opened.each is not None and opened.each.max <= opened.ms
    assert sorted(request.headers["Authorization"] for request in rooms.requests) == [
        "Bearer ana",
        "Bearer ben",
        "Bearer cleo",
    ]
    assert {request.headers["X-Index"] for request in rooms.requests} == {"0", "1", "2"}
    assert {request.path for request in rooms.requests} == {"/ws?a=b%20c"}
    assert {request.headers["Sec-WebSocket-Protocol"] for request in rooms.requests} == {"case.v1"}
    assert rooms.sources == {"127.0.0.2", "127.0.0.3"}
    joins = [frame for frame in rooms.got if frame["t"] == "join"]
    assert sorted(frame["room"] for frame in joins) == ["north", "north", "south"]
    assert {frame["unknown"] for frame in joins} == {"{no}"}
    assert [frame for frame in rooms.got if frame["t"] == "seen"] == [{"t": "seen", "after": 0, "check": ""}] * 3


def test_a_refused_handshake_is_told_by_its_status(load: Load) -> None:
    with (
        serving(Rooms(), HTTPStatus.UNAUTHORIZED) as port,
        pytest.raises(Failure, match=r"^2 of 2 .*: HTTP/1\.1 401 Unauthorized"),
    ):
        load.open("all", 2, Target(port=port))


def test_some_of_the_connections_may_fail_where_one_says_so(load: Load) -> None:
    with serving(Rooms(), HTTPStatus.FORBIDDEN) as port:
        opened = load.open("all", 2, Target(port=port), partly=True)
    assert (opened.ready, opened.failed, opened.each) == (0, 2, None)


def test_a_server_that_is_not_there_is_told(load: Load) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(Failure, match="Connection refused"):
        load.open("all", 2, Target(port=port))


def test_an_error_before_a_connection_is_ready_is_told(load: Load) -> None:
    with serving(Rooms()) as port, pytest.raises(Failure, match='"code":"unknown_kind"'):
        load.open("all", 1, Target(port=port, init=['{"t":"what"}', JOIN], ready="caught_up"))


def test_connections_that_never_get_ready_fail_in_time(load: Load) -> None:
    with serving(Rooms()) as port, pytest.raises(Failure, match="only 0 of 2 connections were ready in time"):
        load.open("all", 2, Target(port=port, init=[JOIN], ready="never"), within_s=0.2)


def test_a_connection_that_is_closed_before_it_is_ready_failed(load: Load) -> None:
    with serving(Rooms()) as port, pytest.raises(Failure, match="closed with code 4408"):
        load.open("all", 1, Target(port=port, init=['{"t":"leave"}'], ready="never"))


def test_everything_that_is_posted_is_counted_and_acked(load: Load) -> None:
    rooms = Rooms()
    with serving(rooms) as port:
        load.open("readers", 5, joining(port))
        load.open("authors", 2, Target(port=port))
        posted = load.post("authors", 1_000, 0.05, POST)
        count = counted(load, "readers", 250, expect=50)
        counted(load, "authors", 50)
        acked = load.acks("authors")
    assert (posted.sent, posted.unsent, posted.first) == (50, 0, 0)
    assert (count.messages, count.stamps, count.doubles, count.holes, count.lost) == (250, 250, 0, 0, 0)
    assert count.latencies is not None and acked.latencies is not None
    assert (acked.acks, acked.errors) == (50, 0)
    assert count.size_bytes > 250 * len(stamp(0))
    assert [post["n"] for post in sorted(rooms.got[5:], key=lambda post: str(post["id"]))] == [0, 1] * 25
    assert all(re.fullmatch("@@[g-v]{24} [a-z]{30}", post["text"]) for post in rooms.got[5:])
    assert all(post["text"].startswith(f"@@{post['id']} ") for post in rooms.got[5:])


def test_doubles_and_holes_are_found(load: Load) -> None:
    with serving(Rooms(lambda number: number % 3)) as port:
        load.open("readers", 4, joining(port))
        load.open("author", 1, Target(port=port))
        posted = load.post("author", 1_000, 0.03, POST, first=200)
        count = counted(load, "readers", 4 * 30, expect=30, first=200)
    assert posted.first == 200
    assert (count.stamps, count.doubles, count.holes) == (4 * 20, 4 * 10, 4 * 10)


def test_numbers_count_on_from_post_to_post(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("readers", 1, joining(port))
        load.open("author", 1, Target(port=port))
        first = load.post("author", 1_000, 0.07, POST)
        second = load.post("author", 1_000, 0.07, POST)
        count = counted(load, "readers", 140, expect=140)
        assert load.count("readers", expect=10, first=135).holes == 5
    assert (first.first, second.first, count.holes) == (0, 70, 0)


def test_a_reset_begins_anew(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 1, joining(port))
        load.post("all", 1_000, 0.01, POST)
        counted(load, "all", 20)
        load.count("all", reset=True)
        load.acks("all", reset=True)
        count, acked = load.count("all", expect=10), load.acks("all")
    assert (count.connections, count.messages, count.stamps, count.holes, count.size_bytes) == (1, 0, 0, 10, 0)
    assert count.latencies is None
    assert (acked.acks, acked.latencies) == (0, None)


def test_latency_is_the_time_since_the_stamp(load: Load) -> None:
    def talk(peer: ServerConnection) -> None:
        for number in range(100):
            peer.send(stamp(number, ago_ms=20_000 if number == 99 else 100 * (number + 1)))
        peer.recv()

    with serving(talk) as port:
        load.open("all", 1, Target(port=port))
        latencies = counted(load, "all", 100).latencies
        load.post("all", 1, 1, "bye")
    assert latencies is not None
    assert latencies.p50 > 0.99 * 5_000
    assert 0.99 * 9_500 < latencies.p95 < latencies.p99
    assert 0.99 * 9_900 < latencies.p99 < latencies.p999
    assert latencies.p999 > 0.99 * 20_000
    assert latencies.max > 20_000


def test_error_frames_are_counted_and_the_first_is_told(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 1, Target(port=port))
        load.post("all", 1_000, 0.003, '{"t":"nonsense","id":"{id}"}')
        counted(load, "all", 3)
        acked = load.acks("all")
    assert (acked.acks, acked.errors) == (0, 3)
    assert "unknown_kind" in acked.why


def test_answers_without_an_id_are_taken_in_order(load: Load) -> None:
    def talk(peer: ServerConnection) -> None:
        peer.recv()
        peer.recv()
        peer.send("+OK +OK")
        peer.recv()

    with serving(talk) as port:
        load.open("all", 1, Target(port=port))
        load.post("all", 1_000, 0.002, "PUB", expect="+OK")
        counted(load, "all", 1)
        acked = load.acks("all")
        load.drop("all")
    assert acked.acks == 2 and acked.latencies is not None


def test_a_question_is_answered_by_what_holds_its_id(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 5, Target(port=port))
        asked = load.ask("all", '{"t":"what","id":"{id}{n}"}', '"re":"{id}{n}"', every_ms=1, first=2)
    assert (asked.asked, asked.answered) == (3, 3)
    assert asked.latencies is not None


def test_questions_that_are_not_answered_are_told(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 5, Target(port=port))
        asked = load.ask("all", '{"t":"what"}', "something else", every_ms=1, count=2, within_s=0.1)
        with pytest.raises(Failure, match="has 5 connections only"):
            load.ask("all", '{"t":"what"}', "something else", every_ms=1, first=4, count=2)
    assert asked == (2, 0, None)


def test_a_question_to_a_connection_that_is_lost_is_not_waited_for(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 1, Target(port=port))
        asked = load.ask("all", '{"t":"leave"}', "never", every_ms=1)
    assert asked == (1, 0, None)


def test_a_group_that_was_dropped_goes_on_from_what_it_saw(load: Load) -> None:
    rooms = Rooms()
    with serving(rooms) as port:
        target = Target(port=port, init=['{"t":"join","after":{seq},"check":"{check}"}'], ready="caught_up")
        load.open("readers", 2, target)
        load.open("author", 1, Target(port=port))
        load.post("author", 1_000, 0.007, POST)
        counted(load, "readers", 14)
        assert load.drop("readers") == 2
        assert load.count("readers").connections == 0
        load.open("readers", 2, target)
        load.post("author", 1_000, 0.003, POST)
        count = counted(load, "readers", 20, expect=10)
    joins = [frame for frame in rooms.got if frame["t"] == "join"]
    assert [(frame["after"], frame["check"]) for frame in joins] == [(0, ""), (0, ""), (7, "c7"), (7, "c7")]
    assert (count.connections, count.lost, count.holes, count.doubles) == (2, 0, 0, 0)


def test_a_group_that_is_open_is_not_opened_again(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 1, Target(port=port))
        with pytest.raises(Failure, match="group all is open; drop it first"):
            load.open("all", 1, Target(port=port))


def test_what_came_before_ready_counts_for_holes_only_where_one_says_so(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("fresh", 1, joining(port))
        load.open("back", 1, Target(port=port, init=[JOIN], ready="caught_up", history=True))
        fresh, back = load.count("fresh", expect=1), load.count("back", expect=1)
    assert (fresh.stamps, fresh.holes) == (0, 1)
    assert (back.stamps, back.holes, back.messages, back.latencies) == (1, 0, 0, None)


def test_who_is_closed_by_the_server_is_lost_with_the_code(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("all", 3, Target(port=port))
        load.post("all", 1_000, 0.002, '{"t":"leave"}')
        deadline_s = time.monotonic() + PATIENCE_S
        while (count := load.count("all")).lost < 2:
            assert time.monotonic() < deadline_s
        posted = load.post("all", 1_000, 0.003, POST)
    assert (count.connections, count.codes) == (1, {4408: 2})
    assert (posted.sent, posted.unsent) == (1, 2)


def test_a_connection_without_a_close_frame_is_lost_too(load: Load) -> None:
    def talk(peer: socket.socket) -> None:
        peer.recv(4_096)
        peer.sendall(UPGRADE)

    with listening(talk) as port:
        load.open("all", 1, Target(port=port))
    deadline_s = time.monotonic() + PATIENCE_S
    while (count := load.count("all")).lost < 1:
        assert time.monotonic() < deadline_s
    assert count.codes == {1006: 1}


def test_frames_in_any_pieces_are_read(load: Load) -> None:
    pongs = []

    def talk(peer: socket.socket) -> None:
        peer.recv(4_096)
        whole = [
            UPGRADE,
            frame(1, stamp(0).encode()),
            frame(1, json_of(text=stamp(1) + "x" * 300, seq=1, check="one").encode()),
            frame(1, stamp(2)[:9].encode(), last=False),
            frame(9, b"still there?"),
            frame(0, stamp(2)[9:20].encode(), last=False),
            frame(0, stamp(2)[20:].encode()),
            frame(2, b"@" + stamp(3).encode() + b"@@ no stamp @@0123"),
        ]
        for byte in b"".join(whole):
            peer.sendall(bytes([byte]))
        pongs.append(unmasked(peer))
        large = f"{stamp(4)}{'y' * 300_000}{stamp(5)}".encode()
        peer.sendall(frame(1, large) + frame(1, large, last=False) + frame(0, b"")[:1])
        peer.sendall(frame(0, b"")[1:])
        until_gone(peer)

    with listening(talk) as port:
        load.open("all", 1, Target(port=port))
        count = counted(load, "all", 6, expect=6)
        load.drop("all")
    assert pongs == [(10, b"still there?")]
    assert (count.messages, count.stamps, count.doubles, count.holes) == (6, 6, 2, 0)


def test_whoever_stalls_reads_nothing_until_resumed(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("stalled", 2, joining(port))
        load.open("reading", 1, joining(port))
        load.stall("stalled")
        load.post("reading", 1_000, 0.02, POST)
        counted(load, "reading", 40)
        stalled = load.count("stalled", expect=20)
        load.resume("stalled")
        resumed = counted(load, "stalled", 40, expect=20)
    assert (stalled.messages, stalled.holes, stalled.connections) == (0, 40, 2)
    assert (resumed.stamps, resumed.holes, resumed.lost) == (40, 0, 0)


def test_commands_of_different_groups_go_on_side_by_side(load: Load) -> None:
    with serving(Rooms()) as port:
        load.open("one", 1, Target(port=port))
        load.open("two", 1, Target(port=port))
        long, short = load.posting("one", 100, 0.3, POST), load.posting("two", 1_000, 0.02, POST)
        with pytest.raises(Failure, match="another command is under way in group one"):
            load.ask("one", "x", "y", every_ms=1)
        assert (short.result().first, long.result().first) == (30, 0)


def test_a_stamp_of_a_plain_stream_may_be_cut(load: Load) -> None:
    heard, go_on = [], threading.Event()

    def talk(peer: socket.socket) -> None:
        heard.append(peer.recv(3, socket.MSG_WAITALL))
        stream = "".join(f"{stamp(number)}." for number in range(3)).encode()
        for cut in (1, 30, 50):
            peer.sendall(stream[:cut])
            stream = stream[cut:]
            go_on.wait(PATIENCE_S)
            go_on.clear()
        until_gone(peer)

    with listening(talk) as port:
        load.open("all", 1, Target(port=port, raw=True, init=["hi{n}"]))
        for messages in (1, 2, 3):
            count = counted(load, "all", messages, expect=3)
            go_on.set()
        load.drop("all")
    assert heard == [b"hi0"]
    assert (count.stamps, count.doubles, count.holes, count.size_bytes) == (3, 0, 0, 81)


def test_a_message_can_say_its_own_length(load: Load) -> None:
    heard = []

    def talk(peer: ServerConnection) -> None:
        heard.append(peer.recv())

    with serving(talk) as port:
        load.open("all", 1, Target(port=port, binary=True))
        load.post("all", 1, 1, "PUB case {len}\r\na {pad:10}\r\nb\r\n")
    assert heard == [b"PUB case 15\r\na abcdefghij\r\nb\r\n"]


def test_a_command_about_no_group_is_refused(load: Load) -> None:
    with pytest.raises(Failure, match="there is no group nobody"):
        load.count("nobody")


def test_a_generator_that_dies_is_told(load: Load) -> None:
    os.kill(load.pid, signal.SIGKILL)
    with pytest.raises(Failure, match="the load generator has died"):
        load.wait(1)


def test_without_a_compiler_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "BUILT", tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Failure, match="no C compiler is installed"):
        build.program("load")


def test_a_program_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "BUILT", tmp_path)
    built = build.program("blast")
    made_ns = built.stat().st_mtime_ns
    assert build.program("blast") == built
    assert built.stat().st_mtime_ns == made_ns
    assert [place.name for place in tmp_path.iterdir()] == [built.name]
