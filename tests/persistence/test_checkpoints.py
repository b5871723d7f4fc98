"""The WAL of a database that is written to all the time stays short, though no commit makes a checkpoint."""

from pathlib import Path

from sqlmodel import Session, text

from persistence.database import open_database


async def test_the_wal_does_not_grow_without_end(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    database = open_database(f"sqlite:///{path}")
    await database.write(lambda session: _run(session, "CREATE TABLE t (x BLOB)"))
    wal = path.with_name("x.db-wal")
    largest = 0
    for _ in range(6):
        database._checkpoints._last_s = 0.0  # type: ignore[union-attr]
        for _ in range(20):
            await database.write(lambda session: _run(session, "INSERT INTO t VALUES (zeroblob(200000))"))
        running = database._checkpoints._running  # type: ignore[union-attr]
        if running is not None:
            await running
        largest = max(largest, wal.stat().st_size)
    written = 6 * 20 * 200_000
    assert path.stat().st_size > written / 2
    assert largest < written / 2
    await database.close()
    assert not wal.exists()


def _run(session: Session, statement: str) -> None:
    session.execute(text(statement))
