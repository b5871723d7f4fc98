"""The power fails: of each file only what was synced is left, and perhaps a part of what was not."""

from itertools import pairwise
from pathlib import Path
from typing import Final

from drill.disk import Disk
from tests.faults.journals import NAME, Written, copied, on_record, written
from tests.faults.writer import WISHES

CUTS: Final = (1, 31, 33, 500, 4_096, 4_120, 4_152)
"""How many bytes of the next write have reached the disk: of the log's header (32), of a frame's (24), of a page."""


def test_after_a_loss_of_power_all_that_was_acked_is_there(prepared: Path, tmp_path: Path, disk: Disk) -> None:
    run, disks = _written_and_kept(prepared, tmp_path, disk)
    assert len(disks) > len(WISHES)
    for number, files in enumerate(disks, start=1):
        assert not _lost(run, number, _left(tmp_path / f"after{number}", files))


def test_a_log_that_was_half_written_as_the_power_failed_loses_nothing_acked(
    prepared: Path, tmp_path: Path, disk: Disk
) -> None:
    run, disks = _written_and_kept(prepared, tmp_path, disk)
    log, tried = f"{NAME}-wal", 0
    for number, (files, later) in enumerate(pairwise(disks), start=1):
        old, new = files.get(log, b""), later.get(log, b"")
        begun = next((n for n, byte in enumerate(new) if old[n : n + 1] != bytes([byte])), len(new))
        for cut in CUTS:
            torn = new[: begun + cut] + old[begun + cut :]
            tried += torn not in (old, new)
            assert not _lost(run, number, _left(tmp_path / f"torn{number}-{cut}", {**files, log: torn}))
    assert tried > len(WISHES)


def test_without_a_sync_for_each_commit_the_same_loss_of_power_takes_what_was_acked(
    prepared: Path, tmp_path: Path, disk: Disk
) -> None:
    run, disks = _written_and_kept(prepared, tmp_path, disk, "NORMAL")
    everything = [(0, _files(prepared)), *enumerate(disks, start=1)]
    assert any(_lost(run, number, _left(tmp_path / f"after{number}", files)) for number, files in everything), (
        "this test sees no loss, even where there is one"
    )


def _written_and_kept(
    prepared: Path, tmp_path: Path, disk: Disk, synchronous: str = "FULL"
) -> tuple[Written, list[dict[str, bytes]]]:
    """What became of the writer, and what was on disk after each sync."""
    disk.keep()
    run = written(copied(prepared, tmp_path / "written"), disk, synchronous)
    disk.rule()
    assert (run.status, len(run.acked)) == (0, len(WISHES))
    files, disks = _files(prepared), []
    for place in disk.kept:
        files = {**files, place.name.partition(" ")[2]: place.read_bytes()}
        disks.append(files)
    return run, disks


def _files(folder: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in folder.iterdir()}


def _left(folder: Path, files: dict[str, bytes]) -> list[str]:
    """The names that are on record where only this is left."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return on_record(folder / NAME)


def _lost(run: Written, syncs: int, names: list[str]) -> set[str]:
    """What had been acked when so many syncs were over, and is not on record."""
    acked = {name for how, name, *kept in run.lines if how == "acked" and int(kept[0]) <= syncs}
    return acked - set(names)
