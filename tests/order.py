"""Which tests begin first, and which run one after the other, where several processes share them."""

from pathlib import Path
from typing import Final

import pytest
from xdist.scheduler import LoadScopeScheduling

WAITING: Final = (
    *("browser/test_rural.py", "faults/test_drill.py", "faults/test_half_open.py", "faults/test_clocks.py"),
    *("endtoend/test_outages.py", "faults/test_ghosts.py", "faults/test_rolling.py", "faults/test_bad_disks.py"),
    *("realtime/backplane/test_sentinel.py", "endtoend/test_zombies.py", "endtoend/test_went_back.py"),
)
"""They wait, for a slow line or until somebody is missed: all in one process, beside which the others compute."""

LONG: Final = (
    *("browser/test_scenes.py", "browser/test_bad_lines.py", "faults/test_ladder.py", "browser/test_security.py"),
    *("browser/test_credible_consult.py", "browser/test_paging.py", "faults/test_killed_worker.py"),
    *("contract/test_machine.py", "contract/test_backup.py", "browser/test_moderation.py"),
)
"""They compute for long: begun first, so that no process is alone with one at the end."""

_RANKS: Final = {file: rank for rank, file in enumerate((*WAITING, *LONG))}
_TESTS: Final = Path(__file__).parent


class Lanes(LoadScopeScheduling):  # type: ignore[misc]
    """A file at a time to each process, and to one of them at once all that wait."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "what waits" if file.removeprefix("tests/") in WAITING else file


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """First what waits, then what takes long, then the rest as it came."""
    return sorted(items, key=lambda item: _RANKS.get(item.path.relative_to(_TESTS).as_posix(), len(_RANKS)))
