"""Who people are and how that was found out, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec
import pytest
from sqlmodel import Session, col, select, update

from persistence import people
from persistence.credibility.tables import Credibility, ScoredItem
from persistence.database import Database
from persistence.moderation.notices import unseen
from persistence.moderation.sanctions import impose
from persistence.moderation.tables import Sanction
from persistence.people import find
from persistence.postgres import Postgres
from persistence.verification import codes, decisions, documents, identities, registers, requests, tables, vouches
from persistence.verification.identities import Identity
from persistence.verification.judgement import Judgement, judge
from persistence.verification.keys import Keys
from persistence.verification.policy import DAY_MS, Policy
from persistence.verification.registers import Entry
from persistence.verification.renewals import forsaken, lapse, to_tell, without_merit
from realtime.rooms.people import Person
from tests.builders import AT, ana, cleo, mo, obi
from tests.contract.side_by_side import side_by_side

T = TypeVar("T")
KEYS: Final = Keys(b"a key of the tests, 32 characters")
POLICY: Final = Policy()
PDF: Final = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
NPI: Final = "1234567893"
WHO: Final = Identity(
    family="Pérez", given="Cleo María", email="c@example.org", country="US", register="npi", number=NPI
)
kit = Person("kit", "dr_kit", "physician", tier=3)
rex = Person("rex", "rex", "clinician")
may = Person("may", "may_mod", "moderator")


@pytest.fixture
async def desk(database: Database) -> "Desk":
    await database.write(lambda sql: people.add_many(sql, [ana, kit, cleo, rex, mo, may, obi], AT))
    return Desk(database)


class Desk:
    """The database, and what people do at it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def do(self, act: Callable[..., T], *given: Any, **more: Any) -> T:
        return await self.database.write(lambda sql: act(sql, *given, **more))

    async def claim(self, person: str = "rex", who: Identity = WHO) -> str | None:
        """Who holds the licence that this person claims from now on with a document and a confirmed address."""
        holder = await self.do(identities.keep, KEYS, person, who, AT)
        await self.do(documents.keep, person, documents.prepared(KEYS, PDF), AT)
        await self.do(codes.confirm, person, AT)
        return holder

    async def reconsider(self, person: str = "rex", policy: Policy = POLICY) -> int:
        await self.do(requests.reconsider, KEYS, policy, person, AT)
        return await self.tier(person)

    async def tier(self, person: str = "rex") -> int:
        found = await self.database.read(lambda sql: find(sql, person))
        assert found is not None and (found.role == "physician") == (found.tier >= 2)
        return found.tier

    async def judge(self, request: str, by: str = "mo", *, at: int = AT, **judgement: Any) -> list[str]:
        wish = Judgement(**{"reason": "Seen."} | judgement)
        return await self.do(judge, KEYS, POLICY, request, by, wish, at)


def entry(**changed: Any) -> Entry:
    return msgspec.structs.replace(Entry(NPI, "perez", "cleo maria", "207", "", True), **changed)


async def register(desk: Desk, *entries: Entry) -> None:
    await desk.do(registers.keep, "US", "npi", 1, entries)
    row = tables.Register(country="US", roll="npi", batch=1, imported_at=AT, entries=len(entries), sha256=b"x")
    await desk.do(registers.finish, row)


async def test_an_identity_is_sealed_and_an_opening_of_it_is_kept(desk: Desk) -> None:
    await desk.claim()
    row = await desk.database.read(lambda sql: sql.exec(select(tables.Identity)).one())
    assert not any(word in row.sealed for word in (b"P\xc3\xa9rez", b"example.org", NPI.encode()))
    assert await desk.do(identities.open_for, KEYS, "rex", "mo", "A complaint", AT) == WHO
    assert await desk.do(identities.openings, KEYS, "rex") == [identities.Opened("mo", AT, "A complaint")]
    assert await desk.do(identities.opened_since, "rex", "mo", AT)
    assert not await desk.do(identities.opened_since, "rex", "mo", AT + 1)
    assert await desk.do(identities.open_for, KEYS, "cleo", "mo", "None", AT) is None


