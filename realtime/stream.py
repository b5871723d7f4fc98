"""One event stream with what is posted to it: the twin of a WebSocket, for networks that let none pass."""

import asyncio
from collections.abc import Sequence
from typing import Any

from realtime.errors import NotAFrame
from realtime.frames import STREAMED
from realtime.socket import Connection, Listener


class EventStream(Connection):
    """A connection whose frames come by other requests, with its `key`; over its own line it only sends."""

    __slots__ = ("_key",)

    def __init__(self, listener: Listener, *, key: str, **given: Any) -> None:
        super().__init__(listener, encoding="json", **given)
        self.form = STREAMED
        self._key = key

    @property
    def key(self) -> str:
        """Whoever has it may post as this connection: a secret of its client's."""
        return self._key

    @property
    def name(self) -> str:
        """The part of the key that is no secret."""
        return self._key.rpartition(".")[0]

    def take(self, payloads: Sequence[bytes]) -> None:
        """Take the frames of one post, in order."""
        self.heard_at = asyncio.get_running_loop().time()
        for payload in payloads:
            if not self.alive or self._too_many():
                return
            try:
                self._hear(payload)
            except NotAFrame as error:
                self.close(4400, str(error))

    # asyncio.Protocol

    def data_received(self, data: bytes) -> None:
        """Nothing may follow the request that opened it: it would have no answer."""
        self.abort()
