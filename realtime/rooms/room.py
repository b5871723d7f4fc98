"""A room's state, folded from its events."""

import msgspec
from immutables import Map

from realtime.rooms.card import Card
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.paging.page import Page
from realtime.rooms.post import Post


class Room(msgspec.Struct, frozen=True):
    """A room after `seq` events; `at` is the time of the last, Unix ms. Before `opened` there is no room.

    `pictures`: the post of each picture.
    """

    card: Card
    seq: int
    at: int
    posts: "Map[str, Post]" = Map()
    pictures: "Map[str, str]" = Map()
    pages: "Map[str, Page]" = Map()
    pinned: tuple[str, ...] = ()
    sealed_upto: int = 0

    @property
    def presenter(self) -> str:
        """Who opened the case, or took it over."""
        return self.card.case.presenter

    @property
    def observers(self) -> ObserverSwitch:
        """How observers see the room."""
        return self.card.case.observers