async def test_a_licence_has_one_holder_however_it_is_written(desk: Desk) -> None:
    assert await desk.claim("rex") is None
    spaced = Identity(family="Other", given="Kim", country="US", register="npi", number="123 456-7893")
    assert await desk.claim("cleo", spaced) == "rex"
    assert await desk.claim("rex") is None
    assert await desk.do(identities.holder, KEYS, "cleo") == "rex"
    other = Identity(family="Pérez", given="Cleo", country="GB", register="gmc", number="7123456")
    await desk.do(identities.keep, KEYS, "rex", other, AT)
    assert await desk.claim("cleo", spaced) is None, "who claims another licence lets go of the first"


async def test_of_two_who_claim_one_licence_at_once_one_holds_it(desk: Desk) -> None:
    holders = await asyncio.gather(*(desk.do(identities.keep, KEYS, person, WHO, AT) for person in ("rex", "cleo")))
    assert sorted(map(str, holders)) in (["None", "rex"], ["None", "cleo"])


async def test_documents_are_known_by_their_content_and_sealed(desk: Desk) -> None:
    given = await desk.do(documents.keep, "rex", documents.prepared(KEYS, PDF), AT)
    assert (given.kind, given.size_bytes) == ("application/pdf", len(PDF))
    found = await desk.database.read(lambda sql: documents.sealed(sql, given.id))
    assert found is not None
    whose, kind, sealed = found
    assert (whose, kind, documents.opened(KEYS, given.id, sealed)) == ("rex", "application/pdf", PDF)
    row = await desk.database.read(lambda sql: sql.exec(select(tables.Document)).one())
    assert b"PDF" not in row.sealed
    assert not await desk.do(documents.remove, "cleo", given.id)
    assert await desk.do(documents.remove, "rex", given.id)
    for content in (b"", b"GIF89a", PDF[:-7], b"<html>%PDF-", b"MZ" + PDF):
        with pytest.raises(ValueError, match="no whole PDF"):
            documents.prepared(KEYS, content)
    with pytest.raises(ValueError, match="at most 8 MiB"):
        documents.prepared(KEYS, PDF[:9] + bytes(8 * 1_048_576) + PDF[9:])
    for _ in range(documents.MOST_OF_ONE):
        await desk.do(documents.keep, "rex", documents.prepared(KEYS, PDF), AT)
    with pytest.raises(ValueError, match="Remove one first"):
        await desk.do(documents.keep, "rex", documents.prepared(KEYS, PDF), AT)


async def test_a_code_confirms_an_address_within_an_hour_and_five_tries(desk: Desk) -> None:
    code = await desk.do(codes.make, KEYS, "rex", AT)
    assert not await desk.do(codes.right, KEYS, "rex", code, AT + codes.VALID_MS)
    assert not await desk.do(codes.right, KEYS, "cleo", code, AT)
    assert await desk.do(codes.right, KEYS, "rex", code, AT + 1)
    assert not await desk.do(codes.right, KEYS, "rex", code, AT + 2), "it counts once"
    code = await desk.do(codes.make, KEYS, "rex", AT)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(codes.TRIES):
        assert not await desk.do(codes.right, KEYS, "rex", wrong, AT)
    assert not await desk.do(codes.right, KEYS, "rex", code, AT)


@pytest.mark.parametrize("kind", ["postgres"])
async def test_each_wrong_code_costs_a_try_when_two_come_at_once(database: Postgres) -> None:
    def wrong(sql: Session) -> None:
        assert not codes.right(sql, KEYS, "rex", "no code", AT)

    await database.write(lambda sql: people.add(sql, rex, AT))
    await database.write(lambda sql: codes.make(sql, KEYS, "rex", AT))
    _, refused = await side_by_side(database, wrong, wrong)
    assert refused is None
    left = await database.read(lambda sql: sql.get_one(tables.MailCode, "rex").tries_left)
    assert left == codes.TRIES - 2


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, "match"),
        ({"given": "c"}, "near"),
        ({"family": "smith"}, "other_name"),
        ({"active": False}, "inactive"),
        ({"number": "1558598797"}, "no_entry"),
    ],
)
async def test_what_a_register_says(desk: Desk, changed: dict[str, Any], found: str) -> None:
    assert await desk.do(registers.finding, WHO) == "no_file"
    await register(desk, entry(**changed))
    assert await desk.do(registers.finding, WHO) == found


