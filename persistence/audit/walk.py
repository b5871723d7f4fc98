"""Walking a chain from its cut to its head: each link made again, held against checkpoints. Online: pages at a time."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from realtime.rooms.chain import Head


class Link(NamedTuple):
    """What stands at one place; `made` makes its digest again from the one before, None where that cannot be."""

    number: int
    digest: bytes
    made: Callable[[bytes], bytes | None]


class Page(NamedTuple):
    """Some links in order, and the head as it was when they were read; None where there is none."""

    links: Sequence[Link]
    head: Head | None


class Claim(NamedTuple):
    """That `checkpoint` says: at this place stood this digest."""

    digest: bytes
    checkpoint: int


class Walked(NamedTuple):
    """How many links there are, and the first thing that is wrong, in one sentence, or None."""

    links: int
    wrong: str | None


async def walk(
    named: str, unit: str, start: Head, read: Callable[[int], Awaitable[Page]], claims: dict[int, Claim]
) -> Walked:
    """Walk on from `start`. `named`: the chain, for people; `unit`: one of its links. Raises `Unavailable`."""
    at, count = start, 0
    while True:
        page = await read(at.seq)
        for link in page.links:
            wrong = _wrong_at(named, unit, at, link, claims)
            if wrong is not None:
                return Walked(count, wrong)
            at, count = Head(link.number, link.digest), count + 1
        if not page.links:
            return Walked(count, _wrong_end(named, unit, at, page.head, claims))


def _wrong_at(named: str, unit: str, at: Head, link: Link, claims: dict[int, Claim]) -> str | None:
    expected = at.seq + 1
    if link.number > expected:
        return f"{unit} {expected} of {named} was removed."
    if link.made(at.digest) != link.digest:
        return f"{unit} {expected} of {named} was changed, added or moved."
    claim = claims.get(link.number)
    if claim is not None and claim.digest != link.digest:
        upto = f"{unit.lower()} {expected}"
        return f"{named[0].upper()}{named[1:]} was written anew up to {upto}: checkpoint {claim.checkpoint} differs."
    return None


def _wrong_end(named: str, unit: str, at: Head, head: Head | None, claims: dict[int, Claim]) -> str | None:
    beyond = max((number for number in claims if number > at.seq), default=None)
    if beyond is not None:
        signed = claims[beyond].checkpoint
        return f"{unit} {at.seq + 1} of {named} was removed: checkpoint {signed} says that it went to {beyond}."
    if head is None:
        return f"{unit} {at.seq} of {named} was added: there is no head of it." if at.seq else None
    if head.seq > at.seq:
        return f"{unit} {at.seq + 1} of {named} was removed: its head is at {head.seq}."
    if head != at:
        return f"{unit} {head.seq + 1} of {named} was added, or its head was changed."
    return None
