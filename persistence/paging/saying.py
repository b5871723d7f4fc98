"""What the server itself says in a room, in one transaction with whatever must not be without it."""

import os

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from persistence.insert import insert_new
from persistence.rows import ERASED_TITLE, EVENT, INVITATION, ROOM, card_values, wordless_card
from persistence.tables import Invitation
from realtime.errors import Conflict
from realtime.ports import Append
from realtime.rooms.body import Body
from realtime.rooms.chain import SALT_BYTES, Head, Record, Salts, recorded
from realtime.rooms.events import Event
from realtime.rooms.fold import fold
from realtime.rooms.people import SYSTEM, By
from realtime.rooms.room import Room


def spoken(room: Room, head: Head, id: str, body: Body, now_ms: int) -> tuple[Room, Record]:
    """`room` after the server has said `body` in it, and the record that says so."""
    event = Event(head.seq + 1, id, max(room.at, now_ms), By(SYSTEM), body)
    salts = Salts(os.urandom(SALT_BYTES), os.urandom(SALT_BYTES))
    return fold(room, event), recorded(room.card.case.id, head, event, salts)


def append(session: Session, wish: Append, due_at: int | None) -> None:
    """Add `wish`, which changes the card, to a room, and look at it again at `due_at`. Raises `Conflict`."""
    kept = _card_at(session, wish.room, wish.after)
    values = {**card_values(wish), "due_at": due_at, "seq": wish.head.seq, "head": wish.head.digest}
    if ERASED_TITLE in kept:
        values["card"] = wordless_card(wish)
    session.execute(update(ROOM).where(ROOM.c.id == wish.room).values(values))
    session.execute(insert(EVENT), [msgspec.structs.asdict(record) for record in wish.records])
    _let_in(session, wish)


def _card_at(session: Session, room: str, head: Head) -> bytes:
    """The card of a room whose log ends at `head`; until this transaction ends nobody adds to it. Raises `Conflict`."""
    here = select(ROOM.c.card).where(ROOM.c.id == room, ROOM.c.seq == head.seq, ROOM.c.head == head.digest)
    found = session.execute(here.with_for_update()).first()
    if found is None:
        raise Conflict
    card: bytes = found[0]
    return card


def _let_in(session: Session, wish: Append) -> None:
    people = sorted(wish.card.let_in) if wish.card is not None else []
    session.execute(delete(INVITATION).where(INVITATION.c.room == wish.room, INVITATION.c.person.not_in(people)))
    insert_new(session, Invitation, [{"room": wish.room, "person": one} for one in people], ("room", "person"))
