"""Sockets without a transport of the loop's: a seat costs a file descriptor, one small object and a place in a list.

uvloop's transport takes about a kilobyte. Here one epoll watches all sockets that were taken from it, and the loop
watches that one. Where there is no epoll, or TLS lies in between, the loop's own transport stays.
"""

import asyncio
import ctypes
import errno
import logging
import os
import select
import socket as system
from typing import Any, Final, cast

from uvicorn.protocols.utils import is_ssl

from web.upgrade.narrowing import Narrowing

MOST_READ_A_TURN: Final = 64
READ_BYTES: Final = 16_384
# Who was told goodbye has so long to say so, too. What they send meanwhile is read, and dropped.
GOODBYE_S: Final = 1.0

_IN: Final = getattr(select, "EPOLLIN", 0)
_OUT: Final = getattr(select, "EPOLLOUT", 0)
_LATER: Final = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR)
_NOTHING: Final[dict[str, Any]] = {}
# Of a socket: it is used; nothing more is written to it; it is given back.
_OPEN, _CLOSING, _ENDED = range(3)
# The protocol of a transport whose socket was taken.
_GONE: Final = asyncio.Protocol()

# Python's own `send` gives the interpreter to other threads and takes it back, 10 µs later. A thread that waits for the
# interpreter is woken each time, finds it taken, and never gets to ask for it: a commit could wait for a whole round.
# This call keeps the interpreter; it does not block, as the sockets do not.
_send: Final = ctypes.PyDLL(None, use_errno=True).send
_send.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
_send.restype = ctypes.c_ssize_t
_shutdown: Final = ctypes.PyDLL(None, use_errno=True).shutdown
_shutdown.argtypes = (ctypes.c_int, ctypes.c_int)
_FLAGS: Final = system.MSG_DONTWAIT | getattr(system, "MSG_NOSIGNAL", 0)

logger = logging.getLogger(__name__)


class Sockets:
    """All sockets of one loop that were taken from their transports. Of those that are ready, 64 are read a turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._epoll = select.epoll() if hasattr(select, "epoll") else None
        self._by_fd: list[Socket | None] = []
        self.narrowing = Narrowing()
        if self._epoll is not None:
            loop.add_reader(self._epoll.fileno(), self._ready)

    def take(self, transport: asyncio.Transport, protocol: asyncio.Protocol) -> asyncio.Transport:
        """The socket of `transport` for `protocol`; `transport` itself where that cannot be taken."""
        if self._epoll is None or is_ssl(transport) or transport.get_write_buffer_size():
            return transport
        try:
            fd = os.dup(transport.get_extra_info("socket").fileno())
        except OSError:  # no descriptor is free
            return transport
        try:
            self._epoll.register(fd, _IN)
        except OSError:  # the system watches no more
            os.close(fd)
            return transport
        transport.set_protocol(_GONE)
        transport.abort()  # closes its own descriptor; the connection lives on in ours
        socket = Socket(self, fd, protocol)
        if fd >= len(self._by_fd):
            self._by_fd.extend([None] * (fd + 1 - len(self._by_fd)))
        self._by_fd[fd] = socket
        self.narrowing.open(fd)
        return socket

    def close(self) -> None:
        """Watch no more. What is still open is dropped."""
        if self._epoll is None:
            return
        self._loop.remove_reader(self._epoll.fileno())
        for socket in self._by_fd:
            if socket is not None:
                socket.abort()
        self._epoll.close()
        self._epoll = None

    def watch(self, fd: int, events: int) -> None:
        """Tell this socket of these events from now on; of none, not even of errors, where there are none."""
        if self._epoll is None:
            return
        if events:
            self._epoll.modify(fd, events)
        else:
            self._epoll.unregister(fd)

    def forget(self, fd: int) -> None:
        """Close a descriptor that is watched no more."""
        self._by_fd[fd] = None
        self.narrowing.forget(fd)
        os.close(fd)

    def soon(self, socket: "Socket", error: Exception | None) -> None:
        """Tell the protocol of `socket` that it is gone, in the loop's next turn."""
        self._loop.call_soon(socket.lost, error)

    def later(self, delay_s: float, socket: "Socket") -> None:
        """Abort `socket` after this time, if it is still there."""
        self._loop.call_later(delay_s, socket.abort)

    def _ready(self) -> None:
        if self._epoll is None:
            return
        for fd, events in self._epoll.poll(0, MOST_READ_A_TURN):
            socket = self._by_fd[fd]
            if socket is None:
                continue
            try:
                socket.ready(events)
            except Exception:
                logger.exception("what came over a WebSocket could not be dealt with")
                socket.abort()


