"""The backplane over Redis 7 or Valkey: publish-subscribe, on a Cluster sharded. Nothing is ever stored there.

redis-py opens the lines (TLS, sign-in) and speaks the protocol. Its pools, retries and silent reconnections are not
used: what may have been lost must be known, and nothing may happen twice.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from redis.asyncio import Connection, SSLConnection
from redis.asyncio.connection import parse_url
from redis.exceptions import RedisError, ResponseError

from realtime.backplane.line import Command, ErrorReply, Lost
from realtime.backplane.sharded import ShardedBackplane
from realtime.backplane.slots import Address

CONNECT_S = 1.0
ANSWER_S = 1.0
DEFAULT_PORT = 6_379
SCHEMES = ("redis", "rediss", "redis+cluster", "rediss+cluster")
# uvloop raises RuntimeError where one writes to a transport that is closed.
BROKEN = (RedisError, OSError, RuntimeError)


class RedisBackplane(ShardedBackplane):
    """Carries over the Redis at `url`: `redis://`, `rediss://` (TLS), `redis+cluster://` or `rediss+cluster://`.

    Raises `ValueError` where `url` is none of these, with one sentence that holds nothing of it.
    """

    def __init__(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        self._options = _options(scheme, rest)
        self._tls = _tls(self._options) if scheme.startswith("rediss") else None
        home = Address(self._options.pop("host"), self._options.pop("port", DEFAULT_PORT))
        super().__init__(self._dialled, home, cluster=scheme.endswith("+cluster"))

    async def _dialled(self, address: Address) -> "RedisLine":
        connection = self._connection(address)
        try:
            async with asyncio.timeout(CONNECT_S):
                await connection.connect()  # type: ignore[no-untyped-call]
        except BROKEN as error:
            await connection.disconnect(nowait=True)
            raise Lost(type(error).__name__) from error
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        return RedisLine(connection)

    def _connection(self, address: Address) -> Connection:
        if self._tls is None:
            return Connection(host=address.host, port=address.port, **self._options)
        connection = SSLConnection(host=address.host, port=address.port, **self._options)
        # One context for all: to read the authorities' certificates anew would stop the loop.
        connection.ssl_context = self._tls
        return connection


class RedisLine:
    """A line over one connection of redis-py that is used once."""

    def __init__(self, connection: Connection) -> None:
        assert connection._writer is not None
        self._connection = connection
        # Kept, because redis-py can only close it, which waits for a peer that may never read.
        self._writer = connection._writer

    async def send(self, commands: Sequence[Command]) -> None:
        """Send these together, in order; bounded in time."""
        if not self._connection.is_connected:
            raise Lost("closed")
        packed = self._connection.pack_commands(commands)
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._connection.send_packed_command(packed, check_health=False)
        except BROKEN as error:
            raise Lost(type(error).__name__) from error

    async def reply(self) -> Any:
        """The next reply, as the server sent it, or an `ErrorReply`. Waits as long as it takes."""
        try:
            return await self._connection.read_response()
        except ResponseError as error:
            return ErrorReply(type(error).__name__)
        except BROKEN as error:
            raise Lost(type(error).__name__) from error

    async def ask(self, commands: Sequence[Command]) -> list[Any]:
        """Send these together and return their replies; bounded in time."""
        try:
            async with asyncio.timeout(ANSWER_S):
                await self.send(commands)
                return [await self.reply() for _ in commands]
        except TimeoutError:
            raise Lost("no answer") from None

    async def quiet(self) -> bool:
        """Whether the line is open and nothing that was not asked for has come: it may be used."""
        try:
            return not self._writer.is_closing() and not await self._connection.can_read()
        except BROKEN:
            return False

    def cut(self) -> None:
        """Break the line at once; whoever waits on it gets `Lost`."""
        self._writer.transport.abort()

    async def close(self) -> None:
        """Break the line and wait until it is gone."""
        self.cut()
        with suppress(*BROKEN):
            await self._connection.disconnect(nowait=True)
            await self._writer.wait_closed()


def _options(scheme: str, rest: str) -> dict[str, Any]:
    """What redis-py needs to open a line. Publish-subscribe knows no numbered databases, so none is chosen."""
    try:
        parts = urlsplit(f"redis://{rest}")
        names = [name for name, _ in parse_qsl(parts.query, strict_parsing=bool(parts.query))]
        foreign = [name for name in names if not (name.startswith("ssl_") and scheme.startswith("rediss"))]
        if scheme not in SCHEMES or not parts.hostname or foreign:
            raise ValueError
        given: dict[str, Any] = dict(parse_url(f"{scheme.removesuffix('+cluster')}://{rest}"))
    except ValueError:
        raise ValueError(
            "The Redis URL must be redis://HOST:PORT (rediss:// with TLS, redis+cluster:// for a Cluster), with its "
            "password percent-encoded and, of options, only ssl_* with TLS."
        ) from None
    given.pop("connection_class", None)
    given.pop("db", None)
    # RESP3 would write every message into a debug log; CLIENT SETINFO would be one command more to allow.
    return given | {"protocol": 2, "driver_info": None, "socket_timeout": None, "socket_connect_timeout": CONNECT_S}


def _tls(options: dict[str, Any]) -> Any:
    try:
        context = SSLConnection(**options).ssl_context
        context.get()
    except (OSError, TypeError, ValueError, RedisError):
        raise ValueError("The ssl_ options of the Redis URL name something that is unknown or not readable.") from None
    return context
