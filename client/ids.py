"""Names for commands: UUIDv7 (RFC 9562 §5.7), so that they sort by time."""

import os
import time


def command_id() -> str:
    """A fresh id of 36 characters. Ids of one process sort in the order of their making, to about 250 ns."""
    ms, rest_ns = divmod(time.time_ns(), 1_000_000)
    # The 12 bits after the version are the fraction of the millisecond (RFC 9562 §6.2, method 3).
    number = ms << 80 | 7 << 76 | (rest_ns << 12) // 1_000_000 << 64
    number |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
