import msgspec

from persistence.rows import CARD_COLUMNS, EVENT, ROOM, card, card_values, records
from realtime.rooms.chain import Record
from tests.persistence.appends import opens, posts


def test_the_columns_of_event_are_the_fields_of_a_record_in_their_order() -> None:
    assert tuple(EVENT.columns.keys()) == Record.__struct_fields__


def test_a_row_of_event_is_a_record() -> None:
    wish = opens("case1")
    assert records(map(msgspec.structs.astuple, wish.records)) == wish.records


def test_what_a_card_says_stands_in_columns_of_room() -> None:
    wish = opens("case1")
    values = card_values(wish)
    assert tuple(values) == CARD_COLUMNS
    assert set(CARD_COLUMNS) <= set(ROOM.columns.keys())
    assert isinstance(values["card"], bytes) and card(values["card"]) == wish.card


def test_an_append_without_a_card_changes_none_of_these_columns() -> None:
    wish = posts("case1", opens("case1").head, "p1")
    assert card_values(wish) == dict.fromkeys(CARD_COLUMNS)
