"""What a folded room says of what people think it is, for those who come late."""

from typing import Any, Final

import msgspec

from realtime.rooms.blind import OPINIONS
from realtime.rooms.identifiers.masking import masked
from realtime.rooms.opinions.opinion import Opinion
from realtime.rooms.opinions.pooling import UNKNOWN, Pool, Voice, pool
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room

MOST_PEOPLE: Final = 30
MOST_POOLED: Final = 5


def stated(room: Room, names: Pseudonyms | None) -> dict[str, Any]:
    """Who has said it, the first of them by name, and once all may read it what they think together: its likeliest.

    `room` is as its reader may know it. `names`: of observers, who get pseudonyms and masked texts, and a pool in which
    all opinions weigh alike, as no copy of theirs says what one weighs. Empty while nobody has said anything.
    """
    blind = room.blinds.get(OPINIONS)
    if blind is None:
        return {}
    people = sorted(blind.given, key=lambda person: blind.given[person])[:MOST_PEOPLE]
    said = {"given": len(blind.given), "people": people if names is None else list(map(names.of, people))}
    if blind.opened is None:
        return said
    return said | {"opened": blind.opened, "pool": _shown(pooled(room, alike=names is not None), names)}


def pooled(room: Room, *, alike: bool = False) -> Pool:
    """What all thought who said it before all could read it, each by their weight, or all `alike`."""
    given = sorted(room.opinions.values(), key=lambda opinion: opinion.seq)
    return pool([_voice(opinion, alike) for opinion in given if opinion.counted])


def _voice(opinion: Opinion, alike: bool) -> Voice:
    return Voice(opinion.counted, UNKNOWN if alike or opinion.weight is None else opinion.weight)


def _shown(pool: Pool, names: Pseudonyms | None) -> Pool:
    likeliest = pool.diagnoses[:MOST_POOLED]
    if names is not None:
        likeliest = [msgspec.structs.replace(one, dx=masked(one.dx)) for one in likeliest]
    return msgspec.structs.replace(pool, diagnoses=likeliest)
