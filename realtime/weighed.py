"""What stands beside a stance when it is put on record: what its author's word weighs there, where this node knows."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from realtime.rooms.body import Body
from realtime.rooms.credibility.weighing import Word
from realtime.rooms.events import Corroborated
from realtime.rooms.interests.stating import touched
from realtime.rooms.people import Person
from realtime.rooms.room import Room

Weigh: TypeAlias = Callable[[Person, str, str, float], Word | None]
"""What the word of a person weighs on a post of an author, in a specialty, with a conflict of interest from 0 to 1.

None where one would have to ask.
"""


def unweighed(person: Person, author: str, specialty: str, conflict: float) -> None:
    """Of no word is known what it weighs."""


def weighed(body: Body, room: Room, person: Person, weigh: Weigh) -> Body:
    """`body` with its weight, where it is a stance; 0 of who has an interest in a product that the post names."""
    if not isinstance(body, Corroborated) or body.stance == "withdraw":
        return body
    post, specialties = room.posts[body.target], room.card.case.specialties
    conflict = 1.0 if touched(person.interests, f"{post.text} {body.note or ''}") else 0.0
    word = weigh(person, post.by, specialties[0] if specialties else "", conflict)
    return body if word is None else msgspec.structs.replace(body, weight=word.weight, same_house=word.same_house)
