"""What sign-in keeps, over SQLite and a real PostgreSQL."""

import asyncio

import pytest
from sqlmodel import Session as Sql

from persistence import people
from persistence.postgres import Postgres
from persistence.signin import factors, hospitals, passkeys, sessions, tables
from persistence.sqlite import Sqlite
from tests.builders import ana, ben
from tests.contract.side_by_side import side_by_side
from web.signin.challenges import VALID_MS, Challenges

NOW = 1_800_000_000_000
HOUR_MS = 3_600_000
Database = Sqlite | Postgres


@pytest.fixture
async def peopled(database: Database) -> Database:
    await database.write(lambda sql: people.add_many(sql, [ana, ben], NOW))
    return database


def session(id: str, person: str = "ana", way: str = "password", created_at: int = NOW) -> tables.Session:
    return tables.Session(
        id=id, person=person, way=way, created_at=created_at, active_at=created_at, expires_at=created_at + HOUR_MS
    )


def begun(sql: Sql) -> None:
    for row in (session("s1"), session("s2"), session("s3", "ben"), session("t1", way="token")):
        sessions.begin(sql, row)


async def test_sessions_are_listed_and_ended_by_their_owner_only(peopled: Database) -> None:
    await peopled.write(begun)
    found = await peopled.read(lambda sql: [row.id for row in sessions.listed(sql, "ana", NOW, tokens=False)])
    assert sorted(found) == ["s1", "s2"]
    assert await peopled.write(lambda sql: sessions.end(sql, "ben", "s1", token=False)) == {}
    assert await peopled.write(lambda sql: sessions.end(sql, "ana", "t1", token=False)) == {}
    assert await peopled.write(lambda sql: sessions.end(sql, "ana", "s1", token=False)) == {"s1": NOW + HOUR_MS}
    assert await peopled.write(lambda sql: sessions.end_all(sql, "ana", but="s9")) == {"s2": NOW + HOUR_MS}
    assert await peopled.write(lambda sql: sessions.end_all(sql, "ana", tokens=True)) == {"t1": NOW + HOUR_MS}
    assert await peopled.write(lambda sql: sessions.end_these(sql, ["s3", "s9"])) == {"s3": NOW + HOUR_MS}


async def test_sessions_that_expired_a_day_ago_go_when_another_begins(peopled: Database) -> None:
    await peopled.write(begun)
    late = NOW + HOUR_MS + sessions.KEPT_MS
    await peopled.write(lambda sql: sessions.begin(sql, session("s4", created_at=late - 1)))
    assert set(await peopled.read(lambda sql: sessions.activity(sql, NOW))) == {"s1", "s2", "s3", "s4"}
    await peopled.write(lambda sql: sessions.begin(sql, session("s5", created_at=late)))
    assert set(await peopled.read(lambda sql: sessions.activity(sql, NOW))) == {"s4", "s5"}


async def test_the_use_of_a_passkey_counts_from_what_it_was(peopled: Database) -> None:
    key = tables.Passkey(id=b"k", person="ana", name="x", public_key=b"p", uses=3, backed_up=False, created_at=NOW)
    await peopled.write(lambda sql: passkeys.add(sql, key.model_copy()))

    async def used(uses: int) -> bool:
        return await peopled.write(lambda sql: passkeys.used(sql, key, uses=uses, backed_up=True, now_ms=NOW + 1))

    assert [await used(4), await used(5)] == [True, False], "of one that was copied both are let in"
    row = await peopled.read(lambda sql: passkeys.find(sql, b"k"))
    assert row is not None and (row.uses, row.backed_up, row.used_at) == (4, True, NOW + 1)
    assert await peopled.write(lambda sql: passkeys.remove(sql, "ana", b"k"))
    assert not await used(4)


async def test_activity_never_goes_back(peopled: Database) -> None:
    await peopled.write(begun)
    await peopled.write(lambda sql: sessions.active(sql, {"s1": NOW + 9, "s9": NOW}))
    await peopled.write(lambda sql: sessions.active(sql, {"s1": NOW + 5}))
    assert await peopled.read(lambda sql: sessions.activity(sql, NOW)) == {"s1": NOW + 9, "s2": NOW, "s3": NOW}


async def test_of_two_who_give_one_code_at_once_one_is_let_in(peopled: Database) -> None:
    await peopled.write(lambda sql: factors.offer(sql, "ana", b"sealed"))
    assert await peopled.write(lambda sql: factors.confirm(sql, "ana", 7, NOW))
    taken = await asyncio.gather(*(peopled.write(lambda sql: factors.take_step(sql, "ana", 8)) for _ in range(5)))
    assert sorted(taken) == [False] * 4 + [True]


async def test_a_recovery_code_is_used_once(peopled: Database) -> None:
    await peopled.write(lambda sql: factors.keep_recovery(sql, "ana", [b"a" * 32, b"b" * 32]))
    used = await asyncio.gather(
        *(peopled.write(lambda sql: factors.take_recovery(sql, "ana", b"a" * 32)) for _ in range(5))
    )
    assert sorted(used) == [False] * 4 + [True]
    assert await peopled.read(lambda sql: factors.recoveries(sql, "ana")) == 1


