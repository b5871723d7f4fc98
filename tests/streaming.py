"""A client of an event stream at nodes in one process, and what such a stream is made of."""

from collections.abc import Iterator
from typing import Any

import msgspec

from realtime.rooms.people import Person
from realtime.socket import Connection
from realtime.stream import EventStream
from realtime.wire.frame import Encoding
from tests.live import Caller, LiveNode


class Streamer(Caller):
    """A client that posts its frames at `node`, and keeps what comes over the stream. `beats` are its comments."""

    def __init__(self, node: LiveNode, person: Person, *, reads_only: bool = False) -> None:
        self.beats = 0
        super().__init__(node, person, "json", reads_only=reads_only)

    def opened(
        self, node: LiveNode, person: Person, encoding: Encoding, deflate: bool, given: dict[str, Any]
    ) -> Connection:
        return EventStream(node.gateway, person=person, key=node.hub.streams.new_key(), **given)

    @property
    def key(self) -> str:
        """With what it posts, as `welcome` said."""
        return str(self.frames[0]["connection"])

    def send_message(self, payload: bytes, *, text: bool) -> None:
        assert isinstance(self.connection, EventStream)
        self.connection.take([payload])

    def parse(self, data: bytes) -> None:
        for name, said in events(data.decode()):
            if name == "close":
                self.close_code = msgspec.json.decode(said)["code"]
            elif name:
                self.took(msgspec.json.decode(said))
            else:
                self.beats += 1


def events(text: str) -> Iterator[tuple[str, str]]:
    """The whole events in `text`: name and data; a comment has neither."""
    for block in text.split("\n\n")[:-1]:
        fields = dict(line.split(":", 1) for line in block.split("\n"))
        said = fields.get("data", "").strip()
        yield fields.get("event", "message" if said else "").strip(), said
