"""What stands beside a stance when it is put on record: what its author's word weighs there, where this node knows."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from realtime.rooms.body import Body
from realtime.rooms.credibility.weighing import Word
from realtime.rooms.events import Corroborated
from realtime.rooms.people import Person
from realtime.rooms.room import Room

Weigh: TypeAlias = Callable[[Person, str, str], Word | None]
"""What the word of a person weighs on a post of an author, in a specialty; None where one would have to ask."""


def unweighed(person: Person, author: str, specialty: str) -> None:
    """Of no word is known what it weighs."""


def weighed(body: Body, room: Room, person: Person, weigh: Weigh) -> Body:
    """`body` with its weight, where it is a stance."""
    if not isinstance(body, Corroborated) or body.stance == "withdraw":
        return body
    specialties = room.card.case.specialties
    word = weigh(person, room.posts[body.target].by, specialties[0] if specialties else "")
    return body if word is None else msgspec.structs.replace(body, weight=word.weight, same_house=word.same_house)
