"""The live side as its users meet it: one node, real journal, frames in and frames out."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from realtime.rooms.opening import SwitchRequest
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import LiveNode, Site, site

FOLLOW: dict[str, Any] = {"as": "follow"}


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


@pytest.fixture
async def node(here: Site) -> LiveNode:
    return await here.node()


@pytest.fixture
async def room(node: LiveNode) -> str:
    return await node.open()


async def test_welcome_is_the_first_frame(node: LiveNode) -> None:
    caller = node.call(ana)
    assert caller.frames[0]["t"] == "welcome"
    assert caller.frames[0]["me"]["person"] == "ana"


async def test_joining_shows_the_case_its_log_and_the_advice(node: LiveNode, room: str) -> None:
    caller = await node.seated(ana, room)
    joined = caller.of("joined")[0]
    assert joined["case"]["request"] == "Antivenom before transfer?"
    assert (joined["seq"], joined["resumed"], joined["as"], joined["role"]) == (1, False, "contribute", "physician")
    assert [event["kind"] for event in joined["events"]] == ["opened"]
    assert "treating clinician decides" in joined["advice"]
    assert ("join", "ana", room, "contribute, advice shown") in node.audit.lines


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_a_post_is_acked_and_reaches_everyone(node: LiveNode, room: str, encoding: str) -> None:
    author = await node.seated(ana, room, encoding)  # type: ignore[arg-type]
    other = await node.seated(ben, room)
    follower = await node.seated(mo, room, **FOLLOW)
    author.send("post", id="p1", room=room, text="Check the ECG.")
    ack = await author.next("ack", re="p1")
    assert ack["seq"] == 2
    for reader in (author, other, follower):
        event = await reader.next("event", id="p1")
        assert (event["seq"], event["kind"], event["body"]["text"]) == (2, "post", "Check the ECG.")
        assert event["by"]["handle"] == "dr_ana"
    assert [frame["t"] for frame in author.frames if frame["t"] in ("ack", "event")] == ["ack", "event"]


async def test_a_repeat_gives_the_same_seq_also_after_the_close(node: LiveNode, room: str) -> None:
    caller = await node.seated(cleo, room)
    caller.send("post", id="p1", room=room, text="Pulse 130.")
    first = await caller.next("ack", re="p1")
    caller.send("close", id="c1", room=room, disposition="transferred", summary="Left by air.")
    await caller.next("ack", re="c1")
    caller.send("post", id="p1", room=room, text="Pulse 130.")
    again = await caller.next("ack", re="p1")
    assert (again["seq"], again["at"], again["duplicate"]) == (first["seq"], first["at"], True)
    caller.send("post", id="p1", room=room, text="Pulse 150.")
    assert (await caller.next("error", re="p1"))["code"] == "conflict"
    caller.send("post", id="p2", room=room, text="More.")
    assert (await caller.next("error", re="p2"))["code"] == "room_closed"
    assert ("conflict", "cleo", room, "p1") in node.audit.lines


async def test_an_old_id_is_found_in_the_journal(here: Site, node: LiveNode, room: str) -> None:
    caller = await node.seated(cleo, room)
    caller.send("post", id="p1", room=room, text="Pulse 130.")
    await caller.next("ack", re="p1")
    host = await node.hub.host(room)
    assert host is not None
    host._known.clear()
    caller.send("post", id="p1", room=room, text="Pulse 130.")
    assert (await caller.next("ack", re="p1"))["duplicate"] is True


async def test_an_observer_reads_pseudonyms_and_cannot_post(node: LiveNode, room: str) -> None:
    author = await node.seated(ana, room)
    watcher = await node.seated(obi, room)
    assert watcher.of("joined")[0]["as"] == "observe"
    author.send("post", id="p1", room=room, text="Check the ECG.")
    event = await watcher.next("event", id="p1")
    assert event["by"]["person"] not in ("ana", "dr_ana") and "handle" not in event["by"]
    watcher.send("post", id="w1", room=room, text="Buy our drug.")
    error = await watcher.next("error", re="w1")
    assert error["code"] == "forbidden"
    host = await node.hub.host(room)
    assert host is not None and host.head.seq == 2
    shown = repr(watcher.frames)
    assert not any(word in shown for word in ("dr_ana", "nurse_cleo", "'ana'", "'cleo'", "hill_clinic"))


async def test_an_observer_is_seen_as_a_count_of_its_kind(node: LiveNode, room: str) -> None:
    doctor = await node.seated(ana, room)
    await node.seated(obi, room)
    frame = await doctor.next("presence")
    while not frame["observers"]["total"]:
        frame = await doctor.next("presence")
    assert frame["observers"]["kinds"] == {"pharma": 1}
    assert "obi" not in repr(doctor.of("presence"))


async def test_a_viewer_steps_up_on_the_same_connection(node: LiveNode, room: str) -> None:
    viewer = await node.seated(ana, room, **FOLLOW)
    assert viewer.of("joined")[0]["as"] == "follow"
    viewer.send("post", id="p1", room=room, text="May I?")
    assert (await viewer.next("error", re="p1"))["code"] == "forbidden"
    viewer.send("step_up", id="s1", room=room)
    await viewer.next("ack", re="s1")
    viewer.send("post", id="p2", room=room, text="Check the ECG.")
    assert (await viewer.next("ack", re="p2"))["seq"] == 2
    assert [event["seq"] for event in viewer.events()] == [1, 2]


async def test_typing_reaches_contributors_only(node: LiveNode, room: str) -> None:
    author, other = await node.seated(ana, room), await node.seated(ben, room)
    viewer = await node.seated(mo, room, **FOLLOW)
    author.send("typing", room=room, on=True)
    assert (await other.next("typing"))["who"] == "ana"
    author.send("typing", room=room, on=False)
    assert (await other.next("typing"))["on"] is False
    assert not viewer.of("typing") and not author.of("typing")


async def test_who_types_is_said_to_be_here_before(here: Site, node: LiveNode, room: str) -> None:
    far = await here.node()
    reader = await node.seated(ben, room)
    for writer in (await node.seated(ana, room), await far.seated(cleo, room)):
        writer.send("typing", room=room, on=True)
        await reader.next("typing")
    frames = [frame for frame in reader.frames if frame["t"] in ("presence", "typing")]
    for who in ("ana", "cleo"):
        shown = next(at for at, frame in enumerate(frames) if who in [one["person"] for one in frame.get("here", [])])
        assert shown < next(at for at, frame in enumerate(frames) if frame.get("who") == who)


async def test_who_stops_typing_before_they_are_said_to_be_here_has_not_typed(node: LiveNode, room: str) -> None:
    reader, writer = await node.seated(ben, room), await node.seated(ana, room)
    for on in (True, False):
        writer.send("typing", room=room, on=on)
    while "ana" not in [one["person"] for one in (await reader.next("presence")).get("here", [])]:
        pass
    writer.send("post", id="p1", room=room, text="Check the ECG.")
    await reader.next("event", id="p1")
    assert not reader.of("typing")


async def test_presence_shows_who_came_and_what_they_have_seen(node: LiveNode, room: str) -> None:
    first = await node.seated(ana, room)
    second = await node.seated(ben, room)
    frame = await first.next("presence")
    while "ben" not in [here["person"] for here in frame.get("here", [])]:
        frame = await first.next("presence")
    second.send("seen", room=room, seq=1)
    frame = await first.next("presence")
    while frame.get("seen", {}).get("ben") != 1:
        frame = await first.next("presence")


async def test_a_client_resumes_where_it_was(node: LiveNode, room: str) -> None:
    author = await node.seated(cleo, room)
    reader = await node.seated(ana, room)
    position = {"after": reader.of("joined")[0]["seq"], "check": reader.of("joined")[0]["check"]}
    reader.close()
    for n in range(30):
        author.send("post", id=f"p{n}", room=room, text=f"Note {n}")
    await author.next("ack", re="p29")
    back = await node.seated(ana, room, **position)
    assert back.of("joined")[0]["resumed"] is True
    assert [event["seq"] for event in back.events()] == list(range(2, 32))
    wrong = await node.seated(ana, room, after=1, check="0" * 16)
    assert wrong.of("joined")[0]["resumed"] is False
    ahead = await node.seated(ana, room, after=99)
    assert ahead.of("joined")[0]["resumed"] is False


async def test_frames_stay_within_32_kib_and_everything_comes_in_order(node: LiveNode, room: str) -> None:
    author = await node.seated(cleo, room)
    for n in range(120):
        author.send("post", id=f"p{n}", room=room, text="x" * 2_000)
    await author.next("ack", re="p119")
    reader = await node.seated(ana, room, after=0)
    assert [event["seq"] for event in reader.events()] == list(range(1, 122))
    fresh = await node.seated(ben, room)
    seqs = [event["seq"] for event in fresh.events()]
    assert seqs == list(range(seqs[0], 122)) and len(seqs) > 20


async def test_a_stalled_reader_is_left_and_goes_on_when_it_reads(node: LiveNode, room: str) -> None:
    author, reader = await node.seated(cleo, room), await node.seated(ana, room)
    reader.stall()
    for n in range(700):
        author.send("post", id=f"p{n}", room=room, text=f"Note {n}")
        if n % 100 == 99:
            await author.next("ack", re=f"p{n}")
    assert len(reader.events()) == 1
    reader.drain()
    await reader.has(events=701)
    assert [event["seq"] for event in reader.events()] == list(range(1, 702))


async def test_whoever_writes_and_never_reads_is_cut_off(node: LiveNode, room: str) -> None:
    caller = await node.seated(ana, room)
    caller.stall()
    for n in range(20_000):
        caller.send("ping", n=n)
        if caller.aborted:
            break
    assert caller.aborted and caller.unread_bytes < 300_000


async def test_nobody_enters_what_they_may_not(node: LiveNode) -> None:
    closed = await node.open(reach="institution", observers="off")
    for person in (ana, obi):
        caller = node.call(person)
        caller.send("join", id="j", room=closed)
        assert (await caller.next("error", re="j"))["code"] == "not_found"
    caller = node.call(mo)
    caller.send("join", id="j", room="nosuchroom")
    assert (await caller.next("error", re="j"))["code"] == "not_found"
    caller.send("post", id="p", room=closed, text="Hello?")
    assert (await caller.next("error", re="p"))["code"] == "not_joined"


async def test_the_invited_enter_and_the_removed_are_gone_before_they_read_more(node: LiveNode) -> None:
    room = await node.open(reach="team")
    presenter = await node.seated(cleo, room)
    presenter.send("invite", id="i1", room=room, person="ana")
    await presenter.next("ack", re="i1")
    guest = await node.seated(ana, room)
    presenter.send("invite", id="i2", room=room, person="nobody")
    assert (await presenter.next("error", re="i2"))["code"] == "invalid"
    presenter.send("remove", id="r1", room=room, person="ana", reason="wrong case")
    assert (await guest.next("left"))["code"] == "removed"
    presenter.send("post", id="p1", room=room, text="Now then.")
    await presenter.next("ack", re="p1")
    assert "r1" not in [event["id"] for event in guest.events()]
    guest.send("join", id="again", room=room)
    assert (await guest.next("error", re="again"))["code"] == "not_found"


async def test_whoever_has_no_seat_any_more_is_told_of_what_is_on_record(node: LiveNode, room: str) -> None:
    author, presenter = await node.seated(ana, room), await node.seated(cleo, room)
    author.send("post", id="p1", room=room, text="Check the ECG.")
    await author.next("ack", re="p1")
    presenter.send("remove", id="r1", room=room, person="ana")
    await author.next("left")
    author.send("post", id="p1", room=room, text="Check the ECG.")
    assert (await author.next("ack", re="p1"))["duplicate"] is True
    author.send("post", id="p1", room=room, text="Something else.")
    author.send("post", id="p2", room=room, text="More.")
    assert [(await author.next("error"))["code"] for _ in range(2)] == ["not_joined", "not_joined"]


async def test_a_node_that_lags_turns_nobody_away_who_was_invited_elsewhere(
    here: Site, node: LiveNode, room: str
) -> None:
    far = await here.node()
    presenter = await node.seated(cleo, room)
    await far.seated(ben, room)
    presenter.send("remove", id="r1", room=room, person="ana")
    await presenter.next("ack", re="r1")
    guest = far.call(ana)
    guest.send("join", id="j1", room=room)
    assert (await guest.next("error", re="j1"))["code"] == "not_found"
    here.bus.cut()
    presenter.send("invite", id="i1", room=room, person="ana")
    await presenter.next("ack", re="i1")
    guest.send("join", id="j2", room=room)
    assert (await guest.next("joined", "error"))["t"] == "joined"


async def test_a_post_that_races_with_its_author_s_removal_is_refused(node: LiveNode, room: str) -> None:
    author, presenter = await node.seated(ana, room), await node.seated(cleo, room)
    presenter.send("remove", id="r1", room=room, person="ana")
    author.send("post", id="p1", room=room, text="Still here?")
    assert (await author.next("error", re="p1"))["code"] == "not_found"


async def test_switching_observers_off_sends_them_away(node: LiveNode, room: str) -> None:
    presenter, watcher = await node.seated(cleo, room), await node.seated(obi, room)
    presenter.send("observers", id="o1", room=room, mode="off")
    assert (await watcher.next("left"))["code"] == "observers_off"
    presenter.send("post", id="p1", room=room, text="Between us.")
    await presenter.next("ack", re="p1")
    assert "Between us." not in repr(watcher.frames)


async def test_a_delayed_observer_gets_what_was_amended_in_its_later_form(node: LiveNode) -> None:
    room = await node.open(observers=SwitchRequest("delayed", 1))
    presenter = await node.seated(cleo, room)
    early = node.call(obi)
    early.send("join", id="j", room=room)
    assert (await early.next("error", re="j"))["code"] == "not_found"
    presenter.send("post", id="p1", room=room, text="Name: Maria.", not_identifying=["Maria"])
    presenter.send("post", id="p2", room=room, text="Wrong room, sorry.")
    presenter.send("amend", id="a1", room=room, target="p1", text="Name left out.")
    presenter.send("retract", id="r1", room=room, target="p2", reason="wrong room")
    await presenter.next("ack", re="r1")
    answer = early.frames[-1]
    while answer["t"] != "joined":
        early.send("join", id="k", room=room)
        answer = await early.next("joined", "error")
        await asyncio.sleep(0.05)  # who asks as fast as they can is cut off
    await early.has(events=5)
    texts = repr(early.frames)
    assert "Maria" not in texts and "Wrong room" not in texts
    events = early.events()
    assert [event["seq"] for event in events] == [1, 2, 3, 4, 5]
    assert events[1]["body"]["text"] == "Name left out."
    assert events[2]["body"]["retracted"] is True


async def test_watchers_hear_of_cases_they_may_see(node: LiveNode) -> None:
    doctor, stranger = node.call(ana), node.call(cleo)
    for watcher in (doctor, stranger):
        watcher.send("watch", id="w")
        await watcher.next("ack", re="w")
    picky = node.call(ben)
    picky.send("watch", id="w", specialties=["neurology"])
    await picky.next("ack", re="w")
    room = await node.open(presenter=mo, key="other")
    line = await doctor.next("case", room=room)
    assert (line["change"], line["title"], line["waiting"]) == ("opened", "Chest pain after a bite", True)
    presenter = await node.seated(mo, room)
    answerer = await node.seated(ana, room)
    answerer.send("post", id="p1", room=room, text="On it.")
    assert (await doctor.next("case", room=room, waiting=False))["change"] == "changed"
    presenter.send("close", id="c1", room=room, disposition="advised", summary="Done.")
    await doctor.next("case", room=room, change="closed")
    assert not stranger.of("case") and not picky.of("case")


async def test_two_nodes_are_one_room(here: Site, node: LiveNode, room: str) -> None:
    far = await here.node()
    author, reader = await node.seated(ana, room), await far.seated(ben, room)
    author.send("typing", room=room, on=True)
    await reader.next("typing", who="ana")
    author.send("post", id="p1", room=room, text="From here.")
    await reader.next("event", id="p1")
    reader.send("post", id="p2", room=room, text="From there.")
    assert (await reader.next("ack", re="p2"))["seq"] == 3
    await author.next("event", id="p2")
    while "ben" not in [one["person"] for frame in author.of("presence") for one in frame.get("here", [])]:
        await author.next("presence")


async def test_without_the_backplane_nodes_go_on_through_the_journal(here: Site, node: LiveNode, room: str) -> None:
    far = await here.node()
    author, reader = await node.seated(ana, room), await far.seated(ben, room)
    here.bus.cut()
    for n in range(5):
        author.send("post", id=f"a{n}", room=room, text="From here.")
        reader.send("post", id=f"b{n}", room=room, text="From there.")
    for n in range(5):
        await author.next("ack", re=f"a{n}")
        await reader.next("ack", re=f"b{n}")
    for caller in (author, reader):
        await caller.has(events=11)
        assert [event["seq"] for event in caller.events()] == list(range(1, 12))
    assert [event["id"] for event in author.events()] == [event["id"] for event in reader.events()]


async def test_hostile_bytes_end_the_connection_with_the_right_code(node: LiveNode) -> None:
    garbage = node.call(ana)
    garbage.send_message(b"\xc1\xc1", text=False)
    assert await garbage.closed() == 4400
    broken = node.call(ana, "json")
    broken.send_message(b"\xff\xfe", text=True)
    assert await broken.closed() == 1007
    large = node.call(ana)
    large.send_message(b"\x81\xa1t" + b"\0" * 70_000, text=False)
    assert await large.closed() == 1009
    unmasked = node.call(ana)
    unmasked.send_bytes(b"\x82\x01\x00")
    assert await unmasked.closed() == 1002


async def test_unknown_and_unfit_frames_are_refused_and_the_connection_stays(node: LiveNode, room: str) -> None:
    caller = await node.seated(ana, room)
    caller.send("guess", id="q1", room=room)
    assert (await caller.next("error", re="q1"))["code"] == "unknown_kind"
    caller.send("post", id="q2", room=room, text="x" * 8_001)
    assert (await caller.next("error", re="q2"))["code"] == "bad_frame"
    caller.send("ping", n=7)
    assert (await caller.next("pong"))["n"] == 7


async def test_a_drain_says_goodbye_with_a_delay_of_its_own(here: Site, node: LiveNode, room: str) -> None:
    callers = [await node.seated(ana, room) for _ in range(8)]
    await node.hub.close()
    here.nodes.remove(node)
    delays = {(await caller.next("bye"))["retry_after_ms"] for caller in callers}
    assert len(delays) > 1
    assert {await caller.closed() for caller in callers} == {1012}


async def test_a_text_that_may_identify_is_refused_with_its_places_until_they_are_confirmed(node: LiveNode) -> None:
    room = await node.open()
    author = await node.seated(ana, room)
    author.send("post", id="p1", room=room, text="🐍 Seen last Tuesday.")
    error = await author.next("error", re="p1")
    assert (error["code"], error["field"]) == ("identifiers_found", "text")
    assert [list(span) for span in error["spans"]] == [[12, 19, "date"]]
    author.send("post", id="p1", room=room, text="🐍 Seen last Tuesday.", not_identifying=error["spans"])
    assert (await author.next("ack", re="p1"))["seq"] == 2
    author.send("post", id="p1", room=room, text="🐍 Seen last Tuesday.", not_identifying=error["spans"])
    assert (await author.next("ack", re="p1"))["duplicate"]
