"""What events do to who presents the case and who leads."""

import msgspec

from realtime.rooms.events import Event, HandOverAsked, Led
from realtime.rooms.folding.questions import passed_on, waived
from realtime.rooms.plan import Asked
from realtime.rooms.room import Room


def asked(room: Room, event: Event, body: HandOverAsked) -> Room:
    """Somebody was asked to take the case over; the presenter: nobody is asked any more."""
    someone = body.person != room.presenter
    hand_over = Asked(event.id, body.person, event.by.person, body.note) if someone else None
    card = msgspec.structs.replace(room.card, asked_at=event.at if someone else None)
    return msgspec.structs.replace(room, card=card, hand_over=hand_over)


def answered(room: Room) -> Room:
    """Nobody is asked any more to take the case over."""
    card = room.card if room.card.asked_at is None else msgspec.structs.replace(room.card, asked_at=None)
    return msgspec.structs.replace(room, card=card, hand_over=None)


def handed_over(room: Room, person: str) -> Room:
    """`person` presents the case; who did may still enter, and what they were asked is asked of `person` now."""
    before, card = room.presenter, room.card
    invited = (card.invited | {before}) - {person}
    case = msgspec.structs.replace(card.case, presenter=person)
    card = msgspec.structs.replace(card, case=case, invited=invited)
    lead = None if room.lead == person else room.lead
    return passed_on(answered(msgspec.structs.replace(room, card=card, lead=lead)), before, person)


def led(room: Room, body: Led) -> Room:
    """A person leads beside the presenter; the presenter: nobody does."""
    return msgspec.structs.replace(room, lead=None if body.person == room.presenter else body.person)


def left(room: Room, person: str) -> Room:
    """`person` was sent out: they lead no more, and nothing is asked of them."""
    lead = None if room.lead == person else room.lead
    if room.hand_over is not None and room.hand_over.person == person:
        room = answered(room)
    return waived(msgspec.structs.replace(room, lead=lead), person)
