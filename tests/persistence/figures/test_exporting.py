"""Figures as files."""

import csv
import io
import sys

import pytest
from pyarrow import parquet

from persistence.figures.exporting import NoParquet, as_csv, as_parquet
from persistence.figures.reading import AnyLine, Line, TallyLine

LINES = [
    TallyLine("corroborated", "stat", "cardiology", "KE", "2026-10", 12, 40, 30, 0),
    TallyLine("disputed", "stat", "=cmd", "", "2026-10", None, None, None, None),
]


def test_csv_has_a_heading_and_a_row_a_line_and_nothing_where_nothing_is_told() -> None:
    heading, first, second = csv.reader(io.StringIO(as_csv(TallyLine, LINES).decode()))
    assert heading == ["measure", "acuity", "specialty", "country", "month", "cases", "n", "hits", "sum"]
    assert first == ["corroborated", "stat", "cardiology", "KE", "2026-10", "12", "40", "30", "0"]
    assert second[2:6] == ["'=cmd", "", "2026-10", ""], "no spreadsheet takes it for a formula"


def test_parquet_has_the_same_columns_with_types() -> None:
    table = parquet.read_table(io.BytesIO(as_parquet(TallyLine, LINES)))
    assert table.to_pylist() == [{name: getattr(line, name) for name in line.__struct_fields__} for line in LINES]
    assert [str(field.type) for field in table.schema][4:6] == ["string", "int64"]


@pytest.mark.parametrize("write", [as_csv, as_parquet])
def test_of_no_lines_there_are_columns_still(write: object) -> None:
    assert callable(write)
    none: list[AnyLine] = []
    assert b"median_ms" in write(Line, none)


def test_without_the_library_there_is_no_parquet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NoParquet):
        as_parquet(TallyLine, LINES)
