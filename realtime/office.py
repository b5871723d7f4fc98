"""Moderators enter a case whose reach does not let them in only after they said why: emergency access, HIPAA
164.312(a)(2)(ii).
"""

from realtime.host import Host
from realtime.rooms.card import by_office
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused


async def check_reason(host: Host, person: Person) -> None:
    """Return if `person`, who may enter, need not say why, or has. Raises `Refused` (`SAY_WHY`) or `Unavailable`."""
    if not by_office(host.room.card, person):
        return
    await host.catch_up()  # they may have been invited on another node, and this one not told
    if by_office(host.room.card, person) and not await host.node.moderation.said_why(person.id, host.id):
        raise Refused(Refusal.SAY_WHY)
