"""Where channels lead: kept sealed, found again by a keyed digest, shown so that only its owner knows it."""

import hmac
from hashlib import sha256
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import msgspec

from persistence.vault import Vault
from realtime.rooms.wordless import wordless


class Number(msgspec.Struct, frozen=True, tag="number"):
    """A telephone's, as E.164 has it: +, country, number."""

    __repr__ = wordless

    to: str


class Mailbox(msgspec.Struct, frozen=True, tag="mailbox"):
    """An address of e-mail."""

    __repr__ = wordless

    to: str


class Hook(msgspec.Struct, frozen=True, tag="hook"):
    """Where a webhook is called, and what signs it: `secret` as the Standard Webhooks specification writes it."""

    __repr__ = wordless

    url: str
    secret: str


class Subscription(msgspec.Struct, frozen=True, tag="subscription"):
    """A browser's push subscription, its keys as base64url without padding (W3C Push API)."""

    __repr__ = wordless

    endpoint: str
    p256dh: str
    auth: str


Address: TypeAlias = Number | Mailbox | Hook | Subscription

_decoder: Final = msgspec.msgpack.Decoder(Address)


class Keys:
    """What channels are kept with. Both come from the deployment's `vault_key`."""

    def __init__(self, vault_key: bytes) -> None:
        self._vault = Vault(vault_key, "channels")
        self._digests = hmac.digest(vault_key, b"curbside channels and their codes", sha256)

    def sealed(self, channel: str, address: Address) -> bytes:
        """The address of this channel, encrypted."""
        return self._vault.sealed(msgspec.msgpack.encode(address), f"channel {channel}")

    def opened(self, channel: str, sealed: bytes) -> Address:
        """What was sealed for this channel. Raises `ValueError` where it was not, or with another key."""
        try:
            return _decoder.decode(self._vault.opened(sealed, f"channel {channel}"))
        except msgspec.DecodeError:
            raise ValueError("This is no address of a channel.") from None

    def address(self, kind: str, address: Address) -> bytes:
        """The digest under which an address is found."""
        return self._digest("address", kind, place(address))

    def code(self, channel: str, code: str) -> bytes:
        """The digest of a code that was sent by this channel."""
        return self._digest("code", channel, code)

    def _digest(self, *parts: str) -> bytes:
        return hmac.digest(self._digests, msgspec.msgpack.encode(parts), sha256)


def place(address: Address) -> str:
    """What makes this address the one it is."""
    match address:
        case Number(to=to):
            return to
        case Mailbox(to=to):
            return to.lower()
        case Hook(url=url):
            return url
        case Subscription(endpoint=endpoint):
            return endpoint


def shown(address: Address) -> str:
    """As much of it as its owner needs to know which it is."""
    match address:
        case Number(to=to):
            return f"{to[:3]} … {to[-2:]}"
        case Mailbox(to=to):
            name, _, host = to.rpartition("@")
            return f"{name[:1]}…@{host}"
        case Hook(url=url):
            return urlsplit(url).hostname or ""
        case Subscription(endpoint=endpoint):
            return urlsplit(endpoint).hostname or ""
