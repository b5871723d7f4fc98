"""Who can be reached, over SQLite and a real PostgreSQL: profiles, rosters, interruptions, and the question itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlmodel import Session

from persistence import people
from persistence.database import Database
from persistence.moderation import sanctions
from persistence.moderation.notices import mark, notify
from persistence.reach import duty, interruptions, keepers, profiles, rosters
from persistence.reach.profiles import Profile
from persistence.reach.reachable import PRESENT_MS, reachable
from persistence.reach.rosters import Entry
from persistence.reach.tables import Roster
from persistence.signin import sessions
from persistence.signin.tables import Session as SignedIn
from realtime.rooms.notices import Notice
from realtime.rooms.paging.hours import Span, WeeklySpan
from realtime.rooms.paging.matching import Reachable, Wanted, match
from realtime.rooms.paging.shifts import Shift
from realtime.rooms.people import Person
from tests.builders import PEOPLE, ana, ben

HOUR_MS = 3_600_000
NAIROBI = ZoneInfo("Africa/Nairobi")
dan = Person("dan", "dr_dan", "physician", "internal_medicine", "CH", 2, "heart_centre", "alpine_net")
eli = Person("eli", "dr_eli", "physician", "urology", "KE", 2, "lake_hospital", "lake_net")


def at(text: str) -> int:
    """Unix ms of a local time in Nairobi, three hours before UTC."""
    return round(datetime.fromisoformat(text).replace(tzinfo=NAIROBI).timestamp() * 1_000)


NOW = at("2026-03-04T12:00")  # a Wednesday


def wanted(**parts: Any) -> Wanted:
    given: dict[str, Any] = {"room": "case1", "specialties": ("cardiology",), "acuity": "asap", "reach": "world"}
    return Wanted(**given | parts)


async def ask(database: Database, now_ms: int = NOW, **parts: Any) -> dict[str, Reachable]:
    found = await database.read(lambda sql: reachable(sql, wanted(**parts), (), now_ms, 4))
    return {one.person: one for one in found}


async def kept(database: Database, person: str, **said: Any) -> None:
    await database.write(lambda sql: profiles.keep(sql, person, Profile(**said), NOW))


async def interrupted(database: Database, page: str, at_ms: int, *who: str) -> None:
    await database.write(lambda sql: interruptions.interrupted(sql, who, page, at_ms))


@pytest.fixture
async def ward(database: Database) -> Database:
    """A database with the tests' people and two more."""
    await database.write(lambda sql: people.add_many(sql, [*PEOPLE.values(), dan, eli], NOW))
    return database


@pytest.fixture
async def roster(ward: Database) -> Roster:
    return await ward.write(lambda sql: _roster(sql))


def _roster(sql: Session, **parts: Any) -> Roster:
    given: dict[str, Any] = {"institution": "lake_hospital", "name": "Heart", "specialty": "cardiology"}
    return rosters.add(sql, **given | {"zone_name": "Africa/Nairobi", "now_ms": NOW} | parts)


def shift(starts: str, ends: str, every_weeks: int = 0) -> Shift:
    return Shift(datetime.fromisoformat(starts), datetime.fromisoformat(ends), every_weeks)


TODAY = Entry(eli.handle, shift("2026-03-04T08:00", "2026-03-05T08:00"))


async def test_what_somebody_says_of_being_reached_is_kept_and_replaced(ward: Database) -> None:
    first = Profile(
        specialties=("cardiology", "toxicology"),
        languages=("en", "pt-BR"),
        zone="Africa/Nairobi",
        hours=(WeeklySpan(1, "08:00", "18:00"), WeeklySpan(7, "22:00", "06:00")),
        quiet=Span("22:00", "07:00"),
        undisturbed_until=profiles.FOR_EVER_MS,
        per_hour=2,
        stat_through=True,
    )
    assert await ward.read(lambda sql: profiles.profile(sql, "ana")) is None
    for said in (first, Profile(specialties=("cardiology",), zone="Europe/Zurich"), first):
        await ward.write(partial(profiles.keep, person="ana", wish=said, now_ms=NOW))
        assert await ward.read(lambda sql: profiles.profile(sql, "ana")) == said


