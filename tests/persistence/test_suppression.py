"""Small counts are hidden, and cannot be worked out: for small tables every table that fits what is shown is tried."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from persistence.observers.suppression import Counts, suppressed

TABLES = st.dictionaries(
    st.sampled_from(["cardiology", "toxicology", "neonatology"]),
    st.dictionaries(st.sampled_from(["2026-01", "2026-02"]), st.integers(0, 14), min_size=2, max_size=2),
    min_size=1,
)


def test_none_from_1_to_10_is_shown_and_a_zero_is() -> None:
    counts = suppressed({"a": {"x": 0, "y": 10}, "b": {"x": 11, "y": 12}})
    assert counts.cells == {"a": {"x": 0, "y": None}, "b": {"x": 11, "y": 12}}
    assert counts.rows == {"a": None, "b": 23}
    assert counts.columns == {"x": 11, "y": None}
    assert counts.total is None


def test_what_holds_no_small_count_is_shown_whole() -> None:
    counts = suppressed({"a": {"x": 11}, "b": {}})
    assert (counts.cells["b"], counts.rows, counts.columns, counts.total) == (
        {"x": 0},
        {"a": 11, "b": 0},
        {"x": 11},
        11,
    )


@given(TABLES)
@settings(max_examples=200)
def test_no_small_count_is_shown_anywhere(table: dict[str, dict[str, int]]) -> None:
    counts = suppressed(table)
    shown = [count for row in counts.cells.values() for count in row.values()]
    shown += [*counts.rows.values(), *counts.columns.values(), counts.total]
    assert not any(count is not None and 0 < count < 11 for count in shown)


@given(TABLES)
@settings(max_examples=100)
def test_a_hidden_count_may_be_any_from_1_to_10(table: dict[str, dict[str, int]]) -> None:
    counts = suppressed(table)
    hidden = [(row, column) for row, cells in counts.cells.items() for column, count in cells.items() if count is None]
    for row, column in hidden:
        for guess in (1, 10):
            guessed = {name: dict(cells) for name, cells in table.items()}
            guessed[row][column] = guess
            assert suppressed(guessed) == counts


def test_two_that_are_hidden_beside_each_other_fit_every_pair() -> None:
    counts = suppressed({"a": {"x": 1, "y": 1}})
    pairs = [suppressed({"a": {"x": x, "y": y}}) for x, y in product(range(1, 11), repeat=2)]
    assert pairs == [counts] * 100 and isinstance(counts, Counts)
