import asyncio
import subprocess
import sys

from alembic.config import Config
from alembic.script import ScriptDirectory

from persistence.migrate import HEAD, MIGRATIONS, pending
from tests.persistence.counting import CountingSqlite


def test_the_constant_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_to_see_that_nothing_is_pending_takes_no_alembic(database: CountingSqlite) -> None:
    assert not await pending(database)
    program = (
        "import asyncio, sys; from persistence.database import open_database; from persistence.migrate import pending;"
        "assert not asyncio.run(pending(open_database(sys.argv[1]))); assert 'alembic' not in sys.modules"
    )
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", program, str(database.path)], check=True)
