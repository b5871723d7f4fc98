"""Wishes to be verified, and appeals: made by people, weighed by evidence, waiting for a moderator."""

from typing import Final, Literal

import msgspec
from sqlmodel import Session, col, func, select, tuple_

from persistence import tables as accounts
from persistence.credibility.merit import merit
from persistence.people import find, new_id
from persistence.verification import documents, identities, registers, tables, vouches
from persistence.verification.decisions import BASES, Basis, Change, apart_from_vouches, move
from persistence.verification.formats import format_of
from persistence.verification.keys import Keys
from persistence.verification.policy import Policy
from realtime.rooms.licences import verdict
from realtime.rooms.people import DOCTORS, PHYSICIAN_TIER
from realtime.rooms.tiers import HIGHEST, VOUCHERS_NEEDED, Evidence, earned

Kind = Literal["claim", "renewal", "appeal"]
Place = tuple[int, str]
"""Where a request stands in the queue: when it was made, Unix ms, and its id."""
FIRST: Final[Place] = (0, "")
_WAITING: Final = ("open", "asked")


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request as the moderators' queue has it, without who the person is. `text`: what they wrote with it."""

    id: str
    person: str
    handle: str
    role: str
    specialty: str
    country: str
    tier: int
    kind: str
    state: str
    at: int
    evidence: Evidence
    contested: str | None = None
    about: str | None = None
    text: str = ""


def submit(
    session: Session, keys: Keys, person: str, kind: Kind, now_ms: int, *, text: str = "", about: str | None = None
) -> str:
    """Make a request, in place of what of its kind still waits, and return its id."""
    for earlier in _open(session, person):
        if (earlier.kind == "appeal") == (kind == "appeal"):
            earlier.state = "replaced"
            session.add(earlier)
    id = new_id()
    sealed = keys.sealed(text, f"request {id}") if text else None
    row = tables.Request(
        id=id, person=person, kind=kind, state="open", at=now_ms, about=about, findings=b"", sealed=sealed
    )
    _weigh(session, keys, row)
    session.add(row)
    session.flush()
    return id


def evidence(session: Session, keys: Keys, person: str) -> Evidence:
    """What is known of this person now."""
    known = identities.readable(session, keys, person)
    standing = session.get(tables.Verification, person)
    form = format_of(known.country, known.register) if known else None
    return Evidence(
        confirmed=standing is not None and standing.confirmed_at is not None,
        documents=documents.count(session, person),
        format=verdict(form, known.number) if known and known.number else "unknown",
        guessed=form is not None and form.unverified,
        register=registers.finding(session, known) if known and known.number else "no_file",
        contested=identities.holder(session, keys, person) is not None,
        vouches=vouches.standing(session, person),
        merit=merit(session, person),
    )


def reconsider(session: Session, keys: Keys, policy: Policy, person: str, now_ms: int) -> bool:
    """Weigh this person anew: something they gave, or a peer's word, has changed; whether their tier has.

    T1 and, by vouches, T3 follow from the evidence; T2 where the policy says so. What rested on vouches, or on merit,
    ends with them.
    """
    who = find(session, person)
    if who is None or who.role not in DOCTORS:
        return False
    for waiting in _open(session, person):
        _weigh(session, keys, waiting)
        session.add(waiting)
    standing = session.get(tables.Verification, person)
    known = evidence(session, keys, person)
    due = earned(known)
    if due == 2 and not policy.automatic:
        due = 1
    if due > who.tier:
        basis: Basis = "merit" if due == PHYSICIAN_TIER and known.register != "match" else BASES[due]
        change = Change(tier=due, basis=basis, outcome="earned", by="vouches" if due == HIGHEST else "system")
        return move(session, keys, policy, person, change, now_ms)
    if standing is not None and standing.basis == "vouches" and known.vouches < VOUCHERS_NEEDED:
        change = apart_from_vouches(session, policy, person, now_ms)
        if change.tier < max(1, due):
            tier = max(1, due)
            change = Change(tier=tier, basis=BASES[tier], outcome="lowered", by="vouches")
        return move(session, keys, policy, person, change, now_ms)
    if standing is not None and standing.basis == "merit" and not known.merit:
        return move(session, keys, policy, person, _without_merit(due), now_ms)
    return False


def resting_on_merit(session: Session) -> list[str]:
    """Whose tier rests on how cases turned out."""
    row = tables.Verification
    return list(session.exec(select(row.person).where(row.basis == "merit")))


def waiting(session: Session, keys: Keys, after: Place, limit: int) -> list[Waiting]:
    """At most `limit` requests that wait for a moderator, the oldest first, from behind this place on."""
    row, who = tables.Request, accounts.Person
    wanted = select(row, who).join(who, col(who.id) == col(row.person))
    wanted = wanted.where(col(row.state) == "open", tuple_(col(row.at), col(row.id)) > after)
    found = session.exec(wanted.order_by(col(row.at), col(row.id)).limit(limit))
    return [_waiting(keys, one, person) for one, person in found]


def waiting_count(session: Session) -> int:
    """How many wait for a moderator."""
    row = tables.Request
    return session.exec(select(func.count()).select_from(row).where(col(row.state) == "open")).one()


def of_person(session: Session, keys: Keys, person: str) -> list[Waiting]:
    """What this person has asked for and is not decided."""
    who = session.get_one(accounts.Person, person)
    return [_waiting(keys, one, who) for one in _open(session, person)]


def _open(session: Session, person: str) -> list[tables.Request]:
    row = tables.Request
    wanted = select(row).where(col(row.person) == person, col(row.state).in_(_WAITING)).order_by(col(row.at))
    return list(session.exec(wanted))


def _without_merit(due: int) -> Change:
    """What somebody has whose record speaks for them no longer: what else is known is enough for `due`."""
    tier = max(1, due)
    return Change(tier=tier, basis=BASES[tier], outcome="lowered", by="system")


def _weigh(session: Session, keys: Keys, row: tables.Request) -> None:
    row.findings = msgspec.msgpack.encode(evidence(session, keys, row.person))
    row.contested = identities.holder(session, keys, row.person)


def _waiting(keys: Keys, row: tables.Request, person: accounts.Person) -> Waiting:
    return Waiting(
        row.id,
        person.id,
        person.handle,
        person.role,
        person.specialty,
        person.country,
        person.tier,
        row.kind,
        row.state,
        row.at,
        msgspec.msgpack.decode(row.findings, type=Evidence),
        row.contested,
        row.about,
        keys.opened(row.sealed, f"request {row.id}"),
    )
