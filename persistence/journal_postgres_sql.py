"""The statement that appends to any number of rooms at once, and its arguments."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, LargeBinary, Table

from persistence.rows import CARD_COLUMNS, ERASED_TITLE, EVENT, ROOM, card_values, wordless_card
from realtime.ports import Append


def arguments(wishes: Sequence[Append]) -> list[list[Any]]:
    """One array per column: of the rooms, of the invitations, of the events."""
    heads = [(wish.room, *wish.after, *wish.head, *card_values(wish).values(), wordless_card(wish)) for wish in wishes]
    invited = [(wish.room, person) for wish in wishes if wish.card is not None for person in wish.card.let_in]
    events = [msgspec.structs.astuple(record) for wish in wishes for record in wish.records]
    return [*_columns(heads, len(_HEAD)), *_columns(invited, 2), *_columns(events, len(EVENT.columns))]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _unnested(first: int, types: Sequence[str], names: Sequence[str]) -> str:
    arrays = ", ".join(f"${first + n}::{type_}[]" for n, type_ in enumerate(types))
    return f"(SELECT * FROM unnest({arrays}) AS given ({_listed(names)}))"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _types(table: Table, names: Sequence[str]) -> list[str]:
    kinds: dict[type[object], str] = {BigInteger: "bigint", LargeBinary: "bytea"}
    return [kinds.get(type(table.columns[name].type), "text") for name in names]


def _statement(how: str) -> str:
    """The append of any number of rooms, each at most once. `how` says what to do about a room that is locked."""
    card = _listed(CARD_COLUMNS)
    kept = ", ".join(
        f'"{name}" = CASE WHEN wish.card IS NULL THEN room."{name}" {_ERASED if name == "card" else ""}'
        f'ELSE wish."{name}" END'
        for name in CARD_COLUMNS
    )
    return f"""
    WITH wish AS {_unnested(1, _HEAD_TYPES, _HEAD)},
    guest AS {_unnested(1 + len(_HEAD), ["text", "text"], ["room", "person"])},
    record AS {_unnested(3 + len(_HEAD), _types(EVENT, EVENT.columns.keys()), EVENT.columns.keys())},
    held AS (
        SELECT room.id FROM room
        JOIN wish ON room.id = wish.room AND room.seq = wish.after_seq AND room.head = wish.after_head
        ORDER BY room.id FOR UPDATE OF room {how}
    ),
    moved AS (
        UPDATE room SET seq = wish.seq, head = wish.head, {kept}
        FROM held JOIN wish ON wish.room = held.id WHERE room.id = held.id RETURNING room.id
    ),
    opened AS (
        INSERT INTO room (id, seq, head, sealed_upto, {card})
        SELECT room, seq, head, 0, {card} FROM wish WHERE after_seq = 0 ORDER BY room
        ON CONFLICT (id) DO NOTHING RETURNING id
    ),
    won AS (SELECT id FROM moved UNION ALL SELECT id FROM opened),
    recorded AS (
        INSERT INTO event ({_listed(EVENT.columns.keys())}) SELECT record.* FROM record JOIN won ON won.id = record.room
    ),
    uninvited AS (
        DELETE FROM invitation USING won JOIN wish ON wish.room = won.id
        WHERE invitation.room = won.id AND wish.card IS NOT NULL
        AND NOT EXISTS (SELECT FROM guest WHERE guest.room = invitation.room AND guest.person = invitation.person)
    ),
    invited AS (
        INSERT INTO invitation (room, person) SELECT guest.room, guest.person FROM guest JOIN won ON won.id = guest.room
        ON CONFLICT DO NOTHING
    )
    SELECT id FROM won"""


_HEAD: Final = ("room", "after_seq", "after_head", "seq", "head", *CARD_COLUMNS, "wordless")
_HEAD_TYPES: Final = ("text", "bigint", "bytea", "bigint", "bytea", *_types(ROOM, CARD_COLUMNS), "bytea")
# Asked of the row itself: of an erasure that was waited for a look at any other table would not know.
_ERASED: Final = f"WHEN position(decode('{ERASED_TITLE.hex()}', 'hex') in room.card) > 0 THEN wish.wordless "
SKIPPING: Final = _statement("SKIP LOCKED")
WAITING: Final = _statement("")
