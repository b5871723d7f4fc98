"""That the session which asks goes on: no way in and no token that is made with it must outlast a reset."""

from sqlmodel import Session as Sql

from persistence.signin import factors, tables
from web.api.problems import unauthenticated
from web.signin.identify import Identity


def lasting(sql: Sql, identity: Identity) -> None:
    """Return if nobody has ended the session that asks; a reset then waits for this transaction, and undoes it.

    Nodes read once a second which sessions were ended: one that was may still ask. Raises `Problem` (401).
    """
    factors.hold(sql, identity.person.id)
    if sql.get(tables.Session, identity.session) is None:
        raise unauthenticated("This session was ended. Sign in again.")
