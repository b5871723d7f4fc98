"""A whole consult, by a client that knows nothing of Curbside but its protocol. docs/tutorial.md explains it.

    python docs/tutorial.py http://127.0.0.1:8000

The tokens of four people are in the environment: CLEO (a clinician), ANA and BEN (physicians), OBI (an observer).
Says what happens, and ends with an error where a promise of the protocol is broken. Needs websockets and msgpack.
"""

import json
import os
import sys
import time
import urllib.request
import uuid
from contextlib import ExitStack
from typing import Any

import msgpack
from websockets.sync.client import connect
from websockets.typing import Subprotocol

SERVER = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
PATIENCE_S = 5

Frame = dict[str, Any]

connections = ExitStack()
tokenless = [name for name in ("CLEO", "ANA", "BEN", "OBI") if name not in os.environ]
if tokenless:
    sys.exit(f"There is no token in {', '.join(tokenless)}: make one as docs/tutorial.md says, and export it.")
try:
    urllib.request.urlopen(SERVER + "/healthz", timeout=PATIENCE_S).close()
except (OSError, ValueError):
    sys.exit(f"No server answers at {SERVER}: start one, or give its address.")


def promise(text: str, kept: object) -> None:
    """Say what is promised; end here if it was not kept."""
    print("  ✓" if kept else "  ✗", text, flush=True)
    if not kept:
        sys.exit(f"A promise was broken: {text}.")


