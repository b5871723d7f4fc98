"""Lines of figures as files: CSV, and Parquet where pyarrow is installed (the extra `parquet`)."""

import io
from collections.abc import Sequence
from importlib.util import find_spec

from msgspec.structs import fields

from persistence.figures.reading import AnyLine
from persistence.spreadsheet import table


class NoParquet(Exception):
    """Parquet cannot be written here."""


def files() -> list[str]:
    """As which files figures can be had here."""
    return ["csv", "parquet"] if find_spec("pyarrow") else ["csv"]


def as_csv(kind: type[AnyLine], lines: Sequence[AnyLine]) -> bytes:
    """A heading, and one row for each line; what is not told is empty."""
    names = kind.__struct_fields__
    return table(names, ([getattr(line, name) for name in names] for line in lines)).encode()


def as_parquet(kind: type[AnyLine], lines: Sequence[AnyLine]) -> bytes:
    """The same columns, texts and 64-bit numbers; what is not told is null. Raises `NoParquet`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise NoParquet from None
    types = [(field.name, pyarrow.string() if field.type is str else pyarrow.int64()) for field in fields(kind)]
    columns = {name: [getattr(line, name) for line in lines] for name, _ in types}
    file = io.BytesIO()
    parquet.write_table(pyarrow.table(columns, schema=pyarrow.schema(types)), file)
    return file.getvalue()
