"""Where and with whom the demo is played, and how fast."""

from typing import NamedTuple

from web.demo.people import Company


class Stage(NamedTuple):
    """`address` is the server's own, with its scheme; at `pace` 2 a minute of the script takes half a minute."""

    address: str
    company: Company
    pace: float = 1.0
