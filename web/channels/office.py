"""What the pages do with channels beside the courier: add them, prove them, try them out at once."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final

from sqlmodel import Session as Sql

from persistence.channels import deliveries, own
from persistence.channels.addresses import Address, Keys
from persistence.channels.deliveries import Told
from persistence.channels.own import Owner, Shown
from persistence.channels.tables import Channel
from persistence.people import new_id
from realtime.rooms.notices import Notice
from realtime.rooms.paging.routing import ChannelKind
from realtime.rooms.paging.wording import TEST, Message
from realtime.rooms.people import Person
from web.api.problems import Problem
from web.channels.senders import senders, vapid
from web.channels.sending import NotSent, Parcel, Sender, parcel_id
from web.part import House
from web.signin.identify import Identity

TEST_MS: Final = 60_000
WAIT_S: Final = 30.0
"""Somebody waits on the page; a mail server that takes longer may still deliver."""


class Office:
    """Channels of people and of institutions. Made on the process's event loop."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self.house = house
        self.door = house.door
        self.database = house.database
        self.now_ms = house.now_ms
        self.keys = Keys(house.vault_key)
        self.senders: Mapping[str, Sender] = senders(settings)
        self.push_key = vapid(settings).public
        self.second_s = settings.second_channel_s

    def note(self, act: str, identity: Identity, kind: str, channel: str) -> None:
        """Put on the audit what was done with a channel."""
        self.house.audit.note(act, identity.person.id, detail=kind, what=channel, where=identity.address)

    async def added(self, owner: Owner, kind: ChannelKind, label: str, address: Address) -> Shown:
        """The channel. Raises `Problem` where there is no such kind here, or the owner has too many."""
        if kind not in self.senders:
            raise Problem(422, "invalid", "This server cannot send by that. Ask who runs it, or take another channel.")
        now_ms = self.now_ms()

        def write(sql: Sql) -> Shown:
            return own.add(sql, self.keys, owner, kind=kind, label=label, address=address, now_ms=now_ms)

        try:
            return await self.database.write(write)
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None

    async def found(self, owner: Owner, channel: str) -> Channel:
        """This channel of this owner's. Raises `Problem` (404)."""
        row = await self.database.read(lambda sql: own.found(sql, owner, channel))
        if row is None:
            raise Problem(404, "not_found", "You have no such channel.")
        return row

    async def send_code(self, channel: str) -> None:
        """Send a fresh code by this channel. Raises `Problem` (503) where it did not go."""
        now_ms = self.now_ms()
        code = await self.database.write(lambda sql: own.make_code(sql, self.keys, channel, now_ms))
        row = await self.database.read(lambda sql: sql.get_one(Channel, channel))
        said = " ".join(code) if row.kind == "voice" else code
        error = await self._sent(
            row, Message("Curbside", f"Your code is {said}. It is good for 15 minutes.", "/"), "", ""
        )
        if error is not None:
            detail = f"The code did not go ({error}). Check the address, then have a new one sent."
            raise Problem(503, "unavailable", detail, retry_after_ms=5_000)

    async def test(self, channel: str, person: Person) -> str | None:
        """Send a test by this channel, on record; the class of what went wrong, or None."""
        row = await self.database.read(lambda sql: sql.get_one(Channel, channel))
        id = new_id()
        error = await self._sent(row, TEST, person.id, person.handle, id)
        now_ms = self.now_ms()
        await self.database.write(partial(deliveries.note_test, channel=row, notice=id, error=error, now_ms=now_ms))
        return error

    async def close(self) -> None:
        """End every connection."""
        for sender in self.senders.values():
            await sender.close()

    async def _sent(self, row: Channel, message: Message, person: str, handle: str, id: str = "") -> str | None:
        now_ms = self.now_ms()
        notice = Notice(id=id or new_id(), person=person, kind="page", text="", at=now_ms)
        told = (Told(notice, message, person, handle),)
        sender = self.senders.get(row.kind)
        if sender is None:
            return "not_configured"
        try:
            address = self.keys.opened(row.id, row.sealed)
            async with asyncio.timeout(WAIT_S):
                await sender.send(Parcel(parcel_id(notice.id, row.id), address, told, now_ms + TEST_MS))
        except TimeoutError:
            return "timeout"
        except ValueError:
            return "other_key"
        except NotSent as why:
            return why.error
        return None
