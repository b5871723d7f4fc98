"""A page as it is now: whom it has rung, tier after tier, and what they answered."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import msgspec
from immutables import Map

from realtime.rooms.command import PageAnswer
from realtime.rooms.people import SYSTEM

PageState = Literal["ringing", "answered", "over", "replaced"]
"""`over`: all tiers have rung and nobody took it; whom it rang still may. `replaced`: the case is paged anew."""

MOST_SHOWN: Final = 5


class Ring(msgspec.Struct, frozen=True, gc=False):
    """A tier that has rung: whom, since when and until when (Unix ms)."""

    tier: int
    at: int
    deadline_at: int
    people: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What somebody answered, and when, Unix ms. The last one counts."""

    answer: PageAnswer
    at: int


class Page(msgspec.Struct, frozen=True, gc=False):
    """A page that `by` asked for at `at`, Unix ms; those that a case opens by its acuity are by the system.

    `specialty`, `person`: who is wanted, where that was said. `rings`: the tiers that have rung, in order.
    """

    id: str
    at: int
    by: str
    specialty: str | None = None
    person: str | None = None
    rings: tuple[Ring, ...] = ()
    answers: "Map[str, Answer]" = Map()
    state: PageState = "ringing"

    @property
    def automatic(self) -> bool:
        """Whether the case itself asked, by its acuity."""
        return self.by == SYSTEM

    @property
    def tier(self) -> int:
        """The tier that rings, or has rung last; 0 before the first."""
        return self.rings[-1].tier if self.rings else 0

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom it has rung."""
        return frozenset(person for ring in self.rings for person in ring.people)

    @property
    def accepted_by(self) -> str | None:
        """Who has taken it."""
        return next((person for person, given in self.answers.items() if given.answer == "accept"), None)

    @property
    def waits_for_nobody(self) -> bool:
        """Whether it rings nobody who may still take it: it has rung none yet, or all of this tier have declined."""
        last = self.rings[-1].people if self.rings else ()
        return all(person in self.answers for person in last)


def shown(pages: Mapping[str, Page], named: Callable[[str], str]) -> list[dict[str, Any]]:
    """The newest pages as a folded state has them, the oldest first, with `named` for each person."""
    newest = sorted(pages.values(), key=lambda page: (page.at, page.id))[-MOST_SHOWN:]
    return [_shown(page, named) for page in newest]


def _shown(page: Page, named: Callable[[str], str]) -> dict[str, Any]:
    wanted = {"specialty": page.specialty, "person": named(page.person) if page.person else None}
    return {
        "id": page.id,
        "at": page.at,
        "by": named(page.by),
        **{name: value for name, value in wanted.items() if value is not None},
        "state": page.state,
        "rings": [
            {
                "tier": ring.tier,
                "at": ring.at,
                "deadline_at": ring.deadline_at,
                "people": list(map(named, ring.people)),
            }
            for ring in page.rings
        ],
        "answers": [
            {"person": named(person), "answer": given.answer, "at": given.at}
            for person, given in sorted(page.answers.items(), key=lambda item: (item[1].at, named(item[0])))
        ],
    }
