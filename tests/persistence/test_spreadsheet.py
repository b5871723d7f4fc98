"""Tables for spreadsheets."""

import csv
import io

import pytest

from persistence.spreadsheet import plain, table


def test_a_table_is_read_back_as_it_was() -> None:
    rows = list(csv.reader(io.StringIO(table(["a", "b", "c"], [['x, "y"', 2, None], ["ß\nz", 0.25, ""]]))))
    assert rows == [["a", "b", "c"], ['x, "y"', "2", ""], ["ß\nz", "0.25", ""]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_takes_for_a_formula_is_text(text: str) -> None:
    assert plain(text) == "'" + text
    assert table(["a"], [[text]]).count("'") == 1
    assert table(["a"], [[-1]]) == "a\r\n-1\r\n"
