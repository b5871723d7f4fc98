"""The WAL of a database that is written to all the time stays short, though no commit makes a checkpoint."""

from pathlib import Path

from sqlmodel import Session, text

from persistence.database import open_database


async def test_the_wal_does_not_grow_without_end(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    database = open_database(f"sqlite:///{path}")
    await database.write(lambda session: _run(session, "CREATE TABLE t (x BLOB)"))
    largest = 0
    for _ in range(3):
        database._checkpoints._last_s = 0.0  # type: ignore[union-attr]
        for _ in range(20):
            await database.write(lambda session: _run(session, "INSERT INTO t VALUES (zeroblob(20000))"))
        running = database._checkpoints._running  # type: ignore[union-attr]
        if running is not None:
            await running
        largest = largest or path.with_name("x.db-wal").stat().st_size
    assert path.stat().st_size > 20 * 20_000
    assert path.with_name("x.db-wal").stat().st_size < 3 * largest
    await database.close()
    assert not path.with_name("x.db-wal").exists()


def _run(session: Session, statement: str) -> None:
    session.execute(text(statement))
