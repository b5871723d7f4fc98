"""Deciding a batch of commands on a trial fold: what would be appended, and what each author is told."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from realtime.rooms.chain import Head, Record, Salts, digest_of_command, recorded
from realtime.rooms.commands import AnyCommand
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.fold import fold
from realtime.rooms.identifiers.finding import found
from realtime.rooms.identifiers.gate import Finder, Found, IdentifiersFound
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.socket import Seat
from realtime.tail import Told
from realtime.weighed import UNWEIGHED, Weigh, weighed


class Asked(NamedTuple):
    """A command with the seat it came from, when it came (the loop's clock), the pictures it may bring, and the
    commitments of the awards that it reveals.
    """

    seat: Seat
    command: AnyCommand
    at_s: float = 0.0
    pictures: Sequence[Picture] = ()
    awards: Sequence[str] = ()


class Answer(NamedTuple):
    """What became of one command: the record it made or had made before, or why it was refused and `found` where.

    `message`: the sentence of a refusal.
    """

    asked: Asked
    outcome: Record | Refusal
    duplicate: bool = False
    found: Found | None = None
    message: str = ""


class Trial(NamedTuple):
    """A batch decided: the room as it would be, what would be appended, and the answers in order.

    `failed`: commands that cannot be decided for a bug of ours, which leave nothing. `carded`: the room's card would
    change.
    """

    room: Room
    told: list[Told]
    answers: list[Answer]
    failed: list[tuple[Asked, Exception]]
    carded: bool


def tried(
    batch: list[Asked],
    room: Room,
    head: Head,
    known: Mapping[str, Record],
    now_ms: int,
    salts: Callable[[], Salts],
    find: Finder = found,
    weigh: Weigh = UNWEIGHED,
) -> Trial:
    """Decide `batch` in order, each command on the state that the ones before it would leave.

    `known` are records by command id: a command that is among them is a repeat, or a conflict. Nothing is changed.
    `weigh`: what stances and opinions weigh.
    """
    trial = Trial(room, [], [], [], carded=False)
    made: dict[str, Record] = {}
    for asked in batch:
        earlier = known.get(asked.command.id) or made.get(asked.command.id)
        if earlier is not None:
            trial.answers.append(_repeat(asked, earlier))
            continue
        try:
            items, after = _decided(asked, trial.room, head, now_ms, salts, find, weigh)
            first = items[0].record
        except IdentifiersFound as refused:
            trial.answers.append(Answer(asked, refused.refusal, found=refused.found, message=refused.message))
            continue
        except Refused as refused:
            trial.answers.append(Answer(asked, refused.refusal, message=refused.message))
            continue
        except Exception as error:
            trial.failed.append((asked, error))
            continue
        head = items[-1].record.head
        made[asked.command.id] = first
        trial.told.extend(items)
        trial.answers.append(Answer(asked, first))
        trial = trial._replace(room=after)
    return trial._replace(carded=trial.room.card is not room.card)


def _decided(
    asked: Asked, room: Room, head: Head, now_ms: int, salts: Callable[[], Salts], find: Finder, weigh: Weigh
) -> tuple[list[Told], Room]:
    """What one command adds to the log, and the room after it. Raises `Refused`."""
    items: list[Told] = []
    bodies = decide(room, asked.seat, asked.command, now_ms, asked.pictures, find, asked.awards)
    for n, body in enumerate(bodies):
        event = Event(
            seq=head.seq + 1,
            id=f"{asked.command.id}.{n}" if n else asked.command.id,
            at=max(room.at, now_ms),
            by=asked.seat.person.by,
            body=weighed(body, room, asked.seat.person, weigh),
        )
        record = _record(asked, event, head, salts(), first=n == 0)
        head = record.head
        items.append(Told(event, record))
        room = fold(room, event)
    return items, room


def _repeat(asked: Asked, earlier: Record) -> Answer:
    digest = digest_of_command(earlier.salt_body, asked.seat.person.id, asked.command)
    if digest != earlier.command_digest:
        return Answer(asked, Refusal.CONFLICT, message=Refusal.CONFLICT.message)
    return Answer(asked, earlier, duplicate=True)


def _record(asked: Asked, event: Event, head: Head, salts: Salts, *, first: bool) -> Record:
    digest = digest_of_command(salts.body, asked.seat.person.id, asked.command) if first else b""
    return recorded(asked.command.room, head, event, salts, digest)
