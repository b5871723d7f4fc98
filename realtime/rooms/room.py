"""A room's state, folded from its events."""

import msgspec
from immutables import Map

from realtime.rooms.blind import Blinds
from realtime.rooms.card import Card
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.opinions.opinion import Opinion
from realtime.rooms.paging.page import Page
from realtime.rooms.people import By
from realtime.rooms.plan import Act, Asked
from realtime.rooms.poll import Poll
from realtime.rooms.post import Post
from realtime.rooms.vitals.readings import Readings


class Room(msgspec.Struct, frozen=True):
    """A room after `seq` events; `at` is the time of the last, Unix ms. Before `opened` there is no room.

    `pictures`: the post of each picture. `acts`: what became of each recommendation that was taken up.
    `open_questions`: for whom each waits. `authors`: who has posted, as they were when they did last. `hand_over`: who
    was asked to take the case over and has not answered yet. `readings`: vital signs as they went. `blinds`: what is
    answered blind. `opinions`: by person what they think it is. `contradicted`: by post those that contradict it, in
    order. By the last outcome, `right`: the posts that it supports; `wrong`: by post the outcome that contradicts it.
    """

    card: Card
    seq: int
    at: int
    posts: "Map[str, Post]" = Map()
    pictures: "Map[str, str]" = Map()
    pages: "Map[str, Page]" = Map()
    pinned: tuple[str, ...] = ()
    acts: "Map[str, Act]" = Map()
    polls: "Map[str, Poll]" = Map()
    open_questions: "Map[str, str]" = Map()
    authors: "Map[str, By]" = Map()
    lead: str | None = None
    hand_over: Asked | None = None
    sealed_upto: int = 0
    readings: "Readings" = Map()
    blinds: "Blinds" = Map()
    opinions: "Map[str, Opinion]" = Map()
    contradicted: "Map[str, tuple[str, ...]]" = Map()
    right: frozenset[str] = frozenset()
    wrong: "Map[str, str]" = Map()

    @property
    def presenter(self) -> str:
        """Who opened the case, or took it over."""
        return self.card.case.presenter

    @property
    def observers(self) -> ObserverSwitch:
        """How observers see the room."""
        return self.card.case.observers

    def hands_over(self, page: str) -> bool:
        """Whether `page` is the id of the hand-over that waits for an answer."""
        return self.hand_over is not None and self.hand_over.id == page

    @property
    def plan(self) -> list[Act]:
        """What is on the plan, in the order in which each was first taken up."""
        return sorted(self.acts.values(), key=lambda act: act.seq)

    @property
    def open_acts(self) -> list[Act]:
        """What on the plan is still to be done."""
        return [act for act in self.plan if act.open]

    @property
    def open_polls(self) -> list[Poll]:
        """The polls that take ballots, in the order in which they were opened."""
        return sorted((poll for poll in self.polls.values() if poll.open), key=lambda poll: poll.seq)
