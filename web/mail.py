"""Mail over SMTP, plain text, by the standard library in threads of its own: a server that hangs holds up nobody."""

import asyncio
import smtplib
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import Final

from realtime.errors import Unavailable
from web.smtp import Dialogue, server

AT_ONCE: Final = 4
ANSWER_S: Final = 15.0
"""Long enough for whoever will not send it again."""


class Mail:
    """Sends from `sender` by the server at `url`, smtp:// (STARTTLS where it is offered) or smtps://.

    A password is sent only over TLS.
    """

    def __init__(self, url: str, sender: str) -> None:
        self._server = server(url)
        self._sender = sender
        self._turns = ThreadPoolExecutor(AT_ONCE, "curbside-mail")

    async def send(self, to: str, subject: str, text: str, id: str = "", *, answer_s: float = ANSWER_S) -> None:
        """Return once the server has taken it. Raises `Unavailable`.

        `id`: the same when the same is sent again, so that mailboxes can tell (RFC 5322 §3.6.4). `answer_s`: how long
        the server may take once it has all of it. Four are sent at once; the time of others begins with their turn.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        if id:
            message["Message-ID"] = f"<{id}@{self._sender.rpartition('@')[2]}>"
        message.set_content(text)
        dialogue = Dialogue(self._server, message, answer_s)
        try:
            await asyncio.get_running_loop().run_in_executor(self._turns, dialogue.hold)
        except (smtplib.SMTPException, OSError):
            raise Unavailable("The mail could not be sent. Try again in a moment.") from None
        except asyncio.CancelledError:
            dialogue.cut()
            raise
