"""A real SMTP server on this machine, and what it was given."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from drill.servers import Port


class PostOffice:
    """`url` for CURBSIDE_SMTP_URL; `taken` are the mails, with whom they are for.

    `slow_s`: how long it takes over each command before a mail. `scan_s`: how long it looks at each mail before it
    takes it. `bye`: what it says to QUIT.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], Message]] = []
        self.url = ""
        self.slow_s = self.scan_s = 0.0
        self.bye = "221 Bye"
        self.looking = Event()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        await asyncio.sleep(self.slow_s)
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.slow_s)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.slow_s)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.bye

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.looking.set()
        await asyncio.sleep(self.scan_s)
        self.taken.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return "250 OK"

    def code(self, number: int = 1) -> str:
        """The six digits in the mail of this number."""
        payload = self.taken[number - 1][1].get_payload(decode=True)
        assert isinstance(payload, bytes)
        found = re.search(rb"\b\d{6}\b", payload)
        assert found, payload
        return found[0].decode()


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server for as long as the block takes."""
    office = PostOffice()
    port = Port()
    controller = Controller(office, hostname="127.0.0.1", port=port.number)
    controller.start()
    try:
        office.url = f"smtp://127.0.0.1:{controller.port}"
        yield office
    finally:
        controller.stop()
        port.release()
