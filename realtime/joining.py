"""Taking a seat: may this person, from which position, and what they are sent first."""

from typing import Any

import msgspec

from realtime.errors import Unavailable
from realtime.frames import Form
from realtime.host import Host
from realtime.office import check_reason
from realtime.presence.roster import Here
from realtime.rooms.blind import topic
from realtime.rooms.card import may_enter, modes
from realtime.rooms.case import Case
from realtime.rooms.chain import GENESIS, Head
from realtime.rooms.copies import Audience, case_copy, state_copy
from realtime.rooms.fold import replay
from realtime.rooms.observing import Permit, may_observe
from realtime.rooms.people import Mode, Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.shortening import beginning, bytes_of, with_beginnings
from realtime.socket import Connection, Seat
from realtime.tail import Told, told
from realtime.wire.client import Join
from realtime.wire.encoding import encode
from realtime.wire.server import ADVICE, EVENTS_BYTES, Joined

WINDOW_EVENTS = 200
WINDOW_BYTES = 98_304
PAGE = 500
CASE_BYTES = 8_000
ROSTER_BYTES = 4_000
_FRAME_SPREAD = 100


async def take_seat(host: Host, connection: Connection, join: Join) -> Seat:
    """Seat `connection` in the room and send it `joined` and what follows. Raises `Refused` or `Unavailable`."""
    person = connection.person
    if not may_enter(host.room.card, person):
        await host.catch_up()  # they may have been invited on another node, and this one not told
    mode = _mode(host, connection, join)
    await check_reason(host, person)
    permit = await permitted(host, person) if mode == "observe" else None
    resumed = mode != "brief" and await _resumes(host, mode, join)
    if join.after and not resumed and mode != "brief":
        await _compare(host, connection.person.id, join.after, join.check)
    upto = _limit(host, mode)
    if upto == 0:  # an observer, of a case that is younger than their delay
        raise Refused(Refusal.NOT_FOUND)
    head = await position(host, upto)
    window = [] if resumed or mode == "brief" else await _window(host, upto)
    seen_room = await room_at(host, upto)
    cursor = (join.after or 0) if resumed else upto
    stretch = None
    if permit is not None:
        shown_after = window[0].event.seq - 1 if window else cursor
        stretch = await host.node.observing.begin(person, permit, host.id, shown_after, "stream")
    # Nothing is awaited from here on: the seat stands exactly at what it is sent.
    since = host.node.now_ms() if stretch is None else stretch.began_ms
    seat = Seat(connection, host.id, mode, cursor, since, stretch)
    try:
        _still_may(host, seat)
    except (Refused, Unavailable):
        if stretch is not None:
            host.node.observing.end(stretch)
        raise
    if stretch is not None:
        stretch.reader = seat
    _take(host, seat)
    frame, included = _joined(host, seat, join, head, window, seen_room, resumed)
    if not resumed:
        seat.cursor = included
    connection.write(frame)
    host.fanout.disclose(seat)
    host.fanout.deliver(seat)
    host.provisional.tell(seat)
    host.here.changed()
    host.awake()
    return seat


async def position(host: Host, seq: int) -> Head:
    """The head of the log as it was at `seq`."""
    if seq == host.head.seq:
        return host.head
    if seq == 0:
        return Head(0, GENESIS)
    item = host.tail.at(seq)
    if item is not None:
        return item.record.head
    records = await host.node.journal.records(host.id, seq - 1, 1)
    return records[0].head if records else Head(0, GENESIS)


async def room_at(host: Host, seq: int) -> Room:
    """The room as it was after `seq` events, at least one."""
    if seq == host.room.seq:
        return host.room
    earlier = host.earlier
    room = earlier if earlier is not None and earlier.seq <= seq else None
    while (after := room.seq if room else 0) < seq:
        if host.tail.reaches(after):
            items = host.tail.since(after, seq)
        else:
            records = await host.node.journal.records(host.id, after, min(PAGE, seq - after))
            items = [told(record) for record in records]
        if not items:
            raise Unavailable
        room = replay((item.event for item in items), room)
    if room is None:
        raise Unavailable
    host.earlier = room
    return room


def _mode(host: Host, connection: Connection, join: Join) -> Mode:
    person = connection.person
    if not may_enter(host.room.card, person):
        raise Refused(Refusal.NOT_FOUND)
    allowed = modes(person, reads_only=connection.reads_only)
    if join.as_ is None:
        return allowed[0]
    if join.as_ not in allowed:
        if "follow" in allowed:  # all others who may follow may contribute
            raise Refused(Refusal.READING_TOKEN)
        raise Refused(Refusal.MAY_NOT_FOLLOW if join.as_ == "follow" else Refusal.MAY_NOT_CONTRIBUTE)
    return join.as_


async def permitted(host: Host, person: Person) -> Permit:
    """Under what `person` observes this room. Raises `Refused` or `Unavailable`."""
    permit = await host.node.observing.permit(person)
    if not may_observe(host.room.card, permit, host.node.now_ms()):
        raise Refused(Refusal.NOT_FOUND)
    return permit


