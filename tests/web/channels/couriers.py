"""Couriers of one database. As a program it is one that can be killed: `python -m tests.web.channels.couriers DB`."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlmodel import Session, col, select

from persistence.channels import own
from persistence.channels.addresses import Address, Hook, Keys, Mailbox
from persistence.channels.own import Owner
from persistence.channels.tables import Channel, Delivery
from persistence.database import Database
from persistence.moderation.notices import notify
from persistence.sqlite import Sqlite
from realtime.rooms.notices import Notice
from realtime.rooms.paging.routing import ChannelKind
from tests.web.channels.parcels import LOOPBACK
from web.channels.courier import Courier
from web.channels.outgoing import Outgoing
from web.channels.sending import Sender
from web.channels.webhooks import Webhooks, new_secret
from web.channels.webpush import Vapid, WebPush
from web.clock import now_ms

KEYS: Final = Keys(b"k" * 32)
SECOND_MS: Final = 20_000


def courier(
    database: Database,
    clock: Callable[[], int] = now_ms,
    senders: Mapping[str, Sender] | None = None,
    keys: Keys = KEYS,
) -> Courier:
    usual: dict[str, Sender] = {
        "webhook": Webhooks(Outgoing(LOOPBACK), "", clock),
        "push": WebPush(Vapid(b"v" * 32, "mailto:a@example.org"), Outgoing(LOOPBACK), clock),
    }
    return Courier(
        database=database, keys=keys, senders=usual if senders is None else senders, now_ms=clock, second_ms=SECOND_MS
    )


async def add(database: Database, kind: ChannelKind, address: Address, person: str = "ben") -> str:
    """The id of a channel of this person."""
    parts: dict[str, Any] = {"kind": kind, "label": "", "address": address, "now_ms": now_ms()}
    return (await database.write(lambda sql: own.add(sql, KEYS, Owner(person=person), **parts))).id


async def hook(database: Database, url: str, person: str = "ben") -> str:
    return await add(database, "webhook", Hook(url, new_secret()), person)


async def mailbox(database: Database, person: str = "ben") -> str:
    """A mailbox whose code came back."""
    made = await add(database, "email", Mailbox(f"{person}@example.org"), person)

    def prove(session: Session) -> None:
        session.get_one(Channel, made).verified_at = now_ms()

    await database.write(prove)
    return made


async def tell(database: Database, id: str = "n1", person: str = "ben", **parts: Any) -> None:
    given: dict[str, Any] = {"kind": "page", "text": "t", "acuity": "stat", "at": now_ms(), **parts}
    await database.write(lambda sql: notify(sql, [Notice(id=id, person=person, **given)]))


async def rows(database: Database) -> list[Delivery]:
    wanted = select(Delivery).order_by(col(Delivery.notice), col(Delivery.channel))
    return await database.read(lambda sql: list(sql.exec(wanted).all()))


if __name__ == "__main__":
    asyncio.run(courier(Sqlite(sys.argv[1])).run())
