"""This node: its name and what it was given at start-up. Everything on the live side shares one."""

import os
import time
from base64 import b32encode
from collections.abc import Callable
from typing import Final

from realtime.backplane.base import Backplane
from realtime.backplane.envelope import Envelope
from realtime.backplane.messages import CardChanged, Message
from realtime.ports import Audit, Awards, Directory, Journal, Moderation, NoticeBook, Observing, Pictures, Recogniser
from realtime.rooms.chain import SALT_BYTES, Salts
from realtime.rooms.identifiers.finding import found
from realtime.rooms.identifiers.gate import Finder
from realtime.rooms.triage.manchester import MINUTES, Minutes
from realtime.second_look import SecondLook
from realtime.spare import Spare
from realtime.telling import Telling
from realtime.wall import Wall
from realtime.weighed import UNWEIGHED, Weigh
from realtime.went_back import WentBack

WORKLIST = "worklist"
NODES = "nodes"
RANDOM_BYTES: Final = 2_048


def room_channel(room: str) -> str:
    """The channel that carries what concerns one room."""
    return f"room:{room}"


class Node:
    """One process that serves rooms. `secret` keys pseudonyms and the backplane's MACs.

    `spare`: the time that its loop has for what can wait. `wall`: its time of day against a steady clock. `went_back`:
    the alarm for a journal that did. `find`: what in a text may tell who a patient is; `second`: who looks besides.
    `changed` is told of each room whose card this node has changed. `rings`: people are rung from here.
    `minutes`: of the colours of triage, as they are in this deployment. `weigh`: what stances and opinions weigh.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        directory: Directory,
        pictures: Pictures,
        audit: Audit,
        observing: Observing,
        moderation: Moderation,
        notices: NoticeBook,
        awards: Awards,
        backplane: Backplane,
        secret: bytes,
        recogniser: Recogniser | None = None,
        minutes: Minutes = MINUTES,
        weigh: Weigh = UNWEIGHED,
    ) -> None:
        self.name = b32encode(os.urandom(5)).decode().lower()
        self.incarnation = self.now_ms()
        self.journal = journal
        self.directory = directory
        self.pictures = pictures
        self.audit = audit
        self.observing = observing
        self.moderation = moderation
        self.notices = notices
        self.awards = awards
        self.telling = Telling(directory, notices)
        self.backplane = backplane
        self.secret = secret
        self.minutes = minutes
        self.weigh = weigh
        self.spare = Spare()
        self.went_back = WentBack(audit)
        self.wall = Wall()
        self.envelope = Envelope(secret, self.name)
        self.second = SecondLook(recogniser) if recogniser else None
        self.find: Finder = self.second.find if self.second else found
        self._random = b""
        self.worklist: Callable[[CardChanged], None] = lambda changed: None
        self.changed: Callable[[str], None] = lambda room: None
        self.rings = True

    def publish(self, channel: str, message: Message) -> None:
        """Tell the other nodes that subscribed to `channel`."""
        if not self.backplane.alone:
            self.backplane.publish(channel, self.envelope.seal(message))

    @staticmethod
    def now_ms() -> int:
        """Unix time in ms."""
        return time.time_ns() // 1_000_000

    def salts(self) -> Salts:
        """Two fresh salts. They are drawn many at once: a call gives the interpreter away."""
        if not self._random:
            self._random = os.urandom(RANDOM_BYTES)
        salts = Salts(self._random[:SALT_BYTES], self._random[SALT_BYTES : 2 * SALT_BYTES])
        self._random = self._random[2 * SALT_BYTES :]
        return salts
