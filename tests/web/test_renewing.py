"""The worker's chore of verification, with a real database and a real SMTP server."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from persistence import people
from persistence.people import find
from persistence.verification import identities, tables
from persistence.verification.identities import Identity
from persistence.verification.keys import Keys
from persistence.verification.policy import DAY_MS
from tests.builders import ana, ben
from tests.web.databases import migrated
from tests.web.post_office import post_office
from web.clock import now_ms
from web.renewing import renewing
from web.secret import vault_key
from web.settings import load


@pytest.mark.parametrize("with_mail", [True, False])
async def test_who_is_due_is_written_to_and_who_is_over_is_lowered_and_told_of(tmp_path: Path, with_mail: bool) -> None:
    changed: list[str] = []

    async def told(people: Sequence[str]) -> None:
        changed.extend(people)

    with post_office() as office:
        given = {"smtp_url": office.url, "mail_from": "c@example.org"} if with_mail else {}
        settings = load(var=tmp_path, **given)
        keys, now = Keys(vault_key(settings)), now_ms()
        async with migrated(tmp_path) as database:

            def settle(sql: Session) -> None:
                people.add_many(sql, [ana, ben], now)
                identities.keep(sql, keys, "ana", Identity(family="A", given="A", email="a@example.org"), now)
                sql.add(tables.Verification(person="ana", until=now + DAY_MS))
                sql.add(tables.Verification(person="ben", until=now - 1))

            await database.write(settle)
            chore = renewing(settings, database, told)
            await chore.work()
            await chore.work()
            lowered = await database.read(lambda sql: find(sql, "ben"))
        assert lowered is not None and (lowered.role, lowered.tier) == ("clinician", 1)
        assert changed == ["ben"]
        assert [to for to, _ in office.taken] == ([["a@example.org"]] if with_mail else [])
