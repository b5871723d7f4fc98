"""docs/tutorial.md quotes docs/tutorial.py, word for word and in its order."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def quotes() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", (DOCS / "tutorial.md").read_text(), re.DOTALL | re.MULTILINE)


def test_tutorial_quotes_its_script_in_order() -> None:
    script = (DOCS / "tutorial.py").read_text()
    after = 0
    for quote in quotes():
        assert quote in script[after:], f"docs/tutorial.py does not say, or says earlier:\n{quote}"
        after = script.index(quote, after) + len(quote)
    assert len(quotes()) >= 10


def test_tutorials_script_uses_no_code_of_ours() -> None:
    imported = re.findall(r"^(?:from|import) (\w+)", (DOCS / "tutorial.py").read_text(), re.MULTILINE)
    assert not {"client", "persistence", "realtime", "tests", "web", "bench"} & set(imported)
    assert {"msgpack", "websockets", "json"} <= set(imported)
