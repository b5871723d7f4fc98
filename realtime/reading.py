"""Reading a room without a seat: a page of its log as one reader may see it, on the exact state of the room."""

from typing import Any

import msgspec

from realtime.host import Host
from realtime.joining import permitted, position, room_at
from realtime.office import check_reason
from realtime.rooms.card import may_enter, modes
from realtime.rooms.case import Case
from realtime.rooms.chain import Record
from realtime.rooms.copies import Audience, case_copy, state_copy
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.tail import told
from realtime.wire.server import Entry


class RoomCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A room as one reader may see it, ready to be encoded as JSON.

    `case` and `state` are as `joined` has them, `events` as in its `events`. (`seq`, `check`) is the end of the log as
    far as this reader may know of it: the head, or for an observer what is due.
    """

    case: Case
    state: dict[str, Any]
    events: list[Entry]
    seq: int
    check: str


async def copy_of(host: Host, person: Person, after: int, limit: int) -> RoomCopy:
    """The room with at most `limit` events after `after`. Raises `Refused` (`NOT_FOUND`, `SAY_WHY`); `Unavailable`."""
    if not may_enter(host.room.card, person):
        raise Refused(Refusal.NOT_FOUND)
    await check_reason(host, person)
    audience: Audience = "observers" if "observe" in modes(person) else "contributors"
    permit = await permitted(host, person) if audience == "observers" else None
    upto = host.due_seq() if audience == "observers" else host.head.seq
    if upto == 0:  # an observer, of a case that is younger than their delay
        raise Refused(Refusal.NOT_FOUND)
    room = await room_at(host, upto)
    head = await position(host, upto)
    records = await host.node.journal.records(host.id, after, limit) if limit and after < upto else []
    records = [record for record in records if record.seq <= upto]
    if permit is not None:
        await _noted(host, person, permit, after, records)
    copier = host.tail.copier
    return RoomCopy(
        case=case_copy(room.card.case, audience, host.names),
        state=state_copy(room, host.room, audience, host.names, person.id),
        events=[copier.entry(told(record), audience, "json", upto, person.id) for record in records],
        seq=head.seq,
        check=head.check,
    )


async def _noted(host: Host, person: Person, permit: Permit, after: int, records: list[Record]) -> None:
    """Put on record what an observer is about to be shown. Raises `Refused` or `Unavailable`."""
    observing = host.node.observing
    stretch = await observing.begin(person, permit, host.id, after, "read")
    stretch.reader = Page(records[-1].seq if records else after)
    observing.end(stretch)


class Page(msgspec.Struct, frozen=True):
    """A page as the reader of a stretch: it ends at `cursor`."""

    cursor: int
