"""docs/audit.md and the export name every act that is noted."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from persistence.audit.meanings import MEANINGS

ROOT: Final = Path(__file__).parents[2]
NOTING: Final = {"note", "_note", "noted", "Repeated", "_moderator"}
NOT_ACTS: Final = {"system"}
INDIRECT: Final = {"join", "join_refused", "case_read", "history_read", "lines_lost"}
"""Acts whose name is given to the call by a variable."""


def test_every_act_that_is_noted_has_a_meaning_and_every_meaning_an_act() -> None:
    assert set(noted()) | INDIRECT == set(MEANINGS)


def test_every_act_stands_in_the_docs_once() -> None:
    text = (ROOT / "docs" / "audit.md").read_text()
    table = text[text.index("| act | when |") : text.index("What a command does")]
    acts = [act for row in table.splitlines()[2:] if row for act in re.findall("`([a-z_]+)`", row.split("|")[1])]
    assert sorted(acts) == sorted(MEANINGS)


def noted() -> Iterator[str]:
    """Every name of an act in a call that notes one."""
    for package in ("realtime", "persistence", "web"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in NOTING:
                    values = [
                        part.value for arg in node.args for part in ast.walk(arg) if isinstance(part, ast.Constant)
                    ]
                    yield from (value for value in values if isinstance(value, str) and _is_act(value))


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_act(text: str) -> bool:
    return text not in NOT_ACTS and re.fullmatch("[a-z]+(_[a-z]+)*", text) is not None
