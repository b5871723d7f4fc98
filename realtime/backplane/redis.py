"""The backplane over Redis 7 or Valkey: publish-subscribe, on a Cluster sharded. Nothing is ever stored there.

redis-py opens the lines (TLS, sign-in) and speaks the protocol. Its pools, retries, silent reconnections and its client
of Sentinel, which is made of them, are not used: what may have been lost must be known, and nothing may happen twice.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from redis.asyncio import Connection, SSLConnection
from redis.asyncio.connection import parse_url
from redis.exceptions import RedisError, ResponseError

from realtime.backplane.cluster import Members
from realtime.backplane.guide import Alone, Guide
from realtime.backplane.line import Command, DialAt, ErrorReply, Lost
from realtime.backplane.sentinels import Sentinels
from realtime.backplane.sharded import ShardedBackplane
from realtime.backplane.slots import Address
from realtime.backplane.urls import Login, Place, placed

CONNECT_S = 1.0
ANSWER_S = 1.0
# uvloop raises RuntimeError where one writes to a transport that is closed.
BROKEN = (RedisError, OSError, RuntimeError)


class RedisBackplane(ShardedBackplane):
    """Carries over the Redis at `url`: `redis://`, `redis+cluster://` or `redis+sentinel://`, with TLS `rediss…`.

    Raises `ValueError` where `url` is none of these, with one sentence that holds nothing of it.
    """

    def __init__(self, url: str) -> None:
        place = placed(url)
        tls = _tls(place)
        dial = Dialler(place.login, tls).dialled
        super().__init__(dial, _guide(place, dial, Dialler(place.sentinel_login, tls).dialled))


class Tls(NamedTuple):
    """What redis-py makes of the ssl_ options, and one context for all lines: to make it stops the loop."""

    options: dict[str, Any]
    context: Any


class Dialler:
    """Opens lines with one login, over TLS where that is given."""

    def __init__(self, login: Login, tls: Tls | None) -> None:
        # RESP3 would write every message into a debug log; CLIENT SETINFO would be one command more to allow.
        fixed = {"protocol": 2, "driver_info": None, "socket_timeout": None, "socket_connect_timeout": CONNECT_S}
        self._options: dict[str, Any] = {**login._asdict(), **fixed, **(tls.options if tls else {})}
        self._tls = tls

    async def dialled(self, address: Address) -> "RedisLine":
        """A line to the server at `address`, bounded in time. Raises `Lost`."""
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
        connection.ssl_context = self._tls.context
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
            return _refusal(error)
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


def _guide(place: Place, dial: DialAt, dial_sentinel: DialAt) -> Guide:
    match place.kind:
        case "cluster":
            return Members(dial, place.addresses)
        case "sentinel":
            return Sentinels(dial_sentinel, place.addresses, place.service)
        case _:
            return Alone(place.addresses[0])


def _refusal(error: ResponseError) -> ErrorReply:
    """Of what the server said only the code, such as READONLY or MISCONF, which redis-py strips where it knows it."""
    word = error.status_code or str(error).partition(" ")[0]
    return ErrorReply(word if word.isalpha() and word.isupper() else type(error).__name__)


def _tls(place: Place) -> Tls | None:
    if not place.tls:
        return None
    try:
        given: dict[str, Any] = dict(parse_url(f"rediss://localhost?{place.tls_query}"))
        options = {name: value for name, value in given.items() if name.startswith("ssl_")}
        context = SSLConnection(**options).ssl_context
        context.get()
    except (OSError, TypeError, ValueError, RedisError):
        raise ValueError("The ssl_ options of the Redis URL name something that is unknown or not readable.") from None
    return Tls(options, context)
