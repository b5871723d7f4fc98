"""How the page feels in the machine's Chromium: on a slow line, while much is said, and in a long case."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from bench.browser_flow import PER_S, SECONDS, flowing
from bench.browser_opening import opened_long, opened_slowly
from bench.child import Child
from bench.figures import Figure
from bench.node import Node
from bench.paced import Paced, Place, exact_loop
from bench.sites import FASTER, Sites, open_cases

AUTHORS: Final = 10
BEFORE: Final = 50
LONG: Final = 10_000
FILL_PER_S: Final = 500


def measure(sites: Sites) -> Iterator[Figure]:
    """One site on SQLite; its people's posts are made by a process of their own."""
    site = sites.embedded(**FASTER)
    with site.node() as node:
        (reader,), authors = site.tokens("physician", 1), site.tokens("physician", AUTHORS)
        short, live, long = open_cases(node, site.tokens("clinician", 3))
        _fill(node, authors, short, BEFORE)
        yield from asyncio.run(opened_slowly(node, reader, short))
        with Child(partial(Paced, [Place(node.port, authors[0], live)]), exact_loop) as author:
            author.ask(Paced.sit)
            yield from asyncio.run(flowing(node, reader, live, lambda: author.ask(Paced.post, PER_S, SECONDS)))
        _fill(node, authors, long, LONG)
        yield from asyncio.run(opened_long(node, reader, long))


def _fill(node: Node, tokens: Sequence[str], room: str, posts: int) -> None:
    places = [Place(node.port, token, room) for token in tokens]
    with Child(partial(Paced, places), exact_loop) as authors:
        authors.ask(Paced.sit)
        authors.ask(Paced.post, FILL_PER_S, posts / FILL_PER_S)
