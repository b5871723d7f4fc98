"""docs/security.md names a test for each threat: they are there."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent
ROWS: Final = re.findall(r"^\| (T\d+) \|.*$", (ROOT / "docs/security.md").read_text(), re.MULTILINE)
NAMED: Final = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/security.md").read_text())


def test_every_threat_has_its_row() -> None:
    assert ROWS == [f"T{number}" for number in range(1, 31)]


def test_every_row_names_a_test() -> None:
    rows = re.findall(r"^\| T\d+ \|.*$", (ROOT / "docs/security.md").read_text(), re.MULTILINE)
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py::\w+`", row)] == []


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_the_test_that_is_named_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text())
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in defined
