"""Where people stood on products in a case, by what the log holds: kinds of posts, contradictions, agreement. Pure.

The words themselves are not understood: a recommendation that names a product counts for it, whatever it says.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from persistence.bias.products import Product, Products
from realtime.rooms.post import Post
from realtime.rooms.room import Room

Mark = Literal["for", "against", "neither"]
Side = Literal["for", "against", "both", "neither", "unnamed"]
SIDES: Final[tuple[Side, ...]] = ("for", "against", "both", "neither", "unnamed")
"""For it; against it; first one and then the other; it was named, or a post that names it answered, without a side;
the person did not name it.
"""
_OPPOSITE: Final[dict[Mark, Mark]] = {"for": "against", "against": "for", "neither": "neither"}


class Stand(NamedTuple):
    """One mark of one person on one product, in a case that was opened at `opened_at` (Unix ms)."""

    room: str
    opened_at: int
    person: str
    product: Product
    mark: Mark


def stands(room: Room, products: Products) -> frozenset[Stand]:
    """All marks of a room, as it is at its end. What was taken back is none."""
    naming = {
        post.id: (post, named)
        for post in room.posts.values()
        if not post.retracted and (named := products.named(post.text))
    }
    found: set[tuple[str, Product, Mark]] = set()
    for post, named in naming.values():
        for product in named:
            mark = _mark(post, product, naming)
            found |= {(person, product, one) for person, one in _held(room, post, mark)}
    case = room.card.case
    return frozenset(Stand(case.id, case.opened_at, *one) for one in found)


def side(marks: Iterable[Mark]) -> Side:
    """What several marks of one person come to."""
    all_ = set(marks)
    if {"for", "against"} <= all_:
        return "both"
    return next((one for one in ("for", "against", "neither") if one in all_), "unnamed")


def by_person(found: Iterable[Stand]) -> dict[tuple[str, str], dict[Product, set[Mark]]]:
    """Marks by room and person, then by product."""
    kept: dict[tuple[str, str], dict[Product, set[Mark]]] = defaultdict(dict)
    for one in found:
        kept[one.room, one.person].setdefault(one.product, set()).add(one.mark)
    return kept


def _mark(post: Post, product: Product, naming: dict[str, tuple[Post, frozenset[Product]]]) -> Mark:
    """What a post that names a product is to it: who contradicts one that names it too is against what that is for."""
    target = naming.get(post.contradicts or "")
    if target is not None and product in target[1]:
        return _OPPOSITE[_plain(target[0])]
    return _plain(post)


def _plain(post: Post) -> Mark:
    return "for" if post.kind == "recommendation" else "neither"


def _held(room: Room, post: Post, mark: Mark) -> Iterable[tuple[str, Mark]]:
    """Who stands where by a post: its author, who agrees, who disagrees, and who contradicts it without its name."""
    yield post.by, mark
    for person in post.holders("agree"):
        yield person, mark
    for person in post.holders("disagree"):
        yield person, _OPPOSITE[mark]
    for other in map(room.posts.get, room.contradicted.get(post.id, ())):
        if other is not None and not other.retracted:
            yield other.by, _OPPOSITE[mark]