@pytest.mark.parametrize(
    ("said", "says"), [({"zone": "Mars/Base"}, "no time zone"), ({"specialties": ("heart",)}, "none of the list")]
)
async def test_what_cannot_be_kept_changes_nothing(ward: Database, said: dict[str, Any], says: str) -> None:
    await kept(ward, "ana", specialties=("urology",))
    with pytest.raises(ValueError, match=says):
        await kept(ward, "ana", **said)
    known = await ward.read(lambda sql: profiles.profile(sql, "ana"))
    assert known == Profile(specialties=("urology",))


async def test_do_not_disturb_leaves_all_else_as_it_is(ward: Database) -> None:
    await kept(ward, "ana", specialties=("urology",), per_hour=2)
    await ward.write(lambda sql: profiles.disturb_not(sql, "ana", NOW + HOUR_MS, NOW))
    known = await ward.read(lambda sql: profiles.profile(sql, "ana"))
    assert known == Profile(specialties=("urology",), per_hour=2, undisturbed_until=NOW + HOUR_MS)


async def test_who_has_said_nothing_is_asked_for_the_specialty_of_their_account(ward: Database) -> None:
    assert (await ask(ward))["ana"].specialties == ("cardiology",)
    assert set(await ask(ward)) == {"ana", "dan"}  # internal medicine is a broader one


async def test_who_has_chosen_is_asked_for_that_and_not_for_their_account(ward: Database) -> None:
    await kept(ward, "ana", specialties=("toxicology",))
    assert set(await ask(ward)) == {"dan"}
    await kept(ward, "ben", specialties=("toxicology", "paediatric_cardiology"))
    assert (await ask(ward))["ben"].specialties == ("paediatric_cardiology",)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"reach": "network", "network": "alpine_net"}, {"ana", "dan"}),
        ({"reach": "network", "network": "lake_net", "institution": "heart_centre"}, {"ana", "dan"}),
        ({"reach": "institution", "institution": "heart_centre"}, {"ana", "dan"}),
        ({"reach": "institution", "institution": "lake_hospital"}, set()),
        ({"reach": "network"}, set()),
        ({"reach": "team"}, set()),
        ({"reach": "team", "invited": frozenset(["cleo", "ben", "obi", "mo"])}, {"cleo", "ben"}),
    ],
)
async def test_as_far_as_the_case_goes_and_no_further(ward: Database, parts: dict[str, Any], found: set[str]) -> None:
    assert set(await ask(ward, **parts)) == found


async def test_quiet_hours_and_do_not_disturb_are_as_of_now_in_ones_own_zone(ward: Database) -> None:
    await kept(ward, "ana", zone="Asia/Tokyo", quiet=Span("18:00", "19:00"), undisturbed_until=NOW + 1)
    here = (await ask(ward))["ana"]
    assert (here.quiet, here.do_not_disturb) == (True, True)
    later = (await ask(ward, NOW + HOUR_MS))["ana"]
    assert (later.quiet, later.do_not_disturb) == (False, False)


async def test_nobodys_limit_is_above_that_of_the_deployment(ward: Database) -> None:
    await kept(ward, "ana", per_hour=60)
    await kept(ward, "dan", per_hour=1)
    found = await ask(ward)
    assert (found["ana"].per_hour, found["dan"].per_hour) == (4, 1)


@pytest.mark.parametrize("kind", ["mute", "suspend", "ban"])
async def test_who_may_not_write_is_not_asked(ward: Database, kind: Any) -> None:
    until = NOW + HOUR_MS if kind != "ban" else None
    await ward.write(
        lambda sql: sanctions.impose(sql, person="ana", kind=kind, reason="x", by="mo", until=until, now_ms=NOW)
    )
    assert set(await ask(ward)) == {"dan"}


