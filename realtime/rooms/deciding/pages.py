"""Asking for more people, and what they answer."""

from typing import Final

from realtime.rooms.body import Body
from realtime.rooms.card import let_in_by_reach
from realtime.rooms.commands import Page, Respond
from realtime.rooms.deciding.texts import clean
from realtime.rooms.events import Invited, Paged, Responded
from realtime.rooms.paging.page import Page as OpenPage
from realtime.rooms.people import Person
from realtime.rooms.readback import restates
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room

MOST_PAGES: Final = 20
MOST_RINGING: Final = 3


def page(room: Room, person: str, command: Page, now_ms: int) -> Paged:
    """The wish for a page. Whom it rings is found when its first tier does."""
    if room.card.case.acuity == "routine":
        raise Refused(Refusal.ROUTINE_PAGES_NOBODY)
    if command.specialty is not None and command.person is not None:
        raise Refused(Refusal.ONE_WISH)
    if command.person in (person, room.presenter):
        raise Refused(Refusal.NOT_TO_BE_PAGED)
    _check_room_for(room, command)
    return Paged(
        page=command.id,
        tier=0,
        specialty=clean(command.specialty) if command.specialty else None,
        person=command.person,
        note=clean(command.note) if command.note else None,
        deadline_at=max(room.at, now_ms),
    )


def respond(room: Room, person: Person, command: Respond) -> list[Body]:
    """An answer to a page; who takes it is let in for good."""
    asked = room.pages[command.page]
    _check_open(asked, person.id)
    given = asked.answers.get(person.id)
    if given is not None and given.answer == command.answer:
        raise Refused(Refusal.SAME_ANSWER)
    if command.answer == "decline":
        return [_declined(command)]
    accepted = Responded(page=asked.id, answer="accept", read_back=_read_back(room, person, command))
    return [accepted] if let_in_by_reach(room.card, person) else [accepted, Invited(person=person.id)]


def _check_room_for(room: Room, command: Page) -> None:
    ringing = [page for page in room.pages.values() if page.state == "ringing"]
    if any((page.specialty, page.person) == (command.specialty, command.person) for page in ringing):
        raise Refused(Refusal.RINGING)
    if len(ringing) >= MOST_RINGING or len(room.pages) >= MOST_PAGES:
        raise Refused(Refusal.TOO_MANY_PAGES)


def _check_open(page: OpenPage, person: str) -> None:
    if page.state == "replaced":
        raise Refused(Refusal.REPLACED)
    if page.state == "answered":
        raise Refused(Refusal.SAME_ANSWER if page.accepted_by == person else Refusal.TAKEN)


def _declined(command: Respond) -> Responded:
    if not (command.reason or "").strip():
        raise Refused(Refusal.NO_REASON)
    return Responded(page=command.page, answer="decline", reason=clean(command.reason or ""))


def _read_back(room: Room, person: Person, command: Respond) -> str | None:
    """What `person` reads back, which a `stat` case is not taken without (SBAR's last step)."""
    said = clean(command.read_back or "")
    if room.card.case.acuity == "stat":
        if not person.verified and person.role != "moderator":
            raise Refused(Refusal.STAT_NEEDS_T2)
        if not restates(said):
            raise Refused(Refusal.NO_READ_BACK)
    return said or None
