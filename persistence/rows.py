"""How records, heads and cards stand in rows: what both journals share."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from sqlmodel import SQLModel

from persistence import tables
from persistence.audit import tables as audit
from realtime.ports import Append
from realtime.rooms.card import Card
from realtime.rooms.chain import ErasedRecord, Record
from realtime.rooms.erasure import ERASED as ERASED_WORDS
from realtime.rooms.erasure import card_without_words
from realtime.rooms.events import canonical
from realtime.rooms.follow_up import owed

ROOM: Final = SQLModel.metadata.tables[tables.Room.__name__.lower()]
EVENT: Final = SQLModel.metadata.tables[tables.Event.__name__.lower()]
ERASED: Final = SQLModel.metadata.tables[audit.Erased.__name__.lower()]
INVITATION: Final = SQLModel.metadata.tables[tables.Invitation.__name__.lower()]
_BODY: Final = EVENT.columns.keys().index("body")

CARD_COLUMNS: Final = (
    "status",
    "acuity",
    "reach",
    "institution",
    "network",
    "presenter",
    "opened_at",
    "closed_at",
    "touched_at",
    "card",
    "addendum_since",
    "owed_by",
    "follow_up_at",
    "recount_at",
    "rescore_at",
    "due_at",
)

AT_ONCE: Final = 0
"""When a room is to be looked at whose card has changed: whatever the clocks of nodes and workers say, now."""

ERASED_TITLE: Final = canonical("title") + canonical(ERASED_WORDS)
"""What the card of a case has whose words were erased: it never gets them back, from whatever still holds them."""

_cards = msgspec.msgpack.Decoder(Card)


Left = tuple[bytes, bytes]
"""Of an event whose words were erased: the hash in the chain, and what is left."""


def records(rows: Iterable[Any], erased: Mapping[int, Left] | None = None) -> list[Record]:
    """Records from rows of all columns of `event`, in the table's order, `erased` by their `seq`."""
    return [_erased(row, erased or {}) if row[_BODY] is None else Record(*row) for row in rows]


def _erased(row: Any, erased: Mapping[int, Left]) -> Record:
    record = Record(*row)
    hash_, left = erased.get(record.seq, (b"", b""))
    fields = msgspec.structs.asdict(record) | {"salt_body": b"", "body": left}
    return ErasedRecord(**fields, erased=hash_)


def card(stored: bytes) -> Card:
    """The card that a row keeps."""
    return _cards.decode(stored)


def wordless_card(wish: Append) -> bytes | None:
    """What stands in the column `card` after an append to a room whose card is without words."""
    return None if wish.card is None else canonical(card_without_words(wish.card))


def card_values(wish: Append) -> dict[str, str | int | bytes | None]:
    """The columns of `room` that follow from an append's card, named as `CARD_COLUMNS`."""
    if wish.card is None:
        return dict.fromkeys(CARD_COLUMNS)
    case = wish.card.case
    return {
        "status": case.status,
        "acuity": case.acuity,
        "reach": case.reach,
        "institution": case.institution,
        "network": case.network,
        "presenter": case.presenter,
        "opened_at": case.opened_at,
        "closed_at": wish.card.closed_at,
        "touched_at": wish.records[-1].at,
        "card": canonical(wish.card),
        "addendum_since": None if wish.card.open else _last_outcome(wish),
        "owed_by": case.presenter if owed(wish.card) else None,
        "follow_up_at": None if wish.card.open else wish.records[-1].at,
        "recount_at": wish.records[-1].at,
        "rescore_at": None if wish.card.outcome is None else AT_ONCE,
        "due_at": AT_ONCE,
    }


def _last_outcome(wish: Append) -> int | None:
    """When an outcome came that the archive has yet to take."""
    return next((record.at for record in reversed(wish.records) if record.kind == "outcome"), None)