async def test_a_document_and_a_right_licence_make_t1_a_match_t2_where_the_policy_says_so(desk: Desk) -> None:
    await register(desk, entry())
    await desk.claim()
    assert await desk.reconsider() == 1
    assert await desk.reconsider(policy=Policy(automatic=True)) == 2
    earned = await desk.do(decisions.of_person, KEYS, "rex")
    assert {(one.outcome, one.by, one.tier_before, one.tier) for one in earned} == {
        ("earned", "system", 0, 1),
        ("earned", "system", 1, 2),
    }


async def test_a_held_licence_earns_nothing_and_a_moderator_may_give_it_to_the_other(desk: Desk) -> None:
    await desk.claim("cleo")
    await desk.claim("rex")
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    assert await desk.reconsider("rex") == 0
    (waiting,) = await desk.do(requests.waiting, KEYS, requests.FIRST, 10)
    assert (waiting.contested, waiting.evidence.contested, waiting.handle) == ("cleo", True, "rex")
    assert sorted(await desk.judge(request, decision="approve", tier=2)) == ["cleo", "rex"]
    assert (await desk.tier("rex"), await desk.tier("cleo")) == (2, 0)
    assert (await desk.do(decisions.of_person, KEYS, "cleo"))[0].outcome == "taken"
    assert await desk.do(identities.holder, KEYS, "cleo") == "rex"


async def test_two_vouches_of_t3_make_t3_until_one_is_taken_back(desk: Desk) -> None:
    await desk.claim()
    await desk.reconsider()
    await desk.do(vouches.vouch, "ana", "rex", AT)
    assert await desk.reconsider() == 1
    await desk.do(vouches.vouch, "kit", "rex", AT)
    assert await desk.reconsider() == 3
    assert {one.handle for one in await desk.do(vouches.for_person, "rex")} == {"dr_ana", "dr_kit"}
    assert await desk.do(vouches.revoke, "kit", "rex", AT)
    assert not await desk.do(vouches.revoke, "kit", "rex", AT)
    assert await desk.reconsider() == 1
    assert [(one.handle, one.revoked_at) for one in await desk.do(vouches.by_person, "kit")] == [("rex", AT)]


async def test_pages_of_the_queue_leave_nobody_out_who_asked_in_the_same_moment(desk: Desk) -> None:
    made = {await desk.do(requests.submit, KEYS, person, "renewal", AT) for person in ("ana", "kit", "cleo", "rex")}
    first = await desk.do(requests.waiting, KEYS, requests.FIRST, 3)
    rest = await desk.do(requests.waiting, KEYS, (first[-1].at, first[-1].id), 3)
    assert len(rest) == 1 and {one.id for one in [*first, *rest]} == made


async def test_what_a_moderator_gave_outlasts_a_vouch_that_is_taken_back(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="approve", tier=2)
    for voucher in ("ana", "kit"):
        await desk.do(vouches.vouch, voucher, "rex", AT + DAY_MS)
    await desk.do(requests.reconsider, KEYS, POLICY, "rex", AT + DAY_MS)
    assert await desk.tier() == 3
    await desk.do(vouches.revoke, "kit", "rex", AT + 2 * DAY_MS)
    await desk.do(requests.reconsider, KEYS, POLICY, "rex", AT + 2 * DAY_MS)
    standing = await desk.database.read(lambda sql: sql.get(tables.Verification, "rex"))
    assert standing is not None
    assert (await desk.tier(), standing.basis, standing.until) == (2, "moderator", POLICY.until(2, AT))


