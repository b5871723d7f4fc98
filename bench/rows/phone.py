"""The presenter's phone, one bar at the edge of the cell, in the famous room."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from bench.browser_line import RURAL
from bench.failures import Failure
from bench.famous import CONTRIBUTORS, Famous, famous, post, seat
from bench.figures import Figure
from bench.rural import RuralLine, rural_line
from bench.sites import Sites

PER_S: Final = 50
SECONDS: Final = 180
WARM_S: Final = 5
HEARTBEAT_S: Final = 6
VIEWERS: Final = 1_000
PRESSING_EVERY_S: Final = 5
# What many people say, so that compression finds in it what it finds in what people say.
SENTENCES: Final = (
    "Give the antivenom now and do not wait for the clotting tests, they will come too late for her",
    "Ptosis and a weak neck mean that the breathing muscles are next, so have the tube and a hand bag at the bed",
    "What is her respiratory rate, and can she count to twenty in one breath",
    "Do not cut or suck the wound and take the tourniquet off slowly, with adrenaline drawn up",
    "We saw four such children last year, all of them walked out after two days on a ventilator",
    "Atropine first, then neostigmine, and look at the eyelids after ten minutes",
    "Which snakes are there in your valley at this time of the year",
    "The dose of antivenom is the same for a child as for an adult, because the venom is the same",
    "Please repeat the whole blood clotting test every six hours and write the times down",
    "Is there anyone with you who can hold the mask while you prepare the drugs",
    "Swelling that does not cross the wrist speaks against a viper, I would treat for a krait",
    "If the antivenom gives a rash, stop it, give adrenaline in the thigh, and start again slower",
    "The helicopter needs a flat place of thirty metres, tell them about the wires at the school",
    "I disagree: with a normal voice and a strong cough she can be watched for another hour",
    "Keep her on her side with the head low until the tube is in, she will not protect her airway",
    "How many vials do you have, and when do they expire",
)


class Heard:
    """When what was said came to the phone, s after it was on record. `pressing`: acts and questions, by event, by
    whichever line was first."""

    def __init__(self) -> None:
        self.said: list[float] = []
        self.pressing: dict[str, float] = {}

    def take(self, frame: Mapping[str, Any]) -> None:
        """One frame of the server's."""
        now_s = time.time()
        # From when the server put it on record: a stamp in the text would be a fifth of what the line carries.
        for event in frame.get("events", [frame]):
            if "body" not in event:
                continue
            lag_s = now_s - event["at"] / 1_000
            if event["kind"] == "acted" or event["body"].get("to"):
                self.pressing.setdefault(event["id"], lag_s)
            if frame["t"] in ("event", "events"):
                self.said.append(lag_s)


def measure(sites: Sites) -> Iterator[Figure]:
    """How far behind what is said the phone is, for as long as the room is at its busiest."""
    with famous(sites, VIEWERS, CURBSIDE_HOST="0.0.0.0") as case:
        heard, held = asyncio.run(_followed(case))
    what = f"presenter at 20 kbit/s, 800 ms, {PER_S} posts/s for {SECONDS} s"
    yield Figure("phone", f"{what}: behind, p50", _share(heard.said, 0.5), "s")
    yield Figure("phone", f"{what}: behind, p99", _share(heard.said, 0.99), "s", at_most=10)
    yield Figure("phone", f"{what}: behind at the end", heard.said[-1], "s")
    pressing = list(heard.pressing.values())
    yield Figure("phone", f"… {len(pressing)} plan changes and questions to them: p50", _share(pressing, 0.5), "s")
    yield Figure("phone", "… plan changes and questions to them: the slowest", max(pressing), "s", at_most=3)
    yield Figure("phone", f"{what}: closed by the server", float(not held), "", at_most=0)


def _share(lags: list[float], share: float) -> float:
    return sorted(lags)[int(share * len(lags))]


