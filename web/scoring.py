"""The worker's chore of credibility: cases are scored, and those whose record is another are weighed anew."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from persistence.chores import Chore
from persistence.credibility.chore import Scoring
from persistence.database import Database
from persistence.verification.keys import Keys
from persistence.verification.requests import reconsider
from realtime.ports import Journal
from web.clock import now_ms
from web.secret import vault_key
from web.settings import Settings
from web.verification import policy

EVERY_S: Final = 10.0


def scoring(
    settings: Settings,
    database: Database,
    journal: Journal,
    changed: Callable[[Sequence[str]], Awaitable[None]],
    share: float = 1.0,
) -> Chore:
    """The chore; `changed` is told of those who have another tier."""
    keys, rules = Keys(vault_key(settings)), policy(settings)

    async def weigh(people: Sequence[str]) -> None:
        weighed = partial(reconsider, keys=keys, policy=rules, now_ms=now_ms())
        moved = [one for one in people if await database.write(lambda sql, one=one: weighed(sql, person=one))]  # type: ignore[misc]
        if moved:
            await changed(moved)

    return Chore("credibility", EVERY_S, Scoring(database, journal, now_ms, weigh, share=share).step)
