"""A cluster whose Redis is two servers, watched by three sentinels."""

from typing import Any

from drill.cluster import Cluster
from drill.sentinel import RedisSentinel
from drill.site import blocking


class Watched(Cluster):
    """`sentinels`: all five. Lines to them cannot be spoilt."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.sentinels = RedisSentinel()
        self.environment["CURBSIDE_REDIS_URL"] = self.sentinels.url
        self._entered = False

    async def start(self) -> None:
        if not self._entered:
            self._entered = True
            await blocking(self.sentinels.__enter__)
            self.stack.push_async_callback(blocking, self.sentinels.__exit__)
        await blocking(self.sentinels.start)
        await super().start()