def http(token: str, path: str, content: Frame | None = None) -> Any:
    """What the server answers: to a POST of `content`, or to a GET."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if content is not None:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    body = None if content is None else json.dumps(content).encode()
    with urllib.request.urlopen(urllib.request.Request(SERVER + path, body, headers), timeout=PATIENCE_S) as answer:
        return json.load(answer)


class Person:
    """One connection. What came is kept until somebody waits for it."""

    def __init__(self, token: str, encoding: str) -> None:
        address = SERVER.replace("http", "ws", 1) + "/ws"
        who = {"Authorization": f"Bearer {token}"}
        how = [Subprotocol(f"curbside.v1.{encoding}")]
        self.socket = connections.enter_context(connect(address, additional_headers=who, subprotocols=how))
        self.kept: list[Frame] = []
        self.seq, self.check = 0, ""
        self.id: str = self.wait(t="welcome")["me"]["person"]

    def ask(self, t: str, **fields: Any) -> Frame:
        """Send a command, under a new id unless one is given, and wait for its one answer."""
        frame = {"t": t, "id": str(uuid.uuid4()), **fields}
        binary = self.socket.subprotocol == "curbside.v1.msgpack"
        self.socket.send(msgpack.packb(frame) if binary else json.dumps(frame))
        return self.wait(re=frame["id"])

    def wait(self, **wanted: Any) -> Frame:
        """The first frame with these fields."""
        while True:
            for frame in self.kept:
                if wanted.items() <= frame.items():
                    self.kept.remove(frame)
                    return frame
            message = self.socket.recv(timeout=PATIENCE_S)
            self.keep(msgpack.unpackb(message) if isinstance(message, bytes) else json.loads(message))

    def keep(self, frame: Frame) -> None:
        """Keep a frame; events that came together, one by one. Each comes once, in order, without holes."""
        together = frame.pop("events", [])
        self.kept += [frame, *({"t": "event", **event} for event in together)]
        for event in [frame] if frame["t"] == "event" else together:
            if self.seq and event["seq"] != self.seq + 1:
                promise(f"event {self.seq + 1} follows event {self.seq}", False)
            self.seq, self.check = event["seq"], event["check"]


print("ana waits for work. cleo, far from any specialist, opens a case.")
ana = Person(os.environ["ANA"], "msgpack")
ana.ask("watch", specialties=["cardiology"])
case = {
    "title": "Chest pain and a new left bundle branch block",
    "acuity": "urgent",
    "specialties": ["cardiology"],
    "age_band": "60-69",
    "situation": "Two hours of chest pain. No troponin here.",
    "assessment": "Possible infarction. BP 105/60, pulse 96, SpO2 94 %.",
    "request": "Thrombolyse here, or transfer? The next cath lab is three hours away.",
    "reach": "world",
    "observers": "live",
}
room: str = http(os.environ["CLEO"], "/api/cases", case)["id"]
promise("whoever watches the worklist is told", ana.wait(t="case", room=room)["title"] == case["title"])

print("ana joins and says what to do first.")
joined = ana.ask("join", room=room)
promise("she is sent the case", joined["case"]["situation"] == case["situation"])
aspirin = {"room": room, "id": str(uuid.uuid4()), "text": "Aspirin 300 mg now.", "kind": "recommendation"}
ack = ana.ask("post", **aspirin)
promise("her post is on disk, as number 2 of the room", ack["seq"] == 2)
again = ana.ask("post", **aspirin)
promise("sent again, it is the same post", again["duplicate"] and again["seq"] == 2)

print("ben joins in the other encoding. He agrees.")
ben = Person(os.environ["BEN"], "json")
ben.ask("join", room=room)
promise("he is sent what was said before", ben.wait(t="event", id=aspirin["id"])["by"]["person"] == ana.id)
agreement = ben.ask("corroborate", room=room, target=aspirin["id"], stance="agree")
promise("ana sees that he agrees", ana.wait(t="event", id=agreement["re"])["body"]["stance"] == "agree")

print("obi observes for an institution. ana goes on. ben disagrees, and says why.")
obi = Person(os.environ["OBI"], "json")
promise("obi sits as an observer", obi.ask("join", room=room)["as"] == "observe")
lysis = ana.ask("post", room=room, text="Thrombolyse now.", kind="recommendation")
dispute = ben.ask("corroborate", room=room, target=lysis["re"], stance="disagree", note="Exclude a dissection first.")
promise("ana reads why", ana.wait(t="event", id=dispute["re"])["body"]["note"] == "Exclude a dissection first.")
heard = obi.wait(t="event", id=lysis["re"])
promise("obi reads along", heard["body"]["text"] == "Thrombolyse now.")
promise("but not who said it", heard["by"]["person"] not in (ana.id, ben.id) and not heard["by"].get("handle"))
refused = obi.ask("post", room=room, text="Try our new drug.")
promise("obi may not write", refused["t"] == "error" and refused["code"] == "forbidden")

print("ben loses his connection. ana goes on. ben comes back.")
seq, check = ben.seq, ben.check
ben.socket.close()
caution = ana.ask("post", room=room, text="Pressure in both arms?", kind="question")
ben = Person(os.environ["BEN"], "json")
ben.seq = seq
promise("he goes on where he was", ben.ask("join", room=room, after=seq, check=check)["resumed"])
promise("he is sent what he missed, in order", ben.wait(t="event", id=caution["re"]))

print("cleo closes the case.")
cleo = Person(os.environ["CLEO"], "msgpack")
promise("she sits as the presenter", cleo.ask("join", room=room)["role"] == "presenter")
closed = cleo.ask("close", room=room, disposition="transferred", summary="Aspirin; equal pressures; transfer.")
closed_at_s = time.monotonic()
for person in (ana, ben, obi):
    person.wait(t="event", id=closed["re"])
promise("everybody is told", True)
promise("nothing more can be said", ana.ask("post", room=room, text="One more thing")["code"] == "room_closed")
promise("what was said stays said", ana.ask("post", **aspirin)["duplicate"])

print("The case goes into the archive.")
while room not in [line["id"] for line in http(os.environ["BEN"], "/api/archive")["cases"]]:
    if time.monotonic() > closed_at_s + PATIENCE_S:
        break
promise("it is listed there within a second", time.monotonic() < closed_at_s + 1)
numbers = [event["seq"] for event in http(os.environ["BEN"], f"/api/archive/{room}")["events"]]
promise("it is complete", numbers == list(range(1, len(numbers) + 1)) and closed["seq"] in numbers)
connections.close()
