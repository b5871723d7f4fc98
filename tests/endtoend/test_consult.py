"""The consult that Curbside is for, over the wire, on one process and on two nodes."""

import asyncio
import json
from typing import Any

import pytest

from tests.endtoend.callers import CASE, Callers, said
from tests.endtoend.raw import Encoding, Frame, Raw, fresh
from tests.endtoend.site import CANARY


async def test_physicians_who_watch_see_an_urgent_case_open_and_close(callers: Callers) -> None:
    ana, ben = await callers.call("ana"), await callers.call("ben", "json")
    await ana.ask("watch")
    await ben.ask("watch", specialties=["infectious_disease"])
    room = await callers.open_case()
    for physician in (ana, ben):
        line = await physician.next("case", room=room)
        assert line["change"] == "opened"
        assert (line["title"], line["acuity"], line["waiting"]) == (CASE["title"], "urgent", True)
    cleo = await callers.seated("cleo", room)
    await cleo.ask("close", room=room, disposition="transferred", summary=said("done"))
    for physician in (ana, ben):
        await physician.next("case", room=room, change="closed")


async def test_who_watches_is_shown_no_case_of_a_specialty_they_did_not_name(callers: Callers) -> None:
    ana = await callers.call("ana")
    await ana.ask("watch", specialties=["dermatology"])
    await callers.open_case()
    wanted = await callers.open_case(specialties=["dermatology"])
    assert (await ana.next("case"))["room"] == wanted


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_every_seat_reads_what_was_acked_in_one_order(callers: Callers, encoding: Encoding) -> None:
    room = await callers.open_case()
    seats = [await callers.seated(person, room, encoding) for person in ("cleo", "ana", "ben")]
    acks = await asyncio.gather(*(post(seat, room, n) for n in range(5) for seat in seats))
    assert sorted(ack["seq"] for ack in acks) == list(range(2, 17))
    log = await callers.log(room)
    assert [event["seq"] for event in log] == list(range(1, 17))
    for seat in seats:
        assert await seat.upto(room, 16) == log
        assert not seat.of("error")


async def test_the_two_encodings_carry_the_same(callers: Callers) -> None:
    room = await callers.open_case()
    ana, ben = await callers.seated("ana", room, "json"), await callers.seated("ben", room, "msgpack")
    last = await post(ana, room, 1, kind="recommendation", evidence=[{"type": "pmid", "ref": "33513024"}])
    assert await ana.upto(room, last["seq"]) == await ben.upto(room, last["seq"])


async def test_contributors_see_who_comes_who_types_and_who_goes(callers: Callers) -> None:
    room = await callers.open_case()
    ana = await callers.seated("ana", room)
    ben = await callers.seated("ben", room, "json")
    await sees(ana, ben)
    await sees(ben, ana)
    await ana.send("typing", room=room, on=True)
    assert await ben.next("typing", who=ana.me["person"])
    await ana.send("typing", room=room, on=False)
    assert (await ben.next("typing", who=ana.me["person"]))["on"] is False
    await ben.send("seen", room=room, seq=1)
    await ana.until(lambda: seen_by(ana, ben.me["person"]) == 1)
    assert (await ana.ask("leave", room=room))["code"] == "asked"
    await ben.until(lambda: ana.me["person"] not in roster(ben))


async def test_physicians_corroborate_and_dispute_each_other(callers: Callers) -> None:
    room = await callers.open_case()
    cleo, ana, ben = [await callers.seated(person, room) for person in ("cleo", "ana", "ben")]
    cited = [{"type": "guideline", "ref": "WAO, anaphylaxis"}]
    await ana.ask("post", id="dose", room=room, text=said("Adrenaline."), kind="recommendation", evidence=cited)
    await ben.ask("corroborate", room=room, target="dose", stance="disagree", note=said("Why not noradrenaline?"))
    ack = await ben.ask("corroborate", room=room, target="dose", stance="agree")
    assert (await cleo.ask("corroborate", room=room, target="dose", stance="agree"))["code"] == "forbidden"
    assert (await ana.ask("corroborate", room=room, target="dose", stance="agree"))["code"] == "forbidden"
    stances = [
        event["body"]["stance"] for event in await cleo.upto(room, ack["seq"]) if event["kind"] == "corroborated"
    ]
    assert stances == ["disagree", "agree"]
    await cleo.ask("pin", room=room, target="dose")
    [pinned] = (await callers.get(f"/api/cases/{room}", "mo"))["state"]["pinned"]
    assert (pinned["agree"], pinned["disagree"]) == (1, 0)


