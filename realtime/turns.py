"""Deciding a batch of commands on a trial fold: what would be appended, and what each author is told."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from realtime.rooms.chain import Head, Record, Salts, digest_of_command, recorded
from realtime.rooms.commands import AnyCommand
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room, fold
from realtime.socket import Seat
from realtime.tail import Told


class Asked(NamedTuple):
    """A command with the seat it came from, when it came (the loop's clock), and the pictures it may bring."""

    seat: Seat
    command: AnyCommand
    at_s: float = 0.0
    pictures: Sequence[Picture] = ()


class Answer(NamedTuple):
    """What became of one command: the record it made or had made before, or why it was refused."""

    asked: Asked
    outcome: Record | Refusal
    duplicate: bool = False


class Trial(NamedTuple):
    """A batch decided: the room as it would be, what would be appended, and the answers in order.

    `carded`: the room's card would change.
    """

    room: Room
    told: list[Told]
    answers: list[Answer]
    carded: bool


def tried(
    batch: list[Asked],
    room: Room,
    head: Head,
    known: Mapping[str, Record],
    now_ms: int,
    salts: Callable[[], Salts],
) -> Trial:
    """Decide `batch` in order, each command on the state that the ones before it would leave.

    `known` are records by command id: a command that is among them is a repeat, or a conflict. Nothing is changed.
    """
    trial = Trial(room, [], [], carded=False)
    made: dict[str, Record] = {}
    for asked in batch:
        earlier = known.get(asked.command.id) or made.get(asked.command.id)
        if earlier is not None:
            trial.answers.append(_repeat(asked, earlier))
            continue
        try:
            bodies = decide(trial.room, asked.seat, asked.command, now_ms, asked.pictures)
        except Refused as refused:
            trial.answers.append(Answer(asked, refused.refusal))
            continue
        for n, body in enumerate(bodies):
            event = Event(
                seq=head.seq + 1,
                id=f"{asked.command.id}.{n}" if n else asked.command.id,
                at=max(trial.room.at, now_ms),
                by=asked.seat.person.by,
                body=body,
            )
            record = _record(asked, event, head, salts(), first=n == 0)
            head = record.head
            made.setdefault(asked.command.id, record)
            trial.told.append(Told(event, record))
            trial = trial._replace(room=fold(trial.room, event))
        trial.answers.append(Answer(asked, made[asked.command.id]))
    return trial._replace(carded=trial.room.card is not room.card)


def _repeat(asked: Asked, earlier: Record) -> Answer:
    digest = digest_of_command(earlier.salt_body, asked.seat.person.id, asked.command)
    if digest != earlier.command_digest:
        return Answer(asked, Refusal.CONFLICT)
    return Answer(asked, earlier, duplicate=True)


def _record(asked: Asked, event: Event, head: Head, salts: Salts, *, first: bool) -> Record:
    digest = digest_of_command(salts.body, asked.seat.person.id, asked.command) if first else b""
    return recorded(asked.command.room, head, event, salts, digest)
