"""Which files of tests begin first, where several processes share them."""

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

_RANKS: Final = {file: rank for rank, file in enumerate(LONG)}
_TESTS: Final = Path(__file__).parent


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """First what takes long, then the rest as it came."""
    return sorted(items, key=lambda item: _RANKS.get(item.path.relative_to(_TESTS).as_posix(), len(_RANKS)))