async def _followed(case: Famous) -> tuple[Heard, bool]:
    """What the presenter hears while everybody posts sentences of their own and one leads; whether the lines held."""
    heard = Heard()
    async with rural_line(case.node.port, RURAL) as line, _called(line, case) as phone, _leader(case) as leader:
        presenter, lead = [json.loads(await one.recv())["me"]["person"] for one in (phone, leader)]
        for one in (phone, leader):
            await one.send(json.dumps({"t": "join", "id": "j", "room": case.room}))
        await phone.send(json.dumps({"t": "lead", "id": "lead", "room": case.room, "person": lead}))
        tasks = [asyncio.create_task(one) for one in (_beat(phone), _read(phone, heard), _ahead(line, case, heard))]
        await asyncio.sleep(WARM_S)
        leading = asyncio.create_task(_lead(leader, case.room, presenter))
        await asyncio.to_thread(_post, case)
        await leading
        await asyncio.sleep(PRESSING_EVERY_S)
        held = not any(task.done() for task in tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if len(heard.pressing) < (wanted := SECONDS // PRESSING_EVERY_S):
        raise Failure(f"of {wanted} plan changes and questions {len(heard.pressing)} came to the phone")
    return heard, held


async def _ahead(line: RuralLine, case: Famous, heard: Heard) -> None:
    """As the page does on a line with so long a round trip: it takes a second seat for what cannot wait."""
    async with _called(line, case) as brief:
        await brief.send(json.dumps({"t": "join", "id": "j", "room": case.room, "as": "brief"}))
        beating = asyncio.create_task(_beat(brief))
        try:
            await _read(brief, heard)
        finally:
            beating.cancel()


def _called(line: RuralLine, case: Famous) -> connect:
    return _connect(line.port, case.people[0], sock=line.connected())


def _leader(case: Famous) -> connect:
    return _connect(case.node.port, case.people[1])


def _connect(port: int, token: str, **how: Any) -> connect:
    return connect(
        f"ws://127.0.0.1:{port}/ws",
        additional_headers={"Authorization": f"Bearer {token}"},
        subprotocols=[Subprotocol("curbside.v1.json")],
        open_timeout=30,
        ping_interval=None,
        proxy=None,
        **how,
    )


async def _lead(leader: ClientConnection, room: str, presenter: str) -> None:
    """Change the plan and ask the presenter something, in turn. What comes meanwhile is read, and dropped."""
    reading = asyncio.create_task(_read(leader, Heard()))

    async def send(t: str, name: str, **fields: str) -> None:
        await leader.send(json.dumps({"t": t, "id": name, "room": room, **fields}))

    await send("post", "plan", text="Give the antivenom now", kind="recommendation")
    await send("act", "act", target="plan", state="accepted")
    for n in range(SECONDS // PRESSING_EVERY_S):
        await asyncio.sleep(PRESSING_EVERY_S)
        if n % 2:
            await send("post", f"q{n}", text="When did it bite her", kind="question", to=presenter)
        else:
            await send("act", f"a{n}", target="plan", state="doing" if n % 4 == 0 else "done")
    reading.cancel()


async def _read(line: ClientConnection, heard: Heard) -> None:
    with suppress(ConnectionClosed):
        async for message in line:
            heard.take(json.loads(message))


async def _beat(phone: ClientConnection) -> None:
    """As the protocol asks of a client."""
    with suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            await phone.send('{"t":"ping"}')


def _post(case: Famous) -> None:
    authors = case.people[2:CONTRIBUTORS]
    for n in range(len(SENTENCES)):
        token = authors[n % len(authors)]
        case.contributors.open(f"author{n}", 1, seat(case.node.port, case.room), tokens=[token])
    posting = [
        case.contributors.posting(f"author{n}", PER_S / len(SENTENCES), SECONDS, post(case.room, sentence))
        for n, sentence in enumerate(SENTENCES)
    ]
    for one in posting:
        one.result()
