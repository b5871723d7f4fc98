"""In which order files of tests begin, where several processes share them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

LONG: Final = (
    *("browser/test_scenes.py", "browser/test_rural.py", "faults/test_drill.py", "faults/test_half_open.py"),
    *("browser/test_bad_lines.py", "faults/test_ladder.py", "browser/test_security.py", "faults/test_clocks.py"),
    *("browser/test_credible_consult.py", "browser/test_paging.py", "faults/test_killed_worker.py"),
    *("contract/test_machine.py", "endtoend/test_outages.py", "browser/test_moderation.py", "faults/test_ghosts.py"),
    *("contract/test_backup.py", "realtime/backplane/test_sentinel.py", "faults/test_rolling.py"),
)
"""They take long: begun first, so that no process is alone with one at the end."""

WAITING: Final = ("bench", "browser", "contract", "endtoend", "faults", "realtime/backplane")
"""What waits for servers and browsers much of its time, while the others compute all of it."""

_TESTS: Final = Path(__file__).parent


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """First what takes long; then those that wait with those that compute spread evenly among them."""
    rest = [file for file in dict.fromkeys(map(_file, items)) if file not in LONG]
    places: dict[str, float] = {file: rank - len(LONG) for rank, file in enumerate(LONG)}
    places |= _spread([file for file in rest if file.startswith(WAITING)])
    places |= _spread([file for file in rest if not file.startswith(WAITING)])
    return sorted(items, key=lambda item: places[_file(item)])


def _spread(files: Sequence[str]) -> dict[str, float]:
    """By file a place from 0 to 1, each as far from the next."""
    return {file: (n + 0.5) / len(files) for n, file in enumerate(files)}


def _file(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).as_posix()
