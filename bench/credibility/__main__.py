"""`python -m bench.credibility`: simulate, and print the table. The exit status is 0 when what is promised holds."""

import argparse
import sys
from pathlib import Path

from bench.credibility.report import holds, picture, table
from bench.credibility.simulating import simulate

SEED = 20_261_130


def main() -> int:
    """Run one simulation; `--docs` renews what docs/credibility.md shows of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.credibility", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--docs", type=Path, metavar="FOLDER", help="write the table and the picture there")
    wish = parser.parse_args()
    found = simulate(wish.seed)
    lines = list(table(found))
    print("\n".join(lines))
    if wish.docs is not None:
        _renew(wish.docs / "credibility.md", lines)
        (wish.docs / "credibility.svg").write_text(picture(found), encoding="utf-8")
    return 0 if holds(found) else 1


def _renew(page: Path, lines: list[str]) -> None:
    """Put the table where the last one stands."""
    begins, ends = "<!-- simulation -->\n", "<!-- end of simulation -->"
    before, rest = page.read_text(encoding="utf-8").split(begins)
    after = rest.split(ends)[1]
    page.write_text(before + begins + "\n".join(lines) + "\n" + ends + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
