"""Webhooks, signed as the Standard Webhooks specification (1.0) says: any of its libraries verifies them."""

import hmac
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any, Final

import msgspec

from persistence.channels.addresses import Hook
from persistence.channels.deliveries import Told
from realtime.rooms.paging.wording import TEST
from web.channels.outgoing import Outgoing
from web.channels.sending import NotSent, Parcel, refused
from web.clock import Clock

SECRET_BYTES: Final = 32
_PREFIX: Final = "whsec_"


class Webhooks:
    """Calls systems of others: pagers, hospitals. `link`: the address of the page at a path."""

    def __init__(self, outgoing: Outgoing, link: str, now_ms: Clock) -> None:
        self._outgoing = outgoing
        self._link = link
        self._now_ms = now_ms

    async def send(self, parcel: Parcel) -> None:
        """Return once it was answered with 2xx; with 410 it is never called again."""
        assert isinstance(parcel.address, Hook)
        content = msgspec.json.encode(payload(parcel.told[0], self._link))
        now_s = self._now_ms() // 1_000
        headers = {
            "content-type": "application/json",
            "user-agent": "Curbside",
            "webhook-id": parcel.id,
            "webhook-timestamp": str(now_s),
            "webhook-signature": signature(parcel.address.secret, parcel.id, now_s, content),
        }
        answer = await self._outgoing.post(parcel.address.url, headers, content)
        if not 200 <= answer.status < 300:
            raise NotSent(refused(answer.status), gone=answer.status == 410)

    async def close(self) -> None:
        """End every connection."""
        await self._outgoing.close()


def new_secret() -> str:
    """A secret for one webhook."""
    return _PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, id: str, now_s: int, content: bytes) -> str:
    """What `webhook-signature` says of this content."""
    key = b64decode(secret.removeprefix(_PREFIX))
    signed = hmac.digest(key, f"{id}.{now_s}.".encode() + content, sha256)
    return f"v1,{b64encode(signed).decode()}"


def payload(told: Told, link: str) -> dict[str, Any]:
    """What a webhook is told: whom it is for, how urgent it is, until when; nothing of a case but its link."""
    notice, said = told.notice, told.message
    return {
        "type": f"notice.{notice.kind}",
        "timestamp": notice.at,
        "data": {
            "notice": notice.id,
            "person": told.person,
            "handle": told.handle,
            "acuity": notice.acuity,
            "deadline_at": notice.deadline_at,
            "text": said.text,
            "test": said is TEST,
            "url": link + said.path if link else None,
        },
    }
