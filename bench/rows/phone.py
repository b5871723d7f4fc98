"""The presenter's phone, one bar at the edge of the cell, in the famous room."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from bench.browser_line import RURAL, slow_line
from bench.famous import CONTRIBUTORS, Famous, famous, post, seat
from bench.figures import Figure
from bench.sites import Sites

PER_S: Final = 50
SECONDS: Final = 180
WARM_S: Final = 5
HEARTBEAT_S: Final = 6
VIEWERS: Final = 1_000
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


class Lags(NamedTuple):
    """How far behind the events were that came, in s, and whether the line held."""

    p50_s: float
    p99_s: float
    last_s: float
    came: int
    held: bool


def measure(sites: Sites) -> Iterator[Figure]:
    """How far behind what is said the phone is, for as long as the room is at its busiest."""
    with famous(sites, VIEWERS) as case:
        lags = asyncio.run(_followed(case))
    what = f"presenter at 20 kbit/s, 800 ms, {PER_S} posts/s for {SECONDS} s"
    yield Figure("phone", f"{what}: behind, p50", lags.p50_s, "s")
    yield Figure("phone", f"{what}: behind, p99", lags.p99_s, "s", at_most=10)
    yield Figure("phone", f"{what}: behind at the end", lags.last_s, "s")
    yield Figure("phone", f"{what}: closed by the server", float(not lags.held), "", at_most=0)


async def _followed(case: Famous) -> Lags:
    """The presenter listens while everybody posts sentences of their own."""
    lags: list[float] = []
    async with slow_line(case.node.port, RURAL) as port:
        async with connect(
            f"ws://127.0.0.1:{port}/ws",
            additional_headers={"Authorization": f"Bearer {case.people[0]}"},
            subprotocols=[Subprotocol("curbside.v1.json")],
            open_timeout=30,
            ping_interval=None,
            proxy=None,
        ) as phone:
            await phone.send(json.dumps({"t": "join", "id": "j", "room": case.room}))
            reading = asyncio.create_task(_read(phone, lags))
            beating = asyncio.create_task(_beat(phone))
            await asyncio.sleep(WARM_S)
            await asyncio.to_thread(_post, case)
            await asyncio.sleep(1)
            held = not reading.done()
            for task in (reading, beating):
                task.cancel()
            await asyncio.gather(reading, beating, return_exceptions=True)
    ordered = sorted(lags)
    return Lags(ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))], lags[-1], len(lags), held)


async def _read(phone: ClientConnection, lags: list[float]) -> None:
    with suppress(ConnectionClosed):
        async for message in phone:
            now_s = time.time()
            frame = json.loads(message)
            # From when the server put it on record: a stamp in the text would be a fifth of what the line carries.
            lags.extend(now_s - event["at"] / 1_000 for event in frame.get("events", [frame]) if "at" in event)


async def _beat(phone: ClientConnection) -> None:
    """As the protocol asks of a client."""
    with suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            await phone.send('{"t":"ping"}')


def _post(case: Famous) -> None:
    groups = [f"author{n}" for n in range(len(SENTENCES))]
    for n, group in enumerate(groups):
        case.contributors.open(
            group, 1, seat(case.node.port, case.room), tokens=[case.people[1 + n % (CONTRIBUTORS - 1)]]
        )
    posting = [
        case.contributors.posting(group, PER_S / len(groups), SECONDS, post(case.room, sentence))
        for group, sentence in zip(groups, SENTENCES, strict=True)
    ]
    for one in posting:
        one.result()
