"""Mail to a real SMTP server."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from drill.servers import Port
from realtime.errors import Unavailable
from tests.web.post_office import post_office
from web import smtp
from web.mail import Mail


async def test_a_mail_arrives_as_it_was_sent() -> None:
    with post_office() as office:
        await Mail(office.url, "curbside@example.org").send("a@example.org", "A subject", "Åse, 123456\n")
        ((to, message),) = office.taken
    payload = message.get_payload(decode=True)
    assert to == ["a@example.org"] and message["from"] == "curbside@example.org" and message["subject"] == "A subject"
    assert isinstance(payload, bytes) and payload.decode().strip() == "Åse, 123456"


async def test_a_password_is_not_sent_where_there_is_no_tls() -> None:
    with post_office() as office:
        mail = Mail(office.url.replace("smtp://", "smtp://user:secret@"), "curbside@example.org")
        with pytest.raises(Unavailable, match="could not be sent"):
            await mail.send("a@example.org", "A subject", "Words")
        assert office.taken == []


async def test_a_server_that_is_away_is_said() -> None:
    port = Port()
    port.release()
    with pytest.raises(Unavailable, match="could not be sent"):
        await Mail(f"smtp://127.0.0.1:{port.number}", "curbside@example.org").send("a@example.org", "A", "B")


async def test_no_header_is_smuggled_in_with_an_address() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        await Mail("smtp://127.0.0.1", "c@example.org").send("a@example.org\r\nBcc: b@example.org", "A", "B")


async def test_who_is_slow_before_the_end_of_a_mail_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TELLING_S", 0.5)
    with post_office() as office:
        office.slow_s = 0.2
        with pytest.raises(Unavailable):
            await Mail(office.url, "curbside@example.org").send("a@example.org", "A", "B")
        await asyncio.sleep(1)
        assert office.taken == [], "no thread goes on with what is said to have failed"


async def test_whether_it_was_taken_is_waited_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TELLING_S", 0.5)
    with post_office() as office:
        office.scan_s = 1
        await Mail(office.url, "curbside@example.org").send("a@example.org", "A", "B")
        assert len(office.taken) == 1


async def test_what_was_taken_was_taken_whatever_is_said_to_the_goodbye() -> None:
    with post_office() as office:
        office.bye = "421 Away"
        await Mail(office.url, "curbside@example.org").send("a@example.org", "A", "B")
        assert len(office.taken) == 1


async def test_a_reply_that_comes_byte_by_byte_has_no_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TELLING_S", 0.3)
    with stuttering() as url:
        began_s = time.monotonic()
        with pytest.raises(Unavailable):
            await Mail(url, "curbside@example.org").send("a@example.org", "A", "B")
        assert time.monotonic() - began_s < 2


async def test_who_waits_no_longer_leaves_no_thread_behind() -> None:
    with post_office() as office:
        office.scan_s = 60
        mail = Mail(office.url, "curbside@example.org")
        sending = asyncio.create_task(mail.send("a@example.org", "A", "B", answer_s=60))
        assert await asyncio.to_thread(office.looking.wait, 5)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        began_s = time.monotonic()
        await asyncio.to_thread(mail._turns.shutdown)
        assert time.monotonic() - began_s < 5


@contextmanager
def stuttering() -> Iterator[str]:
    """The URL of a server that says the beginning of a greeting, very slowly."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with suppress(OSError), listening.accept()[0] as line:
                for _ in range(100):
                    line.sendall(b"2")
                    time.sleep(0.05)

        thread = Thread(target=greet)
        thread.start()
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()
