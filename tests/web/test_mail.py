"""Mail to a real SMTP server."""

import pytest

from drill.servers import Port
from realtime.errors import Unavailable
from tests.web.post_office import post_office
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