async def test_what_a_moderator_gave_and_is_over_does_not_come_back(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="approve", tier=2)
    over_ms = AT + 366 * DAY_MS
    for voucher in ("ana", "kit"):
        await desk.do(vouches.vouch, voucher, "rex", AT + DAY_MS)
    await desk.do(requests.reconsider, KEYS, POLICY, "rex", AT + DAY_MS)
    await desk.do(vouches.revoke, "kit", "rex", over_ms)
    await desk.do(requests.reconsider, KEYS, POLICY, "rex", over_ms)
    assert await desk.tier() == 1


async def test_a_voucher_of_those_who_were_refused_or_banned_is_shown_so(desk: Desk) -> None:
    await desk.claim()
    await desk.do(vouches.vouch, "ana", "rex", AT)
    await desk.do(vouches.vouch, "ana", "cleo", AT)
    assert await desk.do(vouches.refused, "ana") == 0
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="refuse")
    banned = Sanction(id="s1", person="cleo", kind="ban", reason="x", by="mo", at=AT, until=None, touched_at=AT)
    await desk.do(lambda sql: sql.add(banned))
    assert await desk.do(vouches.refused, "ana") == 2 and await desk.do(vouches.refused, "kit") == 0


async def test_the_person_has_a_notice_of_what_was_decided_and_who_looked(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="refuse", reason="Not legible.")
    await desk.do(identities.open_for, KEYS, "rex", "mo", "A complaint", AT)
    told = await desk.do(unseen, ["rex"], AT)
    assert [one.kind for one in told] == ["verification"] * 2
    assert not any("legible" in one.text or "complaint" in one.text for one in told)


@pytest.mark.parametrize(
    ("voucher", "vouched"), [("cleo", "rex"), ("ana", "ana"), ("ana", "obi"), ("mo", "rex"), ("ana", "x")]
)
async def test_who_may_not_vouch_for_whom(desk: Desk, voucher: str, vouched: str) -> None:
    with pytest.raises(ValueError, match=r"Only physicians at T3|You answer for another"):
        await desk.do(vouches.vouch, voucher, vouched, AT)


async def test_two_do_not_vouch_for_each_other(desk: Desk) -> None:
    await desk.do(vouches.vouch, "ana", "kit", AT)
    with pytest.raises(ValueError, match="cannot answer for them too"):
        await desk.do(vouches.vouch, "kit", "ana", AT)


async def test_a_vouch_of_one_who_is_t3_no_longer_does_not_count(desk: Desk) -> None:
    await desk.claim()
    for voucher in ("ana", "kit"):
        await desk.do(vouches.vouch, voucher, "rex", AT)
    assert await desk.reconsider() == 3
    assert await desk.do(forsaken, KEYS, POLICY, AT) == []
    await desk.do(people.set_tier, "kit", 2)
    assert await desk.do(forsaken, KEYS, POLICY, AT) == ["rex"]
    assert await desk.do(forsaken, KEYS, POLICY, AT) == []
    assert await desk.tier() == 1


@pytest.mark.parametrize(
    ("wish", "tier", "basis"),
    [
        (Judgement(decision="approve", tier=2, reason="Seen."), 2, "moderator"),
        (Judgement(decision="refuse", reason="Not seen."), 1, "document"),
    ],
)
async def test_what_is_decided_while_a_tier_ends_is_what_the_person_has(
    desk: Desk, wish: Judgement, tier: int, basis: str
) -> None:
    if not isinstance(desk.database, Postgres):
        return  # one write at a time
    await desk.do(codes.confirm, "rex", AT)
    await desk.do(decisions.move, KEYS, POLICY, "rex", _T2, AT)
    request = await desk.do(requests.submit, KEYS, "rex", "appeal", AT)
    over_ms = AT + 366 * DAY_MS
    lapsed, decided = await side_by_side(
        desk.database,
        lambda sql: lapse(sql, KEYS, POLICY, over_ms),
        lambda sql: judge(sql, KEYS, POLICY, request, "mo", wish, over_ms + 1),
    )
    assert (lapsed, decided) == (["rex"], ["rex"] if tier == 2 else [])
    newest = (await desk.do(decisions.of_person, KEYS, "rex"))[0]
    assert (newest.tier_before, newest.tier, await desk.tier()) == (1, tier, tier)
    standing = await desk.database.read(lambda sql: sql.get_one(tables.Verification, "rex"))
    assert standing.basis == basis


