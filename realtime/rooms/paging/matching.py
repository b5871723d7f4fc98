"""Who is asked for a case, and in which order.

Who may not be interrupted now is passed over, for the first of these reasons (`PassedOver.why`):

1. `excluded`: they were asked already, have declined, were removed, or present the case.
2. `no_entry`: the case does not go as far as they are.
3. `unverified`: below T2, which a `stat` case needs.
4. `other_specialty`: none of theirs is near to what is wanted, and nobody invited them.
5. `do_not_disturb`: they want no disturbance. A `stat` case comes through where they allow it.
6. `quiet`: their quiet hours, or outside their weekly ones; not while they are on call. `stat` likewise.
7. `limit`: they were interrupted as often as they want to be within an hour. `stat` is not counted against it.

All others are asked, and stand in this order (`Standing`):

1. who is on call for what is wanted before who is not;
2. who is at work here now before who is not;
3. who speaks a language of the case before who does not;
4. the nearer specialty: the same, a narrower one, a broader one, one that knows much of it, none (invited);
5. who has fewer pages that they have not seen;
6. who was interrupted less often in the last hour;
7. a digest of the case and the person: chance, but the same on every node, and another for the next case.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, Literal

import msgspec

from realtime.rooms.card import within_reach
from realtime.rooms.command import Acuity, Reach
from realtime.rooms.people import PHYSICIAN_TIER
from realtime.rooms.specialties import NEARNESS, Nearness, all_answering, nearest

Why = Literal["excluded", "no_entry", "unverified", "other_specialty", "do_not_disturb", "quiet", "limit"]
Group = Literal["on_call", "present", "others"]
"""Who is asked first, then, and last."""


class Reachable(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Somebody who might be asked, as they are now.

    `on_call`: for what is wanted. `present`: at work at a page of ours. `stat_through`: `stat` cases may come through
    quiet hours and do-not-disturb. `open_pages`: that they have not seen. `per_hour`: so many interruptions at most.
    """

    person: str
    tier: int = PHYSICIAN_TIER
    country: str = ""
    institution: str = ""
    network: str = ""
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    on_call: bool = False
    present: bool = False
    quiet: bool = False
    do_not_disturb: bool = False
    stat_through: bool = False
    open_pages: int = 0
    pages_last_hour: int = 0
    per_hour: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a case asks for. `room` turns the order of those who are alike; `institution`, `network`: its presenter's.

    `invited`: may enter whatever its reach. `excluded`: are not to be asked.
    """

    room: str
    specialties: tuple[str, ...]
    acuity: Acuity
    reach: Reach
    languages: tuple[str, ...] = ()
    institution: str | None = None
    network: str | None = None
    invited: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


class Standing(msgspec.Struct, frozen=True):
    """Why somebody stands where they stand, what counts most first. `nearness`: None where they were only invited."""

    on_call: bool
    present: bool
    speaks: bool
    nearness: Nearness | None
    open_pages: int
    pages_last_hour: int

    @property
    def group(self) -> Group:
        """With whom they are asked."""
        if self.on_call:
            return "on_call"
        return "present" if self.present else "others"


class Match(msgspec.Struct, frozen=True):
    """Somebody to be asked, and why they stand where they stand."""

    person: str
    standing: Standing


class PassedOver(msgspec.Struct, frozen=True):
    """Somebody who is not to be asked now, and why."""

    person: str
    why: Why


class Matching(msgspec.Struct, frozen=True):
    """Those to be asked, in their order, and those who are passed over."""

    asked: list[Match]
    passed_over: list[PassedOver]

    def groups(self) -> Counter[Group]:
        """How many are asked with whom."""
        return Counter(one.standing.group for one in self.asked)

    def reasons(self) -> Counter[Why]:
        """How many are passed over for what."""
        return Counter(one.why for one in self.passed_over)


def match(people: Iterable[Reachable], wanted: Wanted) -> Matching:
    """Who of `people` is asked, in which order, and who is not. The order in which they are given is all the same."""
    asked: list[tuple[tuple[object, ...], Match]] = []
    passed_over: list[PassedOver] = []
    near, languages = all_answering(wanted.specialties), frozenset(map(_primary, wanted.languages))
    for one in people:
        nearness = nearest(near, one.specialties)
        why = _why_not(one, wanted, nearness)
        if why is not None:
            passed_over.append(PassedOver(one.person, why))
            continue
        standing = _standing(one, languages, nearness)
        asked.append((_rank(standing, wanted.room, one.person), Match(one.person, standing)))
    asked.sort(key=lambda ranked: ranked[0])
    return Matching([one for _, one in asked], sorted(passed_over, key=lambda one: one.person))


def _why_not(one: Reachable, wanted: Wanted, nearness: Nearness | None) -> Why | None:
    invited, stat = one.person in wanted.invited, wanted.acuity == "stat"
    through = stat and one.stat_through
    reasons: tuple[tuple[Why, bool], ...] = (
        ("excluded", one.person in wanted.excluded),
        ("no_entry", not invited and not (one.tier >= PHYSICIAN_TIER and within_reach(wanted, one))),
        ("unverified", stat and one.tier < PHYSICIAN_TIER),
        ("other_specialty", nearness is None and not invited),
        ("do_not_disturb", one.do_not_disturb and not through),
        ("quiet", one.quiet and not one.on_call and not through),
        ("limit", one.pages_last_hour >= one.per_hour and not stat),
    )
    return next((why for why, holds in reasons if holds), None)


def _standing(one: Reachable, languages: frozenset[str], nearness: Nearness | None) -> Standing:
    speaks = not languages or not languages.isdisjoint(map(_primary, one.languages))
    return Standing(one.on_call, one.present, speaks, nearness, one.open_pages, one.pages_last_hour)


_PLACE: Final = {nearness: place for place, nearness in enumerate((*NEARNESS, None))}


def _rank(standing: Standing, room: str, person: str) -> tuple[object, ...]:
    return (
        not standing.on_call,
        not standing.present,
        not standing.speaks,
        _PLACE[standing.nearness],
        standing.open_pages,
        standing.pages_last_hour,
        blake2b(f"{room}\0{person}".encode(), digest_size=8).digest(),
        person,
    )


def _primary(language: str) -> str:
    """`pt` of `pt-BR` (BCP 47)."""
    return language.partition("-")[0].lower()
