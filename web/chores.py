"""Which chores a worker has: in the worker's process, or within the one process of the embedded default."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from persistence.audit.keeper import AuditKeeper
from persistence.awards.exporting import Exporting
from persistence.awards.settling import Settling
from persistence.awards.ties import ties_of_record
from persistence.awards.watch import Watch
from persistence.bias.chore import WatchingBias
from persistence.channels.old import Forgetting
from persistence.chores import Chore
from persistence.database import Database
from persistence.figures.chore import Figures
from persistence.figures.months import Months
from persistence.follow_up.chore import FollowUp
from persistence.moderation.endorsements import Endorsements
from persistence.pictures.leftovers import Leftovers
from persistence.pictures.shelf import Shelf
from persistence.reach.interruptions import forget_old
from persistence.seal import open_key
from persistence.verification.keys import Keys
from realtime.ports import Audit, Journal
from web.clock import now_ms
from web.renewing import renewing
from web.scoring import scoring
from web.secret import vault_key
from web.settings import Settings

MINUTE_S: Final = 60.0
DAY_S: Final = 24 * 60 * MINUTE_S
FIGURES_S: Final = 10.0
FIGURE_MONTHS_S: Final = 30.0
"""A month is made anew from all of its cases: not with each of them."""
AWARDS_S: Final = 5.0
FOLLOW_UP_S: Final = 10.0
"""Those who helped hear of an outcome soon."""


def chores(
    settings: Settings,
    database: Database,
    journal: Journal,
    audit: Audit,
    changed: Callable[[Sequence[str]], Awaitable[None]],
    share: float = 1.0,
) -> Sequence[Chore]:
    """All chores of this deployment. `changed` is told of people who are not who they were.

    `share`: how much of the time those work that look at every case which changes.
    """
    keeper = AuditKeeper(
        database=database,
        audit=audit,
        key=open_key(settings.var),
        now_ms=now_ms,
        years=settings.audit_years,
        copies=settings.audit_copies,
    )
    exporting = Exporting(
        database=database,
        terms=settings.awards,
        keys=Keys(vault_key(settings)),
        key=open_key(settings.var),
        now_ms=now_ms,
    )
    return (
        Chore("audit", MINUTE_S, keeper.minute),
        Chore("follow_up", FOLLOW_UP_S, FollowUp(database, journal, now_ms).step),
        Chore("awards", AWARDS_S, Settling(database, journal, now_ms, settings.awards, ties_of_record(now_ms)).step),
        Chore("award_exports", 60 * MINUTE_S, exporting.step),
        Chore("award_watch", 60 * MINUTE_S, Watch(database, now_ms).step),
        Chore("bias_watch", DAY_S, WatchingBias(database, journal, now_ms).step),
        Chore("figures", FIGURES_S, Figures(database, journal, now_ms, share=share).step),
        Chore("figure_months", FIGURE_MONTHS_S, Months(database, now_ms).step),
        Chore("deliveries", 10 * MINUTE_S, Forgetting(database, now_ms).step),
        Chore("endorsements", MINUTE_S, Endorsements(database, journal).step),
        Chore("interruptions", 60 * MINUTE_S, lambda: database.write(lambda sql: forget_old(sql, now_ms()))),
        Chore("pictures", 10 * MINUTE_S, Leftovers(database, Shelf(settings.pictures), now_ms).step),
        renewing(settings, database, changed),
        scoring(settings, database, journal, changed, share),
    )
