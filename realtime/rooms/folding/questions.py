"""What events do to the questions that wait for somebody's answer."""

import msgspec
from immutables import Map

from realtime.rooms.events import Event, Posted
from realtime.rooms.room import Room


def posted(room: Room, event: Event, body: Posted) -> Room:
    """A question to somebody is open until they reply to it."""
    questions = room.open_questions
    if body.reply_to is not None and questions.get(body.reply_to) == event.by.person:
        questions = questions.delete(body.reply_to)
    if body.kind == "question" and body.to is not None:
        questions = questions.set(event.id, body.to)
    return room if questions is room.open_questions else msgspec.structs.replace(room, open_questions=questions)


def retracted(room: Room, target: str) -> Room:
    """What was taken back is asked no more."""
    if target not in room.open_questions:
        return room
    return msgspec.structs.replace(room, open_questions=room.open_questions.delete(target))


def passed_on(room: Room, before: str, person: str) -> Room:
    """What `before` was asked waits for `person` now."""
    questions = {question: person if to == before else to for question, to in room.open_questions.items()}
    return msgspec.structs.replace(room, open_questions=Map(questions))


def waived(room: Room, person: str) -> Room:
    """Nothing waits for `person` any more."""
    questions = {question: to for question, to in room.open_questions.items() if to != person}
    return msgspec.structs.replace(room, open_questions=Map(questions))
