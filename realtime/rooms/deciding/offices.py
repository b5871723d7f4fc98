"""Who presents the case and who leads beside them."""

from realtime.rooms.body import Body
from realtime.rooms.commands import HandOver, Respond
from realtime.rooms.deciding.texts import worded
from realtime.rooms.events import HandedOver, HandOverAsked, Led, Responded
from realtime.rooms.readback import restates
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room


def hand_over(room: Room, command: HandOver) -> HandOverAsked:
    """Ask `command.person` to take the case over; the presenter's own name takes that back."""
    _check_invitable(room, command.person)
    asked = room.hand_over.person if room.hand_over else room.presenter
    if command.person == asked:
        raise Refused(Refusal.ASKED_ALREADY if room.hand_over else Refusal.PRESENTS_ALREADY)
    return HandOverAsked(person=command.person, note=worded(command.note))


def respond(person: str, command: Respond) -> list[Body]:
    """The answer of who was asked to take the case over, and what it makes of the case."""
    accepts = command.answer == "accept"
    if accepts and not restates(command.read_back or ""):
        raise Refused(Refusal.READ_BACK)
    answer = Responded(
        page=command.page,
        answer=command.answer,
        read_back=worded(command.read_back),
        reason=worded(command.reason),
    )
    return [answer, HandedOver(person=person)] if accepts else [answer]


def lead(room: Room, person: str) -> Led:
    """Let `person` lead beside the presenter, or nobody where it is the presenter."""
    _check_invitable(room, person)
    if person == (room.lead or room.presenter):
        raise Refused(Refusal.LEADS_ALREADY)
    return Led(person=person)


def _check_invitable(room: Room, person: str) -> None:
    if person in room.card.removed:
        raise Refused(Refusal.IS_REMOVED)
