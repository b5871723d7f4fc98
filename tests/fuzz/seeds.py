"""What the fuzzer begins with: every kind of frame in both encodings, and as bytes on the line."""

import sys
from pathlib import Path

from websockets.frames import Frame, Opcode

from realtime.wire.encoding import encode
from realtime.wire.frame import SUBPROTOCOLS
from tests.samples import CLIENT_FRAMES


def plant(folder: Path) -> None:
    """Write a file for each seed; the first byte says what the rest is (see `tests.fuzz.wire.one`)."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, frame in enumerate(CLIENT_FRAMES):
        for encoding in SUBPROTOCOLS.values():
            payload = encode(frame, encoding)
            opcode = Opcode.TEXT if encoding == "json" else Opcode.BINARY
            on_the_line = Frame(opcode, payload).serialize(mask=True)
            choice = (2 if encoding == "json" else 0) + 4 * (number % 5)
            (folder / f"{number}-{encoding}").write_bytes(bytes([choice]) + payload)
            (folder / f"{number}-{encoding}-line").write_bytes(b"\x01" + on_the_line)


if __name__ == "__main__":
    plant(Path(sys.argv[1]))