async def test_who_was_active_within_five_minutes_or_is_said_to_be_here_is_present(ward: Database) -> None:
    async def signed_in(person: str, way: str, active_at: int) -> None:
        row = SignedIn(
            id=f"s_{person}", person=person, way=way, created_at=0, active_at=active_at, expires_at=NOW + HOUR_MS
        )
        await ward.write(lambda sql: sessions.begin(sql, row))

    await signed_in("ana", "passkey", NOW - PRESENT_MS + 1)
    await signed_in("dan", "token", NOW)
    assert {one.person for one in (await ask(ward)).values() if one.present} == {"ana"}
    assert not (await ask(ward, NOW + 1))["ana"].present
    found = await ward.read(lambda sql: reachable(sql, wanted(), {"dan"}, NOW, 4))
    assert {one.person for one in found if one.present} == {"ana", "dan"}


async def test_an_interruption_counts_once_and_for_an_hour(ward: Database) -> None:
    for late_ms in (0, 5_000, 9_000):
        await interrupted(ward, "p1", NOW + late_ms, "ana", "dan")
    await interrupted(ward, "p2", NOW + 10_000, "ana", "ana")
    found = await ask(ward, NOW + 11_000)
    assert (found["ana"].pages_last_hour, found["dan"].pages_last_hour) == (2, 1)
    later = await ask(ward, NOW + HOUR_MS)
    assert (later["ana"].pages_last_hour, later["dan"].pages_last_hour) == (1, 0)


async def test_two_who_note_the_same_interruption_at_once_count_it_once(ward: Database) -> None:
    await asyncio.gather(*(interrupted(ward, "p1", NOW, "dan", "ana", "ben") for _ in range(4)))
    assert await ward.read(lambda sql: interruptions.lately(sql, NOW)) == {"ana": 1, "ben": 1, "dan": 1}


async def test_old_interruptions_are_forgotten(ward: Database) -> None:
    await interrupted(ward, "p1", NOW, "ana")
    await ward.write(lambda sql: interruptions.forget_old(sql, NOW + interruptions.KEPT_MS - 1))
    assert await ward.read(lambda sql: interruptions.lately(sql, NOW)) == {"ana": 1}
    await ward.write(lambda sql: interruptions.forget_old(sql, NOW + interruptions.KEPT_MS))
    assert await ward.read(lambda sql: interruptions.lately(sql, NOW)) == {}


async def test_a_page_is_open_until_it_is_seen(ward: Database) -> None:
    pages = [
        Notice(id=f"{page}.{way}", person="ana", kind="page", text="Urgent.", at=NOW, page=page)
        for page in ("p1", "p2")
        for way in ("first", "again")
    ]
    await ward.write(lambda sql: notify(sql, pages))
    for page in ("p1", "p2"):
        await interrupted(ward, page, NOW, "ana")
    assert (await ask(ward))["ana"].open_pages == 2
    await ward.write(lambda sql: mark(sql, [("p1.first", "ana", "seen"), ("p1.again", "ana", "seen")], NOW))
    assert (await ask(ward))["ana"].open_pages == 1


async def test_who_is_on_call_is_found_for_the_specialty_of_the_roster(ward: Database, roster: Roster) -> None:
    assert await ward.write(lambda sql: rosters.put(sql, roster, [TODAY])) == 1
    found = await ask(ward)
    assert (found["eli"].on_call, found["eli"].specialties) == (True, ("urology", "cardiology"))
    assert "eli" not in await ask(ward, at("2026-03-05T08:00"))
    assert "eli" not in await ask(ward, specialties=("toxicology",))
    assert match(found.values(), wanted()).asked[0].person == "eli"


async def test_who_has_left_the_institution_is_not_on_call(ward: Database, roster: Roster) -> None:
    await ward.write(lambda sql: rosters.put(sql, roster, [TODAY]))
    await ward.write(lambda sql: people._changed(sql, people._existing(sql, "eli"), replace(eli, institution="other")))
    assert "eli" not in await ask(ward)


async def test_a_shift_that_comes_again_is_found_each_time(ward: Database, roster: Roster) -> None:
    weekly = Entry(eli.handle, shift("2026-03-04T08:00", "2026-03-04T16:00", 2))
    await ward.write(lambda sql: rosters.put(sql, roster, [weekly]))
    on = {week: "eli" in await ask(ward, NOW + week * 7 * 24 * HOUR_MS) for week in range(-1, 4)}
    assert on == {-1: False, 0: True, 1: False, 2: True, 3: False}