async def test_a_viewer_follows_is_counted_and_steps_up(callers: Callers) -> None:
    room = await callers.open_case()
    ana = await callers.seated("ana", room)
    mo = await callers.seated("mo", room, "json", node=0, **{"as": "follow"})
    await ana.until(lambda: any(frame["viewers"] == 1 for frame in ana.of("presence")))
    ack = await post(ana, room, 1)
    assert await mo.upto(room, ack["seq"]) == ana.events(room)
    assert (await post(mo, room, 2))["code"] == "forbidden"
    assert not roster(mo)
    assert (await mo.ask("step_up", room=room))["t"] == "ack"
    await sees(mo, ana, mo)
    ack = await post(mo, room, 3)
    await sees(ana, mo)
    assert await ana.upto(room, ack["seq"]) == await mo.upto(room, ack["seq"]) == await callers.log(room)


async def test_an_observer_reads_without_names_and_is_seen_only_as_a_count_of_its_kind(callers: Callers) -> None:
    room = await callers.open_case()
    ana, cleo = await callers.seated("ana", room), await callers.seated("cleo", room, "json")
    obi = await callers.seated("obi", room, "json")
    await ana.until(lambda: (1, {"research": 1}) in observers(ana))
    first, second = await post(ana, room, 1), await post(cleo, room, 2)
    opened, theirs, hers = await obi.upto(room, second["seq"])
    assert [event["seq"] for event in (opened, theirs, hers)] == [1, first["seq"], second["seq"]]
    assert theirs["body"]["text"] == said("post 1")
    assert theirs["by"]["specialty"] == "paediatric_intensive_care"
    assert opened["by"]["person"] == hers["by"]["person"] != theirs["by"]["person"]
    assert opened["body"]["case"]["title"] == "Paediatric intensive care, urgent, 1-4"
    shown = json.dumps([frame for frame in obi.frames if frame["t"] != "welcome"])
    assert not [seat.me["person"] for seat in (ana, cleo) if seat.me["person"] in shown]
    assert not [event for event in (opened, theirs, hers) if event["by"].get("handle")]
    assert not obi.of("typing")
    for seat in (ana, cleo):
        assert obi.me["person"] not in json.dumps(seat.frames)


async def test_observers_are_sent_away_when_the_presenter_says_so(callers: Callers) -> None:
    room = await callers.open_case()
    cleo, obi = await callers.seated("cleo", room), await callers.seated("obi", room)
    await cleo.ask("observers", room=room, mode="off")
    assert (await obi.next("left"))["code"] == "observers_off"
    assert (await obi.ask("join", room=room))["code"] == "not_found"
    assert (await callers.request("GET", f"/api/cases/{room}", "obi")).status_code == 404


async def test_a_closed_case_is_in_the_archive_once_it_is_sealed_and_complete(callers: Callers) -> None:
    room = await callers.open_case()
    ana, cleo = await callers.seated("ana", room, "json"), await callers.seated("cleo", room)
    await asyncio.gather(*(post(seat, room, n) for n in range(60) for seat in (ana, cleo)))
    await ana.ask("post", id="dose", room=room, text=said("Adrenaline, 0.1."))
    await ana.ask("amend", room=room, target="dose", text=said("Adrenaline, 0.05."))
    await ana.ask("corroborate", room=room, target=ana.events(room)[1]["id"], stance="agree")
    closed = await close(cleo, room)
    sealed = await ana.next("event", kind="sealed")
    [line] = [line for line in (await callers.get("/api/archive", "ana"))["cases"] if line["id"] == room]
    assert sealed["body"]["upto"] == line["events"] == closed["seq"] == sealed["seq"] - 1
    case = await callers.get(f"/api/archive/{room}", "ana")
    assert case["events"][: closed["seq"]] == ana.events(room)[:-1]
    assert [event["seq"] for event in case["events"]] == list(range(1, len(case["events"]) + 1))
    assert [seal["upto"] for seal in case["seals"]] == [closed["seq"]]


async def test_the_archive_is_open_to_all_who_might_enter_the_room_and_to_nobody_else(callers: Callers) -> None:
    room = await a_closed_room(callers)
    for person in ("cleo", "ana", "ben", "mo", "obi"):
        assert room in await archived(callers, person)
        case = await callers.get(f"/api/archive/{room}", person)
        assert [event["kind"] for event in case["events"]][:3] == ["opened", "post", "closed"]
    assert "cleo" not in json.dumps(await callers.get(f"/api/archive/{room}", "obi"))
    assert room not in await archived(callers, "dan")
    assert (await callers.request("GET", f"/api/archive/{room}", "dan")).status_code == 404
    assert (await callers.request("GET", f"/api/archive/{room}")).status_code == 401