_T2: Final = decisions.Change(tier=2, basis="moderator", outcome="approved", by="mo")


async def test_a_moderator_decides_with_a_reason_that_the_person_is_shown(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    assert await desk.judge(request, decision="more", reason="The scan is cut off.") == []
    (mine,) = await desk.do(requests.of_person, KEYS, "rex")
    assert mine.state == "asked" and await desk.do(requests.waiting, KEYS, requests.FIRST, 10) == []
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT + 1)
    assert await desk.judge(request, decision="approve", tier=3, at=AT + 2) == ["rex"]
    newest, asked = await desk.do(decisions.of_person, KEYS, "rex")
    assert (newest.tier, newest.by, asked.reason) == (3, "mo", "The scan is cut off.")
    with pytest.raises(ValueError, match="does not wait any longer"):
        await desk.judge(request, decision="refuse")


@pytest.mark.parametrize(
    ("judgement", "says"),
    [
        ({"decision": "approve", "tier": 2, "reason": " "}, "Give the reason"),
        ({"decision": "approve"}, "to which tier"),
        ({"decision": "approve", "tier": 0}, "to which tier"),
        ({"decision": "refuse", "tier": 2}, "does not raise"),
    ],
)
async def test_a_judgement_that_cannot_be_changes_nothing(desk: Desk, judgement: dict[str, Any], says: str) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    with pytest.raises(ValueError, match=says):
        await desk.judge(request, **judgement)
    assert await desk.tier() == 0 and len(await desk.do(requests.waiting, KEYS, requests.FIRST, 10)) == 1


async def test_an_appeal_is_decided_by_another_moderator(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="refuse")
    (refusal,) = await desk.do(decisions.of_person, KEYS, "rex")
    appeal = await desk.do(requests.submit, KEYS, "rex", "appeal", AT, text="It is mine.", about=refusal.id)
    (waiting,) = await desk.do(requests.waiting, KEYS, requests.FIRST, 10)
    assert (waiting.kind, waiting.text) == ("appeal", "It is mine.")
    with pytest.raises(ValueError, match="Another moderator"):
        await desk.judge(appeal, decision="refuse")
    assert await desk.judge(appeal, "may", decision="approve", tier=2) == ["rex"]


async def test_a_tier_ends_after_a_notice_and_can_be_renewed(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="approve", tier=2)
    assert await desk.do(to_tell, KEYS, POLICY, AT + 300 * DAY_MS) == []
    (due,) = await desk.do(to_tell, KEYS, POLICY, AT + 340 * DAY_MS)
    assert (due.person, due.until, due.email) == ("rex", AT + 365 * DAY_MS, "c@example.org")
    assert await desk.do(to_tell, KEYS, POLICY, AT + 341 * DAY_MS) == []
    assert await desk.do(lapse, KEYS, POLICY, AT + 364 * DAY_MS) == []
    assert await desk.do(lapse, KEYS, POLICY, AT + 365 * DAY_MS) == ["rex"]
    assert await desk.do(lapse, KEYS, POLICY, AT + 365 * DAY_MS) == []
    assert await desk.tier() == 1
    (waiting,) = await desk.do(requests.waiting, KEYS, requests.FIRST, 10)
    assert waiting.kind == "renewal"
    assert await desk.judge(waiting.id, decision="approve", tier=2, at=AT + 366 * DAY_MS) == ["rex"]


async def test_somebody_whose_identity_cannot_be_opened_keeps_no_tier_from_ending(desk: Desk) -> None:
    """The key of identities is another, for one person or for all."""
    for person, number in (("rex", NPI), ("cleo", "")):
        await desk.claim(person, msgspec.structs.replace(WHO, number=number))
        request = await desk.do(requests.submit, KEYS, person, "claim", AT)
        await desk.judge(request, decision="approve", tier=2)
    sealed = Keys(b"another key of the tests, 32 chars").vault.sealed(b"", "identity rex")
    await desk.do(lambda sql: sql.execute(update(tables.Identity).where(_of_rex).values(sealed=sealed)))

    told = await desk.do(to_tell, KEYS, POLICY, AT + 340 * DAY_MS)
    assert {(due.person, due.email) for due in told} == {("rex", ""), ("cleo", "c@example.org")}
    assert set(await desk.do(lapse, KEYS, POLICY, AT + 365 * DAY_MS)) == {"rex", "cleo"}