async def test_shifts_that_are_written_again_are_not_doubled(ward: Database, roster: Roster) -> None:
    assert await ward.write(lambda sql: rosters.put(sql, roster, [TODAY, TODAY])) == 1
    assert await ward.write(lambda sql: rosters.put(sql, roster, [TODAY])) == 0
    (one,) = await ward.read(lambda sql: rosters.shifts_of(sql, roster))
    assert (one.handle, one.shift) == (eli.handle, TODAY.shift)
    assert await ward.write(lambda sql: rosters.clear(sql, roster, [one.id])) == 1
    assert await ward.read(lambda sql: rosters.shifts_of(sql, roster)) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Entry("dr_ana", TODAY.shift), "Shift 2: `dr_ana` is no clinician of lake_hospital"),
        (Entry("nobody", TODAY.shift), "Shift 2: `nobody`"),
        (Entry(eli.handle, shift("2026-03-04T08:00", "2026-03-04T08:00")), "Shift 2: A shift ends after"),
    ],
)
async def test_of_shifts_with_a_wrong_one_none_is_written(
    ward: Database, roster: Roster, wrong: Entry, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        await ward.write(lambda sql: rosters.put(sql, roster, [TODAY, wrong]))
    assert await ward.read(lambda sql: rosters.shifts_of(sql, roster)) == []


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({}, "There is a roster `Heart` already"),
        ({"name": " Heart"}, "visible characters"),
        ({"name": "Other", "specialty": "hearts"}, "none of the list"),
        ({"name": "Other", "zone_name": "Kenya"}, "no time zone"),
        ({"name": "Other", "institution": "corp"}, "No clinician is of that institution"),
    ],
)
async def test_a_roster_that_cannot_be_is_refused(
    ward: Database, roster: Roster, parts: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        await ward.write(lambda sql: _roster(sql, **parts))


async def test_a_roster_goes_with_its_shifts(ward: Database, roster: Roster) -> None:
    await ward.write(lambda sql: rosters.put(sql, roster, [TODAY]))
    await ward.write(lambda sql: rosters.remove(sql, rosters.named(sql, "lake_hospital", "Heart")))
    assert await ward.read(rosters.listed) == []
    assert "eli" not in await ask(ward)
    with pytest.raises(ValueError, match="no roster `Heart`"):
        await ward.read(lambda sql: rosters.named(sql, "lake_hospital", "Heart"))


async def test_one_is_shown_when_one_is_on_call_next(ward: Database, roster: Roster) -> None:
    weekly = Entry(eli.handle, shift("2026-03-06T20:00", "2026-03-07T08:00", 1))
    await ward.write(lambda sql: rosters.put(sql, roster, [weekly, TODAY, Entry(ben.handle, TODAY.shift)]))
    own = await ward.read(lambda sql: duty.duties_of(sql, "eli", NOW, NOW + 14 * 24 * HOUR_MS))
    assert [(one.starts_at, one.ends_at) for one in own] == [
        (at("2026-03-04T08:00"), at("2026-03-05T08:00")),
        (at("2026-03-06T20:00"), at("2026-03-07T08:00")),
        (at("2026-03-13T20:00"), at("2026-03-14T08:00")),
    ]
    assert {(one.institution, one.roster, one.specialty) for one in own} == {("lake_hospital", "Heart", "cardiology")}


async def test_keepers_are_named_and_replaced(ward: Database) -> None:
    def named(*handles: str) -> Callable[[Session], None]:
        return lambda sql: keepers.name_keepers(sql, "lake_hospital", handles)

    await ward.write(named(ben.handle, eli.handle, ben.handle))
    assert await ward.read(lambda sql: keepers.keepers(sql, "lake_hospital")) == [ben.handle, eli.handle]
    for wrong in ("nobody", "obi_corp"):
        with pytest.raises(ValueError, match=f"`{wrong}` is nobody"):
            await ward.write(named(ana.handle, wrong))
    await ward.write(named(ben.handle))
    assert await ward.read(lambda sql: keepers.kept_by(sql, "ben")) == ["lake_hospital"]
    assert await ward.read(lambda sql: keepers.kept_by(sql, "eli")) == []
