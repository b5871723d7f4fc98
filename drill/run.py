"""A drill: rows of the fault matrix, one after the other, each on a consult of its own, and what came of them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired
from typing import Final, Protocol

import msgspec

from client.errors import ClientError
from drill.checker import Finding
from drill.consult import Consult, consult
from drill.forgetful import RESEND, forgetful
from drill.row import Ground, Promise, Row
from drill.site import Failure, Site
from drill.times import Lags, lags, too_late

PEOPLE: Final = 50
PER_S: Final = 40.0
ONE_SIDED: Final = 0.5
BEFORE_S: Final = 1.0
AFTER_S: Final = 1.0
LOG_WITHIN_S: Final = 20.0
PRESENCE_S: Final = 15.0
SHOWN: Final = 20


class Place(Protocol):
    """Where a drill takes place: the addresses of its nodes, and a folder for what clients keep."""

    folder: Path

    @property
    def urls(self) -> list[str]: ...

    async def start(self) -> None:
        """Mend whatever was broken, as far as that is in our power."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one row. `healed_s`: from the end of the fault until all was settled.

    `lag_p99_s`: from an ack until others were shown the event, while the fault lasted; `first_lag_s`: the longest of
    its first two seconds.
    """

    number: str
    title: str
    passed: bool
    acked: int
    counts: dict[str, int]
    healed_s: float
    lag_p99_s: float | None
    first_lag_s: float | None
    wrong: list[str]


async def outcomes(
    rows: Sequence[Row], site: Site, *, seed: int, pace: float, one_sided: bool | None = None
) -> AsyncIterator[Outcome]:
    """What comes of each row, as it ends; their order, and what is random within each, follows from `seed`.

    `one_sided`: whether only people of one node speak; drawn for each row unless it is said.
    """
    tokens = await site.tokens(PEOPLE)
    for row in Random(seed).sample(rows, len(rows)):
        chance = Random(f"{seed} {row.number}")

        async def act(held: Consult, row: Row = row, chance: Random = chance) -> None:
            await row.act(Ground(site, held, chance, pace))

        sided = chance.random() < ONE_SIDED if one_sided is None else one_sided
        yield await outcome(row, site, tokens, chance, act, one_sided=sided)


async def controls(rows: Sequence[Row], site: Site, *, seed: int, pace: float) -> AsyncIterator[Outcome]:
    """Each row once without its defences: it has `passed` where that did the harm that the row names."""
    for row in rows:
        await site.leave_out(row.without)
        with forgetful() if RESEND in row.without else nullcontext():
            [came] = [came async for came in outcomes([row], site, seed=seed, pace=pace, one_sided=True)]
        missed = unharmed(row, came)
        yield msgspec.structs.replace(came, passed=not missed, wrong=[*missed, *came.wrong])
    await site.leave_out(())


def unharmed(row: Row, came: Outcome) -> list[str]:
    """What is wrong with a control: nothing, where what was found is among what the row names."""
    if any(harm in found for harm in row.harm for found in (*came.counts, *came.wrong)):
        return []
    return [f"the fault does no harm: without {', '.join(row.without)} none of this was found: {', '.join(row.harm)}"]


async def outcome(
    promise: Promise,
    place: Place,
    tokens: Sequence[str],
    chance: Random,
    act: Callable[[Consult], Awaitable[None]],
    *,
    one_sided: bool,
    per_s: float = PER_S,
) -> Outcome:
    """What comes of a fault: a consult under load, `act` in the middle of it, and what its people wrote down."""
    async with consult(place.urls, tokens, chance, place.folder, per_s) as held:
        wrong: list[str] = []
        held.speak(one_sided=one_sided)
        await asyncio.sleep(BEFORE_S)
        began_s = time.monotonic()
        try:
            await act(held)
        except (AssertionError, Failure, TimeoutExpired) as failed:
            wrong.append(str(failed))
        ended_s = time.monotonic()
        await place.start()
        mended_s = time.monotonic()
        await asyncio.sleep(AFTER_S)
        await held.hush()
        await held.settle(promise.heals_s)
        healed_s = time.monotonic() - mended_s
        if misled := await held.strangers(PRESENCE_S):
            wrong.append(f"presence: {len(misled)} are told of others than those here, {misled[0]} among them")
        came = lags(held.histories, began_s, ended_s)
        wrong += too_late(promise, came)
        found = await _found(promise, held)
        return _judged(promise, held, found, wrong, healed_s, came)


async def _found(promise: Promise, held: Consult) -> list[Finding]:
    try:
        log = await held.log(LOG_WITHIN_S)
    except (ClientError, TimeoutError) as error:
        return [Finding("broken", "the log", f"it cannot be read: {error or type(error).__name__}")]
    return held.findings(log, taken_back=promise.taken_back)


def _judged(
    promise: Promise, held: Consult, found: Sequence[Finding], wrong: Sequence[str], healed_s: float, came: Lags
) -> Outcome:
    counts: dict[str, int] = {}
    for finding in found:
        counts[finding.kind] = counts.get(finding.kind, 0) + 1
    said = [*wrong, *(f"{finding.kind}: {finding.who}: {finding.how}" for finding in found)]
    return Outcome(
        number=promise.number,
        title=promise.title,
        passed=not said,
        acked=held.acked,
        counts=counts,
        healed_s=round(healed_s, 2),
        lag_p99_s=came.p99_s,
        first_lag_s=came.first_s,
        wrong=[*said[:SHOWN], *([f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else [])],
    )
