"""The posts that a folded room lists, for those who come late: pinned ones, the plan, questions that are open."""

from typing import Any, Final

import msgspec

from realtime.rooms.evidence.refuting import refuted_by
from realtime.rooms.identifiers.masking import masked
from realtime.rooms.people import By
from realtime.rooms.plan import Act
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room

MOST_ENDED: Final = 5
"""So many acts that ended are listed beside all that are open: the last ones."""


class Lister:
    """Lists posts for one reader. `room` is as they may know it; of `now`, as it is, no text goes out that is gone.

    `names`: of observers, who get pseudonyms and masked texts, and nothing of what is hidden from them.
    """

    def __init__(self, room: Room, now: Room, names: Pseudonyms | None) -> None:
        self._room = room
        self._now = now
        self._names = names

    def pinned(self) -> list[dict[str, Any]]:
        """The pinned posts, in the order of their pinning."""
        return [self._post(target) for target in self._room.pinned if self._stands(target)]

    def plan(self) -> list[dict[str, Any]]:
        """What is on the plan, in the order in which each was first taken up, without what ended long ago."""
        ended = sorted((act for act in self._room.acts.values() if not act.open), key=lambda act: act.at)
        listed = {act.target for act in (*self._room.open_acts, *ended[-MOST_ENDED:])}
        return [self._planned(act) for act in self._room.plan if act.target in listed and not self._hides(act.target)]

    def questions(self) -> list[dict[str, Any]]:
        """The questions that wait for somebody, in the order of the log."""
        asked = sorted(self._room.open_questions, key=lambda target: self._room.posts[target].seq)
        return [
            self._post(target) | self._author(target) | {"to": self.name(self._room.open_questions[target])}
            for target in asked
            if self._stands(target)
        ]

    @property
    def observes(self) -> bool:
        """Whether the reader is an observer."""
        return self._names is not None

    def name(self, person: str) -> str:
        """The name under which the reader knows `person`."""
        return self._names.of(person) if self._names else person

    def words(self, text: str | None) -> str | None:
        """`text` as the reader may see it."""
        return masked(text) if self._names and text else text

    def by(self, by: By) -> By:
        """An author as the reader may know them."""
        named = by if self._names is None else msgspec.structs.replace(by, handle="", name="")
        return msgspec.structs.replace(named, person=self.name(by.person))

    def _planned(self, act: Act) -> dict[str, Any]:
        post = self._room.posts[act.target]
        kept = {"version": post.version} | ({"contradicts": post.contradicts} if post.contradicts else {})
        gone = {"retracted": True} if post.retracted else {}
        return self._post(act.target) | self._author(act.target) | kept | gone | {"act": self._act(act)}

    def _act(self, act: Act) -> dict[str, Any]:
        said = {"read_back": act.read_back, "reason": act.reason}
        taken_back = self._names is not None and self._now.posts[act.target].retracted
        words = {} if taken_back else {name: self.words(text) for name, text in said.items() if text is not None}
        plain = {"state": act.state, "by": self.by(act.by), "at": act.at, "version": act.version, "done": act.done}
        return plain | words | {"seq": act.seq}

    def _post(self, target: str) -> dict[str, Any]:
        post = self._room.posts[target]
        refuting = refuted_by(self._room, target)
        return {
            "id": post.id,
            "seq": post.seq,
            "by": self.name(post.by),
            "kind": post.kind,
            "text": self.words(self._now.posts[target].text),
            "agree": len(post.holders("agree")),
            "disagree": len(post.holders("disagree")),
        } | ({"refuted_by": refuting} if refuting else {})

    def _author(self, target: str) -> dict[str, Any]:
        return {"author": self.by(self._room.authors[self._room.posts[target].by])}

    def _stands(self, target: str) -> bool:
        return not self._now.posts[target].retracted and not self._hides(target)

    def _hides(self, target: str) -> bool:
        return self._names is not None and self._now.posts[target].hidden
