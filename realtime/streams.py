"""The event streams of this node, and the way to those of the others: what is posted may arrive at any node.

A post is answered once its frames were handed over to the connection, here or on the node that holds it: where no
answer comes they may be lost or not, and their client sends them again, with the same ids.
"""

import asyncio
from collections.abc import Sequence
from hashlib import blake2b
from hmac import compare_digest
from itertools import count
from secrets import token_urlsafe
from typing import Final

from realtime.backplane.messages import HandedOver, How, Posted
from realtime.connections import Connections
from realtime.errors import Unavailable
from realtime.node import Node

ANSWERED_S: Final = 2.0
MAC_BYTES: Final = 16


def node_channel(node: str) -> str:
    """The channel of what concerns one node alone."""
    return f"node:{node}"


class Streams:
    """Gives keys, and hands frames over to the connections that they are of.

    A key is a name and its MAC. Nodes tell each other the name alone: who listens to the backplane cannot post with it.
    """

    def __init__(self, node: Node, connections: Connections) -> None:
        self._node = node
        self._connections = connections
        self._secret = blake2b(node.secret, person=b"curbside streams").digest()
        self._numbers = count()
        self._awaited: dict[int, asyncio.Future[How]] = {}
        self._under_way: set[str] = set()

    @property
    def channel(self) -> str:
        """What this node listens to."""
        return node_channel(self._node.name)

    def new_key(self) -> str:
        """A key for a connection of this node. Each node of the deployment sees that one of them made it."""
        name = f"{self._node.name}.{token_urlsafe(24)}"
        return f"{name}.{self._mac(name)}"

    async def hand_over(self, key: str, person: str | None, frames: Sequence[bytes]) -> How:
        """Give `frames` to the connection with this key; `person`, where known, is who posts them.

        Raises `Unavailable` where its node does not answer.
        """
        name, _, mac = key.rpartition(".")
        holder = name.partition(".")[0]
        if not compare_digest(mac.encode(), self._mac(name).encode()):
            return "gone"
        if holder == self._node.name:
            return self._given(name, person, frames)
        if self._node.backplane.alone:
            return "gone"
        if name in self._under_way:
            return "busy"
        self._under_way.add(name)
        try:
            return await self._carried(holder, name, person, frames)
        finally:
            self._under_way.discard(name)

    def posted(self, message: Posted) -> None:
        """Another node has taken a post for a connection that should be here."""
        how = self._given(message.connection, message.person, message.frames)
        self._node.publish(node_channel(message.node), HandedOver(message.number, how))

    def handed_over(self, message: HandedOver) -> None:
        """Another node says what became of a post."""
        answer = self._awaited.get(message.number)
        if answer is not None and not answer.done():
            answer.set_result(message.how)

    def _given(self, name: str, person: str | None, frames: Sequence[bytes]) -> How:
        stream = self._connections.stream(name)
        if stream is None or not stream.alive:
            return "gone"
        if person not in (None, stream.person.id):
            return "foreign"
        stream.take(frames)
        return "taken"

    async def _carried(self, holder: str, name: str, person: str | None, frames: Sequence[bytes]) -> How:
        number = next(self._numbers)
        answer: asyncio.Future[How] = asyncio.get_running_loop().create_future()
        self._awaited[number] = answer
        self._node.publish(node_channel(holder), Posted(self._node.name, number, name, person, list(frames)))
        try:
            async with asyncio.timeout(ANSWERED_S):
                return await answer
        except TimeoutError:
            raise Unavailable("The node that holds this connection does not answer. Post the same again.") from None
        finally:
            del self._awaited[number]

    def _mac(self, name: str) -> str:
        return blake2b(name.encode(), key=self._secret, digest_size=MAC_BYTES).hexdigest()
