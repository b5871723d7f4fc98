"""The worker's chore that makes exports of what is to be paid."""

from collections.abc import Callable

from sqlmodel import Session

from persistence.awards.exports import export_payable
from persistence.awards.recipients import Recipient, recipient
from persistence.awards.terms import Terms
from persistence.database import Database
from persistence.seal import SealKey
from persistence.verification.keys import Keys


class Exporting:
    """`keys` open who takes an award by name; `key` signs."""

    def __init__(
        self, *, database: Database, terms: Terms, keys: Keys, key: SealKey, now_ms: Callable[[], int]
    ) -> None:
        self._database = database
        self._terms = terms
        self._keys = keys
        self._key = key
        self._now_ms = now_ms

    async def step(self) -> None:
        """Export all that is to be paid. Raises `Unavailable`."""
        now_ms = self._now_ms()
        await self._database.write(lambda sql: export_payable(sql, self._terms, self._known, self._key, now_ms))

    def _known(self, session: Session, person: str) -> Recipient:
        return recipient(session, self._keys, person)
