"""Opening a case on this node: the first record of a new room, once for each of its presenter's keys."""

import asyncio

from realtime.errors import Conflict, Unavailable
from realtime.node import Node
from realtime.ports import Append
from realtime.rooms.card import Card, may_enter
from realtime.rooms.chain import EMPTY, digest_of_command, recorded
from realtime.rooms.events import Event
from realtime.rooms.opening import OpenCase, case_id, opened
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.texts import CASE_WRITTEN, texts_in


async def open_room(node: Node, person: Person, wish: OpenCase, key: str) -> tuple[Card, bool]:
    """The card of the case that `person` opens under `key`, and whether it is new.

    The event's id is the room's, not the key: whoever reads the room must not be able to try keys against people.
    Raises `Refused` (`conflict` where the key was used for another content) or `Unavailable`.
    """
    room = case_id(node.secret, person.id, key)
    if wish.linked_to is not None:
        await _check_link(node, person, wish.linked_to)
    now_ms = node.now_ms()
    if node.second is not None:
        await node.second.examine(text for _, text in texts_in(wish, CASE_WRITTEN))
    # A case may be eight times as long as a post: too long to look through while others wait.
    body = await asyncio.to_thread(opened, wish, person, room, now_ms, node.find, minutes=node.minutes)
    salts = node.salts()
    event = Event(seq=1, id=room, at=now_ms, by=person.by, body=body)
    record = recorded(room, EMPTY, event, salts, digest_of_command(salts.body, person.id, wish))
    card = Card(case=body.case)
    try:
        await node.journal.append(Append(room, EMPTY, [record], card))
    except Conflict:
        await _check_repeat(node, person, wish, room)
        return card, False
    return card, True


async def _check_link(node: Node, person: Person, room: str) -> None:
    linked = await node.journal.card(room)
    if linked is None or not may_enter(linked, person):
        raise Refused(Refusal.NOT_FOUND)


async def _check_repeat(node: Node, person: Person, wish: OpenCase, room: str) -> None:
    earlier = (await node.journal.lookup(room, [room])).get(room)
    if earlier is None:
        raise Unavailable from None
    if digest_of_command(earlier.salt_body, person.id, wish) != earlier.command_digest:
        raise Refused(Refusal.CONFLICT) from None
