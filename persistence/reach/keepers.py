"""Who keeps the rosters of an institution, beside moderators and operators."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session, col, delete, select

from persistence import people
from persistence import tables as accounts
from persistence.reach.tables import RosterKeeper

MOST_KEEPERS: Final = 50


def keepers(session: Session, institution: str) -> list[str]:
    """The handles of those who keep the rosters of an institution."""
    person = accounts.Person
    wanted = select(person.handle).join(RosterKeeper, col(RosterKeeper.person) == col(person.id))
    return list(session.exec(wanted.where(RosterKeeper.institution == institution).order_by(col(person.handle))))


def kept_by(session: Session, person: str) -> list[str]:
    """The institutions whose rosters this person keeps."""
    wanted = select(RosterKeeper.institution).where(RosterKeeper.person == person)
    return list(session.exec(wanted.order_by(col(RosterKeeper.institution))))


def kept(session: Session) -> list[str]:
    """All institutions whose rosters somebody keeps."""
    return list(session.exec(select(RosterKeeper.institution).distinct()))


def name_keepers(session: Session, institution: str, handles: Iterable[str]) -> None:
    """Let these people, and no others, keep the rosters of an institution. Raises `ValueError` where one is nobody."""
    wished = dict.fromkeys(handles)
    if len(wished) > MOST_KEEPERS:
        raise ValueError(f"An institution has up to {MOST_KEEPERS} keepers of its rosters. Name fewer.")
    known = [(handle, people.by_handle(session, handle)) for handle in wished]
    for handle, one in known:
        if one is None or one.role == "observer":
            raise ValueError(f"`{handle}` is nobody who could keep a roster. Check the handle.")
    session.execute(delete(RosterKeeper).where(col(RosterKeeper.institution) == institution))
    session.add_all(RosterKeeper(institution=institution, person=one.id) for _, one in known if one is not None)
