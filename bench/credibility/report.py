"""A simulation in words and as a picture, for docs/credibility.md."""

from collections.abc import Iterator
from typing import Final

from bench.credibility.simulating import Found, Point

LEAST_CORRELATION: Final = 0.8
MOST_RING_WEIGHT: Final = 1.05
LEAST_POOLED: Final = 0.85

_WIDE, _HIGH, _LEFT, _TOP, _SIDE = 640, 400, 60, 20, 340
_COLOURS: Final = {"honest": "#5b7fb5", "ring": "#c2185b", "troll": "#b26a00"}


def holds(found: Found) -> bool:
    """Whether what is promised came true."""
    well = found.rank_correlation >= LEAST_CORRELATION and found.pooled_weighed >= LEAST_POOLED
    return well and found.ring_weight < MOST_RING_WEIGHT


def table(found: Found) -> Iterator[str]:
    """The lines of a table in Markdown."""
    size = found.size
    yield f"Seed {found.seed}: {size.people:,} physicians, {size.cases:,} cases. The last {size.tried:,} are pooled"
    yield "with what was learnt from those before."
    yield ""
    yield "| | Curbside | bridging | asked for |"
    yield "| --- | --- | --- | --- |"
    yield (
        f"| rank correlation of skill and credibility, {found.known:,} with ten scored opinions or more "
        f"| {found.rank_correlation:.3f} | {found.bridging_correlation:.3f} | ≥ {LEAST_CORRELATION} |"
    )
    yield (
        "| mean weight of a corroboration by one of the ring, over that of honest peers of equal skill "
        f"| {found.ring_weight:.3f} | | < {MOST_RING_WEIGHT} |"
    )
    yield (
        "| mean rank of the ring in credibility, over that of honest peers of equal skill "
        f"| {found.ring_standing:.3f} | {found.bridging_ring_standing:.3f} | |"
    )
    yield (
        "| the diagnosis is among the first three of the pool "
        f"| {found.pooled_weighed:.1%} | {found.bridging_pooled:.1%} | ≥ {LEAST_POOLED:.0%} |"
    )
    yield f"| the same, all opinions weighing alike | {found.pooled_alike:.1%} | | |"
    yield f"| the same, of one opinion alone | {found.one_alone:.1%} | | |"


def picture(found: Found) -> str:
    """Skill and credibility of each, as SVG."""
    marks = "".join(_mark(point) for point in sorted(found.points, key=lambda one: one.kind))
    ticks = "".join(_tick(n / 5) for n in range(6))
    legend = "".join(
        f'<circle cx="{_LEFT + 20 + 110 * n}" cy="12" r="4" fill="{colour}"/>'
        f'<text x="{_LEFT + 30 + 110 * n}" y="16">{kind}</text>'
        for n, (kind, colour) in enumerate(_COLOURS.items())
    )
    words = (
        f'<text x="{_LEFT + _across(0.5)}" y="{_HIGH - 2}" text-anchor="middle">'
        "skill: chance that the first diagnosis is right</text>"
        f'<text transform="translate(14 {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle">credibility</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="system-ui, sans-serif" '
        f'font-size="12" fill="#555" role="img" aria-label="Credibility by skill">{ticks}{marks}{legend}{words}</svg>\n'
    )


def _across(share: float) -> float:
    return share * (_WIDE - _LEFT - 20)


def _mark(point: Point) -> str:
    x, y = _LEFT + _across(point.skill), _TOP + (1 - point.credibility) * _SIDE
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{_COLOURS[point.kind]}" fill-opacity="0.6"/>'


def _tick(share: float) -> str:
    x, y = _LEFT + _across(share), _TOP + (1 - share) * _SIDE
    return (
        f'<path d="M{_LEFT} {y:.1f}H{_WIDE - 20}M{x:.1f} {_TOP}V{_TOP + _SIDE}" stroke="#bbb" stroke-opacity="0.5"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share:.1f}</text>'
        f'<text x="{x:.1f}" y="{_TOP + _SIDE + 16}" text-anchor="middle">{share:.1f}</text>'
    )
