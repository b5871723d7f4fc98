"""The journal's program is killed, or its disk fails, at every sync there is: the first, the second, to the last."""

import signal
from itertools import count
from pathlib import Path

from drill.disk import Disk
from tests.faults.journals import Written, copied, go_on, on_record, written
from tests.faults.writer import GIVEN_UP, WISHES

FOR_EVER = 1_000_000
LEAST_SYNCS = len(WISHES) + 2
"""One of each commit, and of the log and the file at a checkpoint."""


def test_killed_at_any_sync_the_journal_has_all_that_was_acked_and_nothing_half(
    prepared: Path, tmp_path: Path, disk: Disk
) -> None:
    in_doubt = 0
    for number in count(1):
        path = copied(prepared, tmp_path / f"killed{number}")
        disk.rule(f"kill {number}")
        run = written(path, disk)
        names = on_record(path)
        assert set(run.acked) <= set(names)
        in_doubt += len([wish for wish in WISHES if wish[0] in names]) > len(run.acked)
        go_on(path)
        if run.status == 0:
            break
        assert run.status == -signal.SIGKILL
    assert number > LEAST_SYNCS
    assert in_doubt, "none was on record and not acked: the kills came at other moments than they should"


def test_a_sync_that_fails_is_never_acked_and_the_journal_goes_on_by_itself(
    prepared: Path, tmp_path: Path, disk: Disk
) -> None:
    troubled = 0
    for number in range(1, LEAST_SYNCS + 1):
        path = copied(prepared, tmp_path / f"failed{number}")
        disk.rule(f"fail {number} {number}")
        run = written(path, disk)
        assert (run.status, run.acked) == (0, [wish[0] for wish in WISHES])
        troubled += bool(run.away)
        go_on(path)
    assert troubled >= len(WISHES) - 1


def test_while_every_sync_fails_nothing_is_acked_and_what_was_acked_before_stays(
    prepared: Path, tmp_path: Path, disk: Disk
) -> None:
    for number in (1, 4, 6):
        path = copied(prepared, tmp_path / f"failing{number}")
        disk.rule(f"fail {number} {FOR_EVER}")
        run = written(path, disk)
        assert run.status == GIVEN_UP
        assert _acks_before_trouble(run) == run.acked
        assert set(run.acked) <= set(on_record(path))
        go_on(path)


def _acks_before_trouble(run: Written) -> list[str]:
    first = next(n for n, line in enumerate(run.lines) if line[0] == "away")
    return [line[1] for line in run.lines[:first]]
