"""Mail over SMTP, plain text, by the standard library in a thread: a server that hangs holds up nobody."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from realtime.errors import Unavailable

TIMEOUT_S: Final = 15.0
_AT_ONCE: Final = 4


class Mail:
    """Sends from `sender` by the server at `url`, smtp:// (STARTTLS where it is offered) or smtps://.

    A password is sent only over TLS.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def send(self, to: str, subject: str, text: str, id: str = "") -> None:
        """Return once the server has taken it. Raises `Unavailable`.

        `id`: the same when the same is sent again, so that mailboxes can tell (RFC 5322 §3.6.4).
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        if id:
            message["Message-ID"] = f"<{id}@{self._sender.rpartition('@')[2]}>"
        message.set_content(text)
        async with self._turns:
            try:
                await asyncio.to_thread(self._deliver, message)
            except (smtplib.SMTPException, OSError):
                raise Unavailable("The mail could not be sent. Try again in a moment.") from None

    def _deliver(self, message: EmailMessage) -> None:
        with self._server() as server:
            if not self._tls:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=ssl.create_default_context())
                elif self._user:
                    raise smtplib.SMTPNotSupportedError("no TLS, and there is a password")
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)

    def _server(self) -> smtplib.SMTP:
        if self._tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
