"""Addresses as people type them, or browsers give them."""

import re
from typing import Annotated, Final

import msgspec

from persistence.channels.addresses import Address, Hook, Mailbox, Number, Subscription
from realtime.rooms.paging.routing import ChannelKind
from realtime.rooms.wordless import wordless
from web.api.problems import Problem
from web.channels.senders import calling, pushing
from web.channels.webhooks import new_secret
from web.settings import Settings

_NUMBER: Final = re.compile(r"\+[1-9]\d{6,14}")
_MAILBOX: Final = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")
_WRITTEN: Final = str.maketrans("", "", " \u00a0-.()/")


class PushKeys(msgspec.Struct, frozen=True):
    """A browser's keys: a point of P-256, and 16 bytes, as base64url."""

    __repr__ = wordless

    p256dh: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{87}=?$")]
    auth: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}(==)?$")]


class Keyed(msgspec.Struct, frozen=True):
    """A subscription as `PushSubscription.toJSON` has it."""

    __repr__ = wordless

    endpoint: Annotated[str, msgspec.Meta(max_length=2_000)]
    keys: PushKeys


def address_of(settings: Settings, kind: ChannelKind, to: str, subscription: Keyed | None) -> Address:
    """The address of a channel of this kind. Raises `Problem` (422), which says what it should be."""
    match kind:
        case "push":
            if subscription is None or not pushing(settings).allow(subscription.endpoint):
                raise _wrong("The subscription is none. Turn push on again.")
            keys = subscription.keys
            return Subscription(subscription.endpoint, keys.p256dh.rstrip("="), keys.auth.rstrip("="))
        case "email":
            if len(to) > 254 or not _MAILBOX.fullmatch(to):
                raise _wrong("This is no address of e-mail. Write it like `name@example.org`.")
            return Mailbox(to)
        case "sms" | "voice":
            number = to.translate(_WRITTEN)
            if not _NUMBER.fullmatch(number):
                raise _wrong("This is no telephone number. Write it with its country, like `+41 44 555 01 00`.")
            return Number(number)
        case "webhook":
            if not calling(settings).allow(to):
                raise _wrong("This address may not be called. Give one that begins with https://, of a host that is.")
            return Hook(to, new_secret())


def _wrong(detail: str) -> Problem:
    return Problem(422, "invalid", detail)