class Socket(asyncio.Transport):
    """The transport of one socket. Its buffer is empty, or its protocol is paused: it has no other limit."""

    __slots__ = ("_fd", "_protocol", "_sockets", "_state", "_unsent")

    def __init__(self, sockets: Sockets, fd: int, protocol: asyncio.Protocol) -> None:
        self._extra = _NOTHING
        self._sockets = sockets
        self._fd = fd
        self._protocol: asyncio.Protocol | None = protocol
        self._unsent: bytearray | None = None
        self._state = _OPEN

    # asyncio.Transport

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._state != _OPEN:
            return
        if self._unsent is not None:
            self._unsent += data
            return
        if not isinstance(data, bytes):
            data = bytes(data)
        sent = _send(self._fd, data, len(data), _FLAGS)
        if sent < 0:
            number = ctypes.get_errno()
            if number not in _LATER:
                self._end(OSError(number, os.strerror(number)))
                return
            sent = 0
        if sent < len(data):
            self._unsent = bytearray(memoryview(data)[sent:])
            self._sockets.watch(self._fd, _IN | _OUT)
            self._sockets.narrowing.begin(self._fd)
            cast(asyncio.Protocol, self._protocol).pause_writing()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """`high` is 0, as nothing else is known here."""
        assert not high and not low

    def get_write_buffer_size(self) -> int:
        return len(self._unsent) if self._unsent is not None else 0

    def is_closing(self) -> bool:
        return self._state != _OPEN

    def close(self) -> None:
        if self._state != _OPEN:
            return
        self._state = _CLOSING
        if self._unsent is None:
            self._say_goodbye()
        else:
            self._sockets.watch(self._fd, _OUT)

    def abort(self) -> None:
        if self._state != _ENDED:
            self._end(None)

    # For `Sockets`

    def ready(self, events: int) -> None:
        """Send what is left, or read."""
        if self._unsent is not None and events & ~_IN:
            self._send_on()
        if events & ~_OUT and self._state == _OPEN:
            self._read()
        elif events & ~_OUT and self._state == _CLOSING and self._unsent is None:
            self._await_goodbye()

    def lost(self, error: Exception | None) -> None:
        """Close the socket and tell the protocol."""
        protocol, self._protocol = self._protocol, None
        self._sockets.forget(self._fd)
        if protocol is not None:
            protocol.connection_lost(error)

    def _read(self) -> None:
        try:
            data = os.read(self._fd, READ_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            self._end(error)
            return
        protocol = cast(asyncio.Protocol, self._protocol)
        if data:
            protocol.data_received(data)
        elif not protocol.eof_received():
            if self._unsent is None:
                self._end(None)
            else:
                self.close()

    def _send_on(self) -> None:
        unsent = cast(bytearray, self._unsent)
        try:
            sent = os.write(self._fd, unsent)
        except BlockingIOError:
            return
        except OSError as error:
            self._end(error)
            return
        del unsent[:sent]
        self._sockets.narrowing.taken(self._fd, sent)
        if unsent:
            return
        self._sockets.narrowing.end(self._fd)
        self._unsent = None
        if self._state == _CLOSING:
            self._sockets.watch(self._fd, _IN)
            self._say_goodbye()
            return
        self._sockets.watch(self._fd, _IN)
        cast(asyncio.Protocol, self._protocol).resume_writing()

    def _say_goodbye(self) -> None:
        """End our side, and wait for the other's end.

        Were the socket closed with something unread in it, the kernel would reset the line, and the last that was
        written might not arrive: why the connection ends, and when to come back.
        """
        if _shutdown(self._fd, system.SHUT_WR) < 0:
            self._end(None)
        else:
            self._sockets.later(GOODBYE_S, self)

    def _await_goodbye(self) -> None:
        try:
            if os.read(self._fd, READ_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._end(None)

    def _end(self, error: Exception | None) -> None:
        self._state = _ENDED
        self._unsent = None
        self._sockets.watch(self._fd, 0)
        self._sockets.soon(self, error)