async def test_a_challenge_counts_once_on_all_nodes_and_not_when_it_is_old(peopled: Database) -> None:
    now = NOW
    nodes = [Challenges(b"s" * 32, peopled, lambda: now) for _ in range(4)]
    challenge, old = nodes[0].fresh("sign in"), nodes[0].fresh("sign in")
    assert not await nodes[0].spend(challenge, "another purpose")
    assert not await nodes[0].spend(challenge[:-1] + bytes([challenge[-1] ^ 1]), "sign in")
    spent = await asyncio.gather(*(node.spend(challenge, "sign in") for node in nodes))
    assert sorted(spent) == [False] * 3 + [True]
    now += VALID_MS
    assert not await nodes[0].spend(old, "sign in")


async def test_whoever_starts_anew_has_nothing_left_but_one_code(peopled: Database) -> None:
    def all_of(sql: Sql) -> None:
        people.set_password_hash(sql, "ana", "hash")
        factors.offer(sql, "ana", b"sealed")
        factors.keep_recovery(sql, "ana", [b"a" * 32])
        hospitals.link(sql, "ana", "https://h.example", "n1", NOW)
        key = tables.Passkey(id=b"k", person="ana", name="x", public_key=b"p", uses=0, backed_up=False, created_at=NOW)
        passkeys.add(sql, key)

    await peopled.write(all_of)
    assert await peopled.read(lambda sql: factors.has_second(sql, "ana"))
    await peopled.write(lambda sql: factors.start_anew(sql, "ana", b"old", NOW + 1))
    await peopled.write(lambda sql: factors.start_anew(sql, "ana", b"new", NOW + 1))
    assert await peopled.read(lambda sql: people.password_hash(sql, "ana")) is None
    assert not await peopled.read(lambda sql: factors.has_second(sql, "ana"))
    assert await peopled.read(lambda sql: hospitals.whose(sql, "https://h.example", "n1")) is None
    for code, at, fits in ((b"old", NOW, False), (b"new", NOW + 1, False), (b"new", NOW, True), (b"new", NOW, False)):
        assert await peopled.write(lambda sql, code=code, at=at: factors.take_setup(sql, "ana", code, at)) is fits  # type: ignore[misc]


@pytest.mark.parametrize("kind", ["postgres"])
async def test_who_signs_in_as_a_reset_begins_has_no_session_after_it(peopled: Postgres) -> None:
    def proved(sql: Sql) -> None:
        factors.hold(sql, "ana")
        assert people.password_hash(sql, "ana") == "hash"

    def reset(sql: Sql) -> None:
        factors.start_anew(sql, "ana", b"code", NOW + 1)
        sessions.end_all(sql, "ana", tokens=True)

    await peopled.write(lambda sql: people.set_password_hash(sql, "ana", "hash"))
    _, outcome = await side_by_side(peopled, proved, reset, lambda sql: sessions.begin(sql, session("s1")))
    assert outcome is None
    assert await peopled.read(lambda sql: sessions.listed(sql, "ana", NOW, tokens=False)) == []


@pytest.mark.parametrize("kind", ["postgres"])
async def test_who_signs_in_while_a_reset_is_at_work_waits_for_it(peopled: Postgres) -> None:
    def signs_in(sql: Sql) -> str | None:
        factors.hold(sql, "ana")
        return people.password_hash(sql, "ana")

    await peopled.write(lambda sql: people.set_password_hash(sql, "ana", "hash"))
    _, outcome = await side_by_side(peopled, lambda sql: factors.start_anew(sql, "ana", b"code", NOW + 1), signs_in)
    assert outcome is None


@pytest.mark.parametrize("kind", ["postgres"])
async def test_of_two_who_take_the_last_two_ways_in_at_once_one_is_refused(peopled: Postgres) -> None:
    def without_passkey(sql: Sql) -> None:
        assert passkeys.remove(sql, "ana", b"k")
        factors.keep_a_way_in(sql, "ana")

    def without_hospital(sql: Sql) -> None:
        assert hospitals.unlink(sql, "ana", "https://h.example")
        factors.keep_a_way_in(sql, "ana")

    key = tables.Passkey(id=b"k", person="ana", name="x", public_key=b"p", uses=0, backed_up=False, created_at=NOW)
    await peopled.write(lambda sql: passkeys.add(sql, key))
    await peopled.write(lambda sql: hospitals.link(sql, "ana", "https://h.example", "n1", NOW))
    _, refused = await side_by_side(peopled, without_passkey, without_hospital)
    assert isinstance(refused, ValueError) and "only way" in str(refused)
    assert await peopled.read(lambda sql: hospitals.whose(sql, "https://h.example", "n1")) == "ana"


async def test_a_hospital_account_belongs_to_one_person(peopled: Database) -> None:
    await peopled.write(lambda sql: hospitals.link(sql, "ana", "https://h.example", "n1", NOW))
    await peopled.write(lambda sql: hospitals.link(sql, "ana", "https://h.example", "n1", NOW))
    with pytest.raises(ValueError, match="somebody else"):
        await peopled.write(lambda sql: hospitals.link(sql, "ben", "https://h.example", "n1", NOW))
    assert await peopled.write(lambda sql: hospitals.unlink(sql, "ana", "https://h.example"))
    assert not await peopled.write(lambda sql: hospitals.unlink(sql, "ana", "https://h.example"))
