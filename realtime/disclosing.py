"""Giving people the answers that were withheld from them: after they have given their own, or when a topic opens."""

from collections.abc import Iterable, Iterator

from realtime.frames import Form
from realtime.rooms.blind import OPINIONS, Blind, topic
from realtime.rooms.copies import Audience
from realtime.tail import Copier, Told


class Disclosing:
    """The blind answers of one room, from its first event on: whoever answers late is owed the early ones.

    `answers` are those, by topic. A seat that moves from one position to another is told besides what it may read now
    and was sent withheld before.
    """

    def __init__(self, copier: Copier, answers: Iterable[Told]) -> None:
        self._copier = copier
        self.answers: dict[str, list[Told]] = {}
        self._opened: dict[tuple[int, Audience, Form], bytes] = {}
        for item in answers:
            self.push(item)

    def push(self, item: Told) -> None:
        """Keep `item` if it is an answer that is given blind."""
        if (name := topic(item.event.body)) is not None:
            self.answers.setdefault(name, []).append(item)

    def frames(self, person: str, audience: Audience, form: Form, after: int, upto: int) -> bytes:
        """What a seat of `person` that has moved from `after` to `upto` may now read; maybe nothing."""
        blinds = self._copier.room.blinds
        parts = [
            self._of_topic(blinds[name], answers, person, audience, form, after, upto)
            for name, answers in self.answers.items()
            if audience == "contributors" or name == OPINIONS  # of ballots observers are told the sum
        ]
        return b"".join(parts)

    def _of_topic(
        self, blind: Blind, answers: list[Told], person: str, audience: Audience, form: Form, after: int, upto: int
    ) -> bytes:
        if blind.open_at(upto):
            return b"" if blind.open_at(after) else self._all(_between(answers, 0, upto), audience, form)
        if not blind.given_at(person, upto):
            return b""
        since = after if blind.given_at(person, after) else 0
        return b"".join(self._made(_between(answers, since, upto), person, audience, form, upto))

    def _all(self, items: list[Told], audience: Audience, form: Form) -> bytes:
        """All answers to a topic that is open: the same bytes for everybody who comes as far, or later."""
        last = items[-1].event.seq if items else 0
        key = (last, audience, form)
        if key not in self._opened:
            self._opened[key] = b"".join(self._made(items, None, audience, form, self._copier.room.seq))
        return self._opened[key]

    def _made(
        self, items: list[Told], person: str | None, audience: Audience, form: Form, upto: int
    ) -> Iterator[bytes]:
        while items:
            frame, last = self._copier.disclosed(items, audience, form, upto, person)
            yield frame
            items = _between(items, last, upto)


def _between(answers: list[Told], after: int, upto: int) -> list[Told]:
    return [item for item in answers if after < item.event.seq <= upto]
