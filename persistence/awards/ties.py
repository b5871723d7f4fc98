"""Which interests of authors keep a payer from awarding them: those that they declared, or that are on record."""

from collections.abc import Callable

from sqlmodel import Session

from persistence.awards.ledger import Ties
from persistence.interests.holding import has_interest


def ties_of_record(now_ms: Callable[[], int]) -> Ties:
    """Ties as interests are held now."""

    def tied(session: Session, author: str, payer: str) -> bool:
        return has_interest(session, author, payer, "", now_ms()) is not None

    return tied
