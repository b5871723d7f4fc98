"""What stands beside a word when it is put on record: what it weighs there, where this node knows.

The word is a stance on a post, or what somebody thinks it is.
"""

from typing import Final, Protocol

import msgspec

from realtime.rooms.body import Body
from realtime.rooms.credibility.weighing import Word
from realtime.rooms.events import Corroborated, Opined
from realtime.rooms.interests.stating import touched
from realtime.rooms.people import Person
from realtime.rooms.room import Room


class Weigh(Protocol):
    """What words weigh, from memory: None where one would have to ask, or where too little is known."""

    def word(self, person: Person, author: str, specialty: str, conflict: float) -> Word | None:
        """What the word of a person weighs on a post of an author, with a conflict of interest from 0 to 1."""

    def voice(self, person: Person, specialty: str) -> float | None:
        """What the opinion of a person weighs in a pool, in a case of a specialty: above 0, 1 like their peers'."""


class Unweighed:
    """Of no word is known what it weighs."""

    def word(self, person: Person, author: str, specialty: str, conflict: float) -> None:
        """Nothing is known."""

    def voice(self, person: Person, specialty: str) -> None:
        """Nothing is known."""


UNWEIGHED: Final = Unweighed()


def weighed(body: Body, room: Room, person: Person, weigh: Weigh) -> Body:
    """`body` with its weight, where it has one; that of a stance is 0 of who has an interest in what the post names."""
    specialties = room.card.case.specialties
    specialty = specialties[0] if specialties else ""
    match body:
        case Corroborated(stance="agree" | "disagree"):
            return _weighed_stance(body, room, person, weigh, specialty)
        case Opined():
            return msgspec.structs.replace(body, weight=weigh.voice(person, specialty))
        case _:
            return body


def _weighed_stance(body: Corroborated, room: Room, person: Person, weigh: Weigh, specialty: str) -> Corroborated:
    post = room.posts[body.target]
    conflict = 1.0 if touched(person.interests, f"{post.text} {body.note or ''}") else 0.0
    word = weigh.word(person, post.by, specialty, conflict)
    return body if word is None else msgspec.structs.replace(body, weight=word.weight, same_house=word.same_house)
