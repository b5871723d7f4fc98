"""One mail told to an SMTP server (RFC 5321), in a thread: it ends in its time, whatever the server does."""

import contextlib
import io
import smtplib
import socket
import ssl
import time
from email.message import EmailMessage
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

TELLING_S: Final = 20.0
"""For everything up to the dot that ends a mail. Before it nothing is sent; who was too slow can be asked again."""
PARTING_S: Final = 2.0


class Server(NamedTuple):
    """Where mail is handed in: `tls` from the start, or else where the server offers it."""

    host: str
    port: int
    tls: bool
    user: str
    password: str


def server(url: str) -> Server:
    """The server at `url`, smtp:// or smtps://."""
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    port = parts.port or (465 if tls else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname or "localhost", port, tls, user, password)


class Dialogue:
    """Hands in one mail. `answer_s`: how long the server may take to say that it has it, once all of it was sent."""

    def __init__(self, server: Server, message: EmailMessage, answer_s: float) -> None:
        self._server = server
        self._message = message
        self._answer_s = answer_s
        self._line: _Line | None = None
        self._over = False

    def hold(self) -> None:
        """Return once the server has taken it; blocks. Raises `SMTPException`, `OSError`."""
        line = self._line = self._connected()
        try:
            if self._over:
                raise ConnectionAbortedError
            self._introduce(line)
            line.send_message(self._message)
        finally:
            line.part()

    def cut(self) -> None:
        """End it from another thread: nobody waits for it any more."""
        self._over = True
        if self._line is not None:
            self._line.hang_up()

    def _connected(self) -> "_Line":
        host, port, answer_s = self._server.host, self._server.port, self._answer_s
        if self._server.tls:
            return _TlsLine(answer_s, host, port, timeout=TELLING_S, context=ssl.create_default_context())
        return _Line(answer_s, host, port, timeout=TELLING_S)

    def _introduce(self, line: "_Line") -> None:
        """A password is sent only over TLS."""
        if not self._server.tls:
            line.ehlo()
            if line.has_extn("starttls"):
                line.starttls(context=ssl.create_default_context())
            elif self._server.user:
                raise smtplib.SMTPNotSupportedError("no TLS, and there is a password")
        if self._server.user:
            line.login(self._server.user, self._server.password)


class _Line(smtplib.SMTP):
    """A connection with one time for all that is said and heard on it: that of the library begins with every byte."""

    def __init__(self, answer_s: float, *given: Any, **named: Any) -> None:
        self._answer_s = answer_s
        self._allow(TELLING_S)
        super().__init__(*given, **named)

    def send(self, s: Any) -> None:
        self.limit()
        super().send(s)
        if not isinstance(s, str):
            # Commands are text. These bytes were the mail, with the dot that ends it: it may be taken from now on.
            self._allow(self._answer_s)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = io.BufferedReader(_Ear(self))
        return super().getreply()

    def limit(self) -> socket.socket:
        """The connection, which has what is left of the time for what comes next. Raises `OSError`."""
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        if self.sock is None:
            raise ConnectionAbortedError
        self.sock.settimeout(left_s)
        return self.sock

    def part(self) -> None:
        """Say goodbye, and no more than that: what the server has said of the mail stands."""
        self._allow(PARTING_S)
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.quit()
        self.close()

    def hang_up(self) -> None:
        """Have whoever reads and writes fail at once, in their thread."""
        line = self.sock
        if line is not None:
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket: that would first let the other thread go on in the clear.
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    def _allow(self, time_s: float) -> None:
        self._until_s = time.monotonic() + time_s


class _TlsLine(_Line, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class _Ear(io.RawIOBase):
    """What is heard on a line: a reply that comes byte by byte has no more time than any other."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.limit().recv_into(buffer)
