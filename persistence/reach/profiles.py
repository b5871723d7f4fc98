"""What people say of when, for what and how often they want to be reached."""

from typing import Annotated, Final

import msgspec
from sqlmodel import Session, col, delete, select

from persistence.reach.tables import ReachProfile, ReachSpecialty
from persistence.reach.zones import zone
from realtime.rooms.paging.hours import Span, WeeklySpan
from realtime.rooms.specialties import SPECIALTIES

MOST_SPECIALTIES: Final = 10
MOST_SPANS: Final = 21
FOR_EVER_MS: Final = 253_402_214_400_000
"""Until one says otherwise: the last day of the year 9999, which every clock and every browser can show."""

Language = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$(?!\n)")]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that somebody says of being reached. No `specialties`: the one of their account.

    `hours`: none is always. `undisturbed_until`: Unix ms. `per_hour`: interruptions at most; None: as many as the
    deployment allows. `stat_through`: `stat` cases may come through quiet hours and do-not-disturb.
    """

    specialties: Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_SPECIALTIES)] = ()
    languages: Annotated[tuple[Language, ...], msgspec.Meta(max_length=20)] = ()
    zone: Annotated[str, msgspec.Meta(max_length=64)] = "UTC"
    hours: Annotated[tuple[WeeklySpan, ...], msgspec.Meta(max_length=MOST_SPANS)] = ()
    quiet: Span | None = None
    undisturbed_until: Annotated[int, msgspec.Meta(ge=0, le=FOR_EVER_MS)] | None = None
    per_hour: Annotated[int, msgspec.Meta(ge=1, le=60)] | None = None
    stat_through: bool = False


HOURS: Final = msgspec.json.Decoder(tuple[WeeklySpan, ...])


def profile(session: Session, person: str) -> Profile | None:
    """What this person has said; None where they never have."""
    row = session.get(ReachProfile, person)
    if row is None:
        return None
    wanted = select(ReachSpecialty.specialty).where(ReachSpecialty.person == person)
    return Profile(
        specialties=tuple(session.exec(wanted.order_by(col(ReachSpecialty.specialty)))),
        languages=tuple(row.languages.split()),
        zone=row.zone,
        hours=HOURS.decode(row.hours) if row.hours else (),
        quiet=Span(row.quiet_from, row.quiet_to) if row.quiet_from else None,
        undisturbed_until=row.undisturbed_until,
        per_hour=row.per_hour,
        stat_through=row.stat_through,
    )


def keep(session: Session, person: str, wish: Profile, now_ms: int) -> None:
    """Keep what this person says now, in place of what they said. Raises `ValueError` with a sentence for people."""
    zone(wish.zone)
    unknown = set(wish.specialties) - SPECIALTIES.keys()
    if unknown:
        raise ValueError("A specialty is none of the list. Choose from those that are offered.")
    quiet = wish.quiet or Span("", "")
    session.merge(
        ReachProfile(
            person=person,
            languages=" ".join(dict.fromkeys(wish.languages)),
            zone=wish.zone,
            hours=msgspec.json.encode(wish.hours).decode() if wish.hours else "",
            quiet_from=quiet.begins,
            quiet_to=quiet.ends,
            undisturbed_until=wish.undisturbed_until,
            per_hour=wish.per_hour,
            stat_through=wish.stat_through,
            changed_at=now_ms,
        )
    )
    session.execute(delete(ReachSpecialty).where(col(ReachSpecialty.person) == person))
    session.add_all(ReachSpecialty(person=person, specialty=one) for one in dict.fromkeys(wish.specialties))


def disturb_not(session: Session, person: str, until_ms: int | None, now_ms: int) -> None:
    """Let nobody disturb this person until then; None: let them be disturbed again. All else stays as it is."""
    said = profile(session, person) or Profile()
    keep(session, person, msgspec.structs.replace(said, undisturbed_until=until_ms), now_ms)