def _still_may(host: Host, seat: Seat) -> None:
    """Much may have changed since the first look. Raises `Refused` or `Unavailable`."""
    if host.abandoned or not seat.connection.alive:
        raise Unavailable
    card, person, stretch = host.room.card, seat.person, seat.stretch
    if not may_enter(card, person):
        raise Refused(Refusal.NOT_FOUND)
    if stretch is None:
        return
    if host.node.observing.known(person) != stretch.permit:
        raise Unavailable  # the next try is told what has changed
    if not may_observe(card, stretch.permit, host.node.now_ms()):
        raise Refused(Refusal.NOT_FOUND)


def _limit(host: Host, mode: Mode) -> int:
    return host.due_seq() if mode == "observe" else host.head.seq


async def _resumes(host: Host, mode: Mode, join: Join) -> bool:
    """Whether the log has the position (`after`, `check`) that the client names."""
    if join.after is None:
        return False
    if join.after == 0:
        return True
    if join.after > host.head.seq:
        await host.catch_up()
    if join.after > _limit(host, mode):
        return False
    return join.check is None or (await position(host, join.after)).check == join.check


async def _compare(host: Host, person: str, after: int, check: str | None) -> None:
    """Raise the alarm where a client of `person` holds a position that the log does not have, whoever may see it."""
    journal = await position(host, min(after, host.head.seq))
    if journal.seq != after or check not in (None, journal.check):
        host.node.went_back.claimed(host.id, person, after, check, journal)


async def _window(host: Host, upto: int) -> list[Told]:
    """The newest events up to `upto`, as many as are worth sending at once."""
    after = max(0, upto - WINDOW_EVENTS)
    if host.tail.reaches(after):
        items = host.tail.since(after, upto)
    else:
        records = await host.node.journal.records(host.id, after, upto - after)
        items = [told(record) for record in records]
    size, first = 0, len(items)
    while first > 0 and (size := size + _weight(items[first - 1])) < WINDOW_BYTES:
        first -= 1
    return items[min(first, len(items) - 1) :] if items else []


def _weight(item: Told) -> int:
    """What an event counts for: of what is said blind nothing, or where the window begins would tell how long it is."""
    return 0 if topic(item.event.body) is not None else len(item.record.body)


def _take(host: Host, seat: Seat) -> None:
    earlier = seat.connection.seat(host.id)
    if earlier is not None:
        host.fanout.discard(earlier)
    if not len(host.fanout):
        host.here.asked()
    seat.connection.sit(seat)
    host.fanout.add(seat)


def _joined(
    host: Host, seat: Seat, join: Join, head: Head, window: list[Told], room: Room, resumed: bool
) -> tuple[bytes, int]:
    """The `joined` frame, and the `seq` of the last event in it (just before the window where it holds none)."""
    form, audience = seat.connection.form, seat.audience
    viewers, observers = host.here.shown_counts()
    frame = Joined(
        re=join.id,
        room=host.id,
        seq=head.seq,
        check=head.check,
        role="presenter" if seat.person.id == host.room.presenter else seat.person.role,
        as_=seat.mode,
        case=_shortened(case_copy(room.card.case, audience, host.names)),
        roster=_roster(host, seat),
        viewers=viewers,
        observers=observers,
        resumed=resumed,
        advice=ADVICE,
        state=None if resumed else with_beginnings(_state(room, host, seat)),
        events=[],
    )
    if not window:
        return form.made(frame), head.seq
    return _with_events(host, frame, window, audience, form, head.seq)


def _with_events(
    host: Host, frame: Joined, window: list[Told], audience: Audience, form: Form, upto: int
) -> tuple[bytes, int]:
    before = window[0].event.seq - 1
    budget = EVENTS_BYTES - len(encode(frame, form.encoding)) - _FRAME_SPREAD
    entries = host.tail.copier.fitting(window, audience, form.encoding, budget, upto=upto)
    if sum(len(bytes(entry)) for entry in entries) > budget:
        entries = []
    filled = msgspec.structs.replace(frame, events=entries)
    return form.made(filled), before + len(entries)


def _state(room: Room, host: Host, seat: Seat) -> dict[str, Any]:
    return state_copy(room, host.room, seat.audience, host.names, seat.person.id)


def _roster(host: Host, seat: Seat) -> list[Here]:
    """Who is here, as far as the frame has room for them: the whole follows as `presence`."""
    if seat.mode != "contribute":
        return []
    here = host.here.snapshot()
    fitting, size = 0, 0
    while fitting < len(here) and (size := size + bytes_of(here[fitting])) <= ROSTER_BYTES:
        fitting += 1
    if fitting < len(here):
        host.here.owe([seat])
    return here[:fitting]


def _shortened(case: Case) -> Case:
    """A case whose texts would not leave room in the frame goes with their beginnings; the whole is in `opened`."""
    if bytes_of((case.situation, case.background, case.assessment, case.request)) <= CASE_BYTES:
        return case
    share = CASE_BYTES // 4
    return msgspec.structs.replace(
        case,
        situation=beginning(case.situation, share),
        background=case.background and beginning(case.background, share),
        assessment=beginning(case.assessment, share),
        request=beginning(case.request, share),
        shortened=True,
    )
