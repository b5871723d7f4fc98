"""`python -m bench`: measure, and print one table. The exit status is 0 when everything could be measured."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench.compare import picture, ratios
from bench.failures import Failure
from bench.figures import HEADING, Figure
from bench.machine import described
from bench.rows import (
    acks,
    across,
    browser,
    contended,
    flood,
    growth,
    identifiers,
    insights,
    peers,
    phone,
    reading,
    room,
    rooms,
    sealing,
    seats,
    stalled,
    startup,
    storm,
    throughput,
    writers,
)
from bench.sites import Sites

Row = Callable[[Sites], Iterator[Figure]]

ROWS: Final[dict[str, Row]] = {
    "reading": reading.measure,
    "startup": startup.measure,
    "seats": seats.measure,
    "room": room.measure,
    "peers": peers.measure,
    "storm": storm.measure,
    "stalled": stalled.measure,
    "flood": flood.measure,
    "phone": phone.measure,
    "rooms": rooms.measure,
    "acks": acks.measure,
    "writers": writers.measure,
    "throughput": throughput.measure,
    "across": across.measure,
    "contended": contended.measure,
    "sealing": sealing.measure,
    "growth": growth.measure,
    "insights": insights.measure,
    "identifiers": identifiers.measure,
    "browser": browser.measure,
}
# What `--quick` measures, in less than a minute.
QUICK: Final = ("reading", "startup", "room", "acks")


def main() -> int:
    """Measure the rows that were asked for; the number of those that could not be is no more than the exit status."""
    wanted = _arguments()
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    began_s = time.monotonic()
    with ExitStack() as stack:
        sites = Sites(stack, wanted.quick)
        machine = described(sites.folder)
        print(machine, HEADING, sep="\n\n")
        figures, failed = _measured(wanted.only or (QUICK if wanted.quick else list(ROWS)), sites)
    compared = list(ratios(figures))
    print(f"\n{time.monotonic() - began_s:.0f} s in all")
    for ratio in compared:
        print(ratio)
    if wanted.svg is not None:
        wanted.svg.write_text(picture(figures))
    if wanted.json is not None:
        report = {"machine": machine, "figures": [figure.plain() for figure in (*figures, *compared)]}
        wanted.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return 1 if failed else 0


def _measured(names: Sequence[str], sites: Sites) -> tuple[list[Figure], bool]:
    figures: list[Figure] = []
    failed = False
    for name in names:
        try:
            for figure in ROWS[name](sites):
                print(figure, flush=True)
                figures.append(figure)
        except Failure as failure:
            failed = True
            print(f"bench: {name} was not measured: {failure}", file=sys.stderr)
    return figures, failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure this server on this machine.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw ours and the peers there")
    parser.add_argument("--quick", action="store_true", help="a few rows, shortly: less than a minute")
    parser.add_argument("--only", action="append", choices=ROWS, help="one row (may be given again)")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        status = main()
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
