"""`python -m drill.ladder`: hold the drill, and print what came of it. The exit status is 0 where all was kept."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from drill.cluster import cluster
from drill.ladder.run import drill
from drill.ladder.site import LadderSite
from drill.ladder.tally import Tally, spread


def main() -> int:
    """Hold it with what the command line says."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        began_s = time.monotonic()
        found = asyncio.run(_held(Path(folder), given))
    print("\n".join(_lines(found, time.monotonic() - began_s)))
    return 0 if found.kept else 1


async def _held(folder: Path, given: argparse.Namespace) -> Tally:
    async with cluster(folder, Random(given.seed), LadderSite) as site:
        return await drill(site, given.cases, given.people, seed=given.seed, breaks=not given.calm)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m drill.ladder", description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", action="store_true", help="break nothing")
    return parser.parse_args()


def _lines(found: Tally, seconds: float) -> list[str]:
    return [
        f"{found.cases} cases in {seconds:.0f} s: {found.taken} taken, {found.last} came to the coordinator, "
        f"{found.nobody} with neither",
        f"rung {found.rung} people; tiers lapsed {found.lapsed}, declined {found.declined}, twice {found.doubled}, "
        f"unheard {found.unheard}",
        f"page to device before anything broke: p50 {spread(found.calm_ms, 0.5)} ms, p99 {spread(found.calm_ms, 0.99)} "
        f"ms ({len(found.calm_ms)})",
        f"page to device, all: p50 {spread(found.all_ms, 0.5)} ms, p99 {spread(found.all_ms, 0.99)} ms "
        f"({len(found.all_ms)})",
    ]


if __name__ == "__main__":
    sys.exit(main())
