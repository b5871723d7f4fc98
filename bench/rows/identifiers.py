"""How long the identifiers gate looks at a text before it is put on record."""

import random
from collections.abc import Iterator
from statistics import median
from time import thread_time_ns
from typing import Final

from bench.figures import Figure
from bench.sites import Sites
from realtime.rooms.identifiers.finding import apart, looked

POST_CHARS: Final = 300
MOST_CHARS: Final = 8_000
RUNS: Final = 50
NOTE: Final = (
    "54-year-old man with crushing chest pain for 2 h, BP 92/58, HR 118, SpO2 93 % on 4 L. GCS 12/15 (E3 V4 M5), "
    "pupils equal, glucose 5.4 mmol/L. Wells score 4.5, D-dimer 2,300 ng/mL. Give ceftriaxone 2 g IV q12h and "
    "dexamethasone 10 mg q6h for 4 days. Suspect Guillain-Barré: ascending weakness, areflexia, CSF protein 1.2 g/L. "
)
# What makes rules begin often and end in nothing.
HOSTILE: Final = (
    *(
        "1 ",
        "1 May ",
        "1234 ",
        "( www.",
        "1-",
        "1/",
        "1.1.",
        "99 ",
        "+1",
        "9",
        "A.",
        "Cab ",
        "Anna ",
        "John-",
        "Mr. A. B. van Cab ",
        "O'Brien ",
    ),
    *("a@", "a.a@", "a.", "www.", "://a ", "ffff:", ".com ", "GB82 W1 ", "X9X9X9", "AB12 ", "(", "\n", "e\u0301"),
    *("MRN : ", "call me at ", "tel.: no. is ", "photo of the ", "on the 1st ", "the only a ", "patient ", "VIN "),
)
# Every rule has what it needs to begin.
WHETTED: Final = "@ :// www. .com VIN 1 #MRN, 3-2-4 bed St Mary's Hospital tel fax zip on 3 May '24 and 8 (01) "


def measure(sites: Sites) -> Iterator[Figure]:
    """Processor time in this process: typical posts, and the slowest of many made to be slow."""
    post, long = (NOTE * 30)[:POST_CHARS], (NOTE * 30)[:MOST_CHARS]
    yield Figure("identifiers", f"the gate: {POST_CHARS} characters, clinical", _us(post), "µs", at_most=300)
    yield Figure("identifiers", f"the gate: {MOST_CHARS:,} characters, clinical", _us(long), "µs", at_most=6_000)
    slowest = _us(*_hostile())
    yield Figure(
        "identifiers", f"the gate: {MOST_CHARS:,} characters, hostile, the slowest", slowest, "µs", at_most=6_000
    )


def _hostile() -> Iterator[str]:
    chance = random.Random(1)
    for unit in HOSTILE:
        yield (unit * MOST_CHARS)[:MOST_CHARS]
        yield (WHETTED + unit * MOST_CHARS)[:MOST_CHARS]
    yield "".join(chance.choices("aB1 .-/@:", k=MOST_CHARS))
    yield "".join(chr(chance.randint(0x4E00, 0x9FFF)) for _ in range(MOST_CHARS))


def _us(*texts: str) -> float:
    """The slowest of these texts, of each the median of some runs."""
    return max(median(_taken_us(text) for _ in range(RUNS)) for text in texts)


def _taken_us(text: str) -> float:
    began_ns = thread_time_ns()
    apart(looked(text))
    return (thread_time_ns() - began_ns) / 1_000
