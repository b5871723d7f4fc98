"""Notices by e-mail: one in a mail, or all that were gathered."""

from typing import Final

from persistence.channels.addresses import Mailbox
from realtime.errors import Unavailable
from web.channels.sending import NotSent, Parcel
from web.mail import Mail

ANSWER_S: Final = 600.0
"""What failed is sent again. Whether a mail has failed only the server knows: RFC 5321 §4.5.3.2.6 gives it so long."""


class Mailing:
    """Sends by the deployment's mail server. `link`: as `Webhooks` has it."""

    def __init__(self, mail: Mail, link: str) -> None:
        self._mail = mail
        self._link = link

    async def send(self, parcel: Parcel) -> None:
        """Return once the mail server has taken it."""
        assert isinstance(parcel.address, Mailbox)
        messages = [told.message for told in parcel.told]
        subject = messages[0].title if len(messages) == 1 else f"Curbside: {len(messages)} notices"
        text = "\n\n".join(f"{message.text}\n{self._link + message.path if self._link else ''}" for message in messages)
        try:
            await self._mail.send(parcel.address.to, subject, text.strip() + "\n", parcel.id, answer_s=ANSWER_S)
        except Unavailable:
            raise NotSent("mail_refused") from None
        except ValueError:
            raise NotSent("bad_address", gone=True) from None

    async def close(self) -> None:
        """There is nothing to end: each mail has its own connection."""