async def test_what_was_retracted_is_in_nobody_s_copy_of_the_archive(callers: Callers) -> None:
    room = await callers.open_case()
    cleo, ana = await callers.seated("cleo", room), await callers.seated("ana", room)
    await ana.ask("post", id="slip", room=room, text=said("a slip of the pen"))
    await ana.ask("retract", room=room, target="slip", reason=said("wrong room"))
    await close(cleo, room)
    await cleo.next("event", kind="sealed")
    for person in ("cleo", "ana", "obi"):
        case = await callers.get(f"/api/archive/{room}", person)
        assert case["events"][1]["body"]["retracted"] is True
        assert "slip of the pen" not in json.dumps(case)


async def test_an_archive_is_proved_and_one_changed_byte_is_noticed(callers: Callers) -> None:
    room = await a_closed_room(callers)
    proved = await asyncio.to_thread(callers.site.curbside, "archive", "verify", room)
    assert (proved.returncode, proved.stderr) == (0, "")
    assert "whole" in proved.stdout
    file = callers.site.var / "archive" / f"{room}.curbside"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    refuted = await asyncio.to_thread(callers.site.curbside, "archive", "verify", room)
    assert (refuted.returncode, refuted.stdout) == (1, "")
    assert CANARY not in refuted.stderr


async def test_an_outcome_after_the_close_is_sealed_told_and_proved(callers: Callers) -> None:
    room = await a_closed_room(callers)
    ana, cleo = await callers.seated("ana", room), await callers.seated("cleo", room)
    outcome = {"room": room, "id": fresh(), "verdict": "confirmed", "diagnosis": said("sepsis"), "harm": False}
    ack = await cleo.ask("outcome", **outcome)
    sealed = await ana.next("event", kind="sealed")
    assert sealed["body"]["upto"] == ack["seq"]
    repeated = await cleo.ask("outcome", **outcome)
    assert (repeated["seq"], repeated["duplicate"]) == (ack["seq"], True)
    assert (await ana.ask("outcome", room=room, verdict="refuted"))["code"] == "forbidden"
    archived = await callers.get(f"/api/archive/{room}", "ana")
    assert [seal["upto"] for seal in archived["seals"]] == [3, ack["seq"]]
    proved = await asyncio.to_thread(callers.site.curbside, "archive", "verify", room)
    assert (proved.returncode, proved.stderr) == (0, "")
    assert [line.split()[1].rstrip(",") for line in proved.stdout.splitlines()] == ["whole", "whole"]


async def post(seat: Raw, room: str, number: int, **fields: Any) -> Frame:
    """The answer to a post."""
    return await seat.ask("post", id=fresh(), room=room, text=said(f"post {number}"), **fields)


async def close(seat: Raw, room: str) -> Frame:
    """The answer to the close."""
    return await seat.ask("close", room=room, disposition="transferred", summary=said("done"))


async def a_closed_room(callers: Callers) -> str:
    """A short consult of cleo's, sealed."""
    room = await callers.open_case()
    cleo = await callers.seated("cleo", room)
    await post(cleo, room, 1)
    await close(cleo, room)
    await cleo.next("event", kind="sealed")
    return room


async def archived(callers: Callers, person: str) -> list[str]:
    """The newest cases in the archive that `person` is shown."""
    return [line["id"] for line in (await callers.get("/api/archive", person))["cases"]]


async def sees(seat: Raw, *others: Raw) -> None:
    """Return when this seat was told that all of these are here: their signals reach it from then on."""
    await seat.until(lambda: {other.me["person"] for other in others} <= roster(seat))


def roster(seat: Raw) -> set[str]:
    """Who is here, as far as this seat was told."""
    here: set[str] = set()
    for frame in seat.of("joined", "presence"):
        entries = frame["roster"] if frame["t"] == "joined" else frame.get("here", [])
        here = {*here, *(entry["person"] for entry in entries)} - set(frame.get("gone", []))
    return here


def seen_by(seat: Raw, person: str) -> int:
    """Up to where `person` has read, as far as this seat was told."""
    return max((frame.get("seen", {}).get(person, 0) for frame in seat.of("presence")), default=0)


def observers(seat: Raw) -> list[tuple[int, Frame]]:
    """What this seat was told of observers: how many, of which kinds."""
    return [(frame["observers"]["total"], frame["observers"]["kinds"]) for frame in seat.of("joined", "presence")]
