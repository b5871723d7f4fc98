"""A poll over the wire, on one process and on two nodes: asked, answered blind, changed, closed."""

from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Frame, Raw

OPTIONS = ["Antivenom first", "Transfer first", "Both at once"]


def choices(seat: Raw) -> dict[str, list[int] | None]:
    """What a client holds of each ballot: its choices, or None where it is withheld."""
    held: dict[str, list[int] | None] = {}
    for frame in seat.of("event", "events", "joined", "disclosed"):
        entries: list[Frame] = [frame] if frame["t"] == "event" else frame["events"]
        held |= {entry["id"]: entry["body"].get("choices") for entry in entries if entry["kind"] == "poll_voted"}
    return held


async def test_a_room_votes_and_nobody_is_told_what_others_chose_before_they_have(callers: Callers) -> None:
    room = await callers.open_case()
    cleo, ana, ben = [await callers.seated(person, room) for person in ("cleo", "ana", "ben")]
    ack = await cleo.ask("poll_open", id="poll", room=room, question=said("What goes first?"), options=OPTIONS)
    assert ack["t"] == "ack"
    await ana.ask("poll_vote", id="a1", room=room, target="poll", choices=[0])
    last = await ana.ask("poll_vote", id="a2", room=room, target="poll", choices=[2])
    for seat in (cleo, ben):
        await seat.upto(room, last["seq"])
        assert choices(seat) == {"a1": None, "a2": None}
    await ben.ask("poll_vote", id="b1", room=room, target="poll", choices=[1])
    await ben.until(lambda: choices(ben) == {"a1": [0], "a2": [2], "b1": [1]})
    await ana.until(lambda: choices(ana) == {"a1": [0], "a2": [2], "b1": [1]})
    assert choices(cleo) | {"b1": None} == {"a1": None, "a2": None, "b1": None}
    state = (await callers.get(f"/api/cases/{room}", "cleo"))["state"]
    assert [set(map(tuple, poll["ballots"].values())) for poll in state["polls"]] == [{()}]

    assert (await ana.ask("poll_close", room=room, target="poll"))["code"] == "forbidden"
    closed = await cleo.ask("poll_close", room=room, target="poll")
    log = await cleo.upto(room, closed["seq"])
    assert log[-1]["body"] == {"target": "poll", "voters": 2, "counts": [0, 1, 1]}
    await cleo.until(lambda: choices(cleo) == {"a1": [0], "a2": [2], "b1": [1]})
    late = await ben.ask("poll_vote", room=room, target="poll", choices=[0])
    assert (late["code"], "closed" in late["message"]) == ("invalid", True)
    assert [entry["body"] for entry in await callers.log(room) if entry["kind"] == "poll_voted"] == [
        {"target": "poll", "choices": [0]},
        {"target": "poll", "choices": [2]},
        {"target": "poll", "choices": [1]},
    ]
