"""The worker's chore of verification: tiers that end, the notice before, documents that are to go."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from persistence.chores import Chore
from persistence.database import Database
from persistence.verification.keys import Keys
from persistence.verification.renewals import Due, forsaken, lapse, to_tell, without_merit
from realtime.errors import Unavailable
from web.clock import now_ms
from web.mail import Mail
from web.secret import vault_key
from web.settings import Settings
from web.verification import mail, policy

logger = logging.getLogger("curbside.worker")

EVERY_S: Final = 60.0


def renewing(settings: Settings, database: Database, changed: Callable[[Sequence[str]], Awaitable[None]]) -> Chore:
    """The chore; `changed` is told of those who have another tier."""
    keys, rules, post = Keys(vault_key(settings)), policy(settings), mail(settings)

    async def work() -> None:
        for one in await database.write(lambda sql: to_tell(sql, keys, rules, now_ms())):
            await _write(post, one)
        lapsed = await database.write(lambda sql: lapse(sql, keys, rules, now_ms()))
        lapsed += await database.write(lambda sql: forsaken(sql, keys, rules, now_ms()))
        lapsed += await database.write(lambda sql: without_merit(sql, keys, rules, now_ms()))
        if lapsed:
            logger.info("%d people have another tier: theirs has ended", len(lapsed))
            await changed(lapsed)

    return Chore("renewals", EVERY_S, work)


async def _write(post: Mail | None, due: Due) -> None:
    """Whoever cannot be written to is told on their page all the same."""
    if post is None or not due.email:
        return
    day = datetime.fromtimestamp(due.until / 1_000, UTC).date().isoformat()
    text = f"Your verification ends on {day}. Renew it on your page “Your verification”.\n"
    try:
        await post.send(due.email, "Your verification ends soon", text)
    except Unavailable:
        logger.warning("a notice of renewal could not be sent")
