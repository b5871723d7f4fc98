"""Which interests of an author stand beside what they say, and what of them observers are told."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from realtime.rooms.drugs.inn import other_names
from realtime.rooms.interests.interest import Interest, Stated
from realtime.rooms.names import normalised

MOST_STATED: Final = 5


def stated(interests: Sequence[Interest], text: str) -> list[Stated]:
    """At most five of `interests`: first those with a product that `text` names, under any name, then the newest."""
    if len(interests) > 1:
        words = f" {normalised(text)} "
        newest = sorted(interests, key=lambda one: one.since, reverse=True)
        interests = sorted(newest, key=lambda one: not _is_named(one, words))
    return [Stated(one.nature, one.payer, one.since, one.source) for one in interests[:MOST_STATED]]


def touched(interests: Sequence[Interest], text: str) -> bool:
    """Whether `text` names a product that any of `interests` is about, under any name."""
    words = f" {normalised(text)} " if interests else ""
    return any(_is_named(interest, words) for interest in interests)


def natures_only(interests: Sequence[Stated]) -> list[Stated]:
    """What observers are told of `interests`: each nature once. Who pays could tell who is paid."""
    return [Stated(nature) for nature in dict.fromkeys(one.nature for one in interests)]


def _is_named(interest: Interest, words: str) -> bool:
    return any(name in words for product in interest.products for name in _names(product))


@lru_cache(maxsize=4_096)
def _names(product: str) -> tuple[str, ...]:
    """Every name of the drug, between spaces, as `normalised` writes it."""
    written = (normalised(name) for name in (product, *other_names(product)))
    return tuple(f" {name} " for name in written if name)
