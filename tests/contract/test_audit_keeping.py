"""Old lines of the audit go and its checkpoints leave, over SQLite and a real PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, delete, select

from persistence.audit.copies import copies_in, unreadable_in
from persistence.audit.retention import kept_since
from persistence.audit.tables import Audit, AuditChain
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from tests.contract.ward import AT, Ward


@pytest.fixture
async def ward(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Ward]:
    yield Ward(database, tmp_path)


async def test_lines_older_than_six_years_go_whole_months_at_a_time_and_the_rest_verifies(ward: Ward) -> None:
    old, long = ward.process(), ward.process()
    ward.now_ms = kept_since(AT, 6) - 1
    await ward.note("a", "b", log=old)
    await ward.note("c", log=long)
    await ward.checkpoint()
    ward.now_ms = kept_since(AT, 6)
    await ward.note("d", log=long)
    ward.now_ms = AT
    await ward.note("e")
    last = ward.process()
    await ward.keeper(last).minute()
    await last.close()
    assert sorted(await ward.all(select(Audit.act))) == ["d", "e", "lines_removed"]
    assert await ward.wrong() == []
    await ward.does(delete(Audit).where(col(Audit.act) == "d"))
    (wrong,) = await ward.wrong()
    assert wrong.startswith(f"Line 2 of chain {long.chain} was removed")


def test_a_month_is_kept_until_its_last_line_is_six_years_old() -> None:
    assert datetime.fromtimestamp(kept_since(AT, 6) / 1_000, UTC) == datetime(2020, 11, 1, tzinfo=UTC)


async def test_copies_are_appended_elsewhere_and_go_on_after_a_restart(ward: Ward, tmp_path: Path) -> None:
    folder = tmp_path / "second disk"
    for n in range(3):
        await ward.note("a", log=ward.process())
        await ward.keeper(copies=folder).minute()
        ward.now_ms += 60_000
        assert [copy.statement.number for copy in copies_in(folder)] == list(range(1, n + 2))
    assert [path.name for path in folder.iterdir()] == ["checkpoints-2026-11.jsonl"]
    assert await ward.wrong(*copies_in(folder)) == []


async def test_copies_that_cannot_be_written_are_made_up_for(
    ward: Ward, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "second disk"
    folder.write_text("not a folder")
    keeper = ward.keeper(copies=folder)
    await ward.note("a")
    await keeper.minute()
    assert "checkpoints are not copied" in caplog.text
    folder.unlink()
    await keeper.minute()
    assert [copy.statement.number for copy in copies_in(folder)] == [1]


@pytest.mark.parametrize("left", [0, 1, 200, -1])
async def test_a_copy_that_was_cut_off_is_written_again_on_a_line_of_its_own(
    ward: Ward, tmp_path: Path, left: int
) -> None:
    """`left`: how much of its line was on disk as the machine went down; without its end the line is whole."""
    folder = tmp_path / "second disk"
    for _ in range(2):
        await ward.note("a", log=ward.process())
        await ward.keeper(copies=folder).minute()
        ward.now_ms += 60_000
    file = folder / "checkpoints-2026-11.jsonl"
    first, second = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first + second[:left])

    for _ in range(2):
        await ward.note("a", log=ward.process())
        await ward.keeper(copies=folder).minute()
        ward.now_ms += 60_000

    assert [copy.statement.number for copy in copies_in(folder)] == [1, 2, 3, 4]
    assert file.read_bytes().startswith(first + second[:left])
    assert await ward.wrong(*copies_in(folder)) == []
    cut = [f"Line 2 of {file} is no checkpoint: it was cut off as it was written, or damaged."]
    assert unreadable_in(folder) == (cut if left in (1, 200) else [])


async def test_where_the_first_copy_of_all_was_cut_off_they_begin_with_it(ward: Ward, tmp_path: Path) -> None:
    folder = tmp_path / "second disk"
    folder.mkdir()
    (folder / "checkpoints-2026-10.jsonl").write_bytes(b'{"statement":{"form')
    await ward.note("a")
    await ward.keeper(copies=folder).minute()
    assert [copy.statement.number for copy in copies_in(folder)] == [1]


async def test_where_the_disk_is_full_the_next_copy_stands_on_its_own_line(ward: Ward, tmp_path: Path) -> None:
    folder = tmp_path / "second disk"
    keeper = ward.keeper(copies=folder)
    await ward.note("a", log=ward.process())
    await keeper.minute()
    file = folder / "checkpoints-2026-11.jsonl"
    file.write_bytes(file.read_bytes() + b'{"statement":{"form')
    await ward.note("a", log=ward.process())
    ward.now_ms += 60_000
    await keeper.minute()
    assert [copy.statement.number for copy in copies_in(folder)] == [1, 2]


async def test_lines_of_a_process_that_was_away_are_one_chain(ward: Ward) -> None:
    await ward.note("a")
    await ward.note("b")
    (head,) = await ward.all(select(AuditChain))
    assert (head.number, head.began_at) == (2, AT)
    assert await ward.wrong() == []