_of_rex: Final = col(tables.Identity.person) == "rex"


async def test_documents_go_some_time_after_the_decision(desk: Desk) -> None:
    await desk.claim()
    request = await desk.do(requests.submit, KEYS, "rex", "claim", AT)
    await desk.judge(request, decision="approve", tier=2)
    await desk.do(lapse, KEYS, POLICY, AT + 29 * DAY_MS)
    assert await desk.do(documents.count, "rex") == 1
    await desk.do(lapse, KEYS, POLICY, AT + 30 * DAY_MS)
    assert await desk.do(documents.count, "rex") == 0
    assert await desk.tier() == 2


async def test_a_handle_that_looks_like_another_is_taken(desk: Desk) -> None:
    twin = "dr_\N{CYRILLIC SMALL LETTER A}na"
    with pytest.raises(ValueError, match="looks like one that is"):
        await desk.do(people.add, Person("ana2", twin, "clinician"), AT)
    assert await desk.do(people.looks_taken, twin) and not await desk.do(people.looks_taken, "dr_anna")


async def test_many_documents_go_a_few_at_a_time(desk: Desk) -> None:
    for person in ("rex", "cleo"):
        for _ in range(3):
            await desk.do(documents.keep, person, documents.prepared(KEYS, PDF), AT)
    await desk.do(documents.decided, "rex", AT + 1)
    assert await desk.do(documents.remove_old, AT, 2) == 0
    assert [await desk.do(documents.remove_old, AT + 1, 2) for _ in range(3)] == [2, 1, 0]
    assert await desk.do(documents.count, "cleo") == 3


async def deserve(desk: Desk, person: str, score: int) -> None:
    """Have ten opinions of this person scored, each so."""

    def write(session: Session) -> None:
        for n in range(10):
            row: dict[str, Any] = {"room": person, "event": f"e{n}", "outcome": "z", "loss": None, "forecasts": b"\x90"}
            session.add(ScoredItem(**row, person=person, specialty="cardiology", kind="opinion", at=AT, score=score))
        whole = {"n": 10, "sum": 10 * score, "squares": 10 * score**2}
        session.add(Credibility(person=person, specialty="cardiology", kind="opinion", **whole))

    await desk.database.write(write)


async def test_merit_stands_for_the_register_until_a_breach(desk: Desk) -> None:
    automatic = Policy(automatic=True)
    await desk.claim()
    for n in range(5):
        await deserve(desk, f"peer{n}", 500)
    await deserve(desk, "rex", 800)
    assert await desk.reconsider() == 1, "a moderator is to look"
    assert await desk.reconsider(policy=automatic) == 2
    assert await desk.do(without_merit, KEYS, automatic, AT + 1) == []
    await desk.do(impose, person="rex", kind="warn", reason="It was made up.", by="mo", until=None, now_ms=AT + 2)
    assert await desk.do(without_merit, KEYS, automatic, AT + 3) == ["rex"]
    assert await desk.tier() == 1
    decided = await desk.do(decisions.of_person, KEYS, "rex")
    assert {(one.outcome, one.tier) for one in decided} == {("earned", 1), ("earned", 2), ("lowered", 1)}


async def test_merit_that_is_lost_leaves_what_the_register_says(desk: Desk) -> None:
    automatic = Policy(automatic=True)
    await desk.claim()
    for n in range(5):
        await deserve(desk, f"peer{n}", 500)
    await deserve(desk, "rex", 800)
    assert await desk.reconsider(policy=automatic) == 2
    await register(desk, entry())
    await desk.do(impose, person="rex", kind="warn", reason="It was made up.", by="mo", until=None, now_ms=AT + 2)
    await desk.do(without_merit, KEYS, automatic, AT + 3)
    assert await desk.tier() == 2
