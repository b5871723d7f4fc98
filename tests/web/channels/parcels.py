"""What is to be sent."""

from typing import Any

from persistence.channels.addresses import Address
from persistence.channels.deliveries import Told
from realtime.rooms.notices import Notice
from realtime.rooms.paging.wording import message
from tests.builders import AT, ROOM, ben
from web.channels.outgoing import Rules
from web.channels.sending import Parcel

LOOPBACK = Rules(("127.0.0.0/8",))


def told(**parts: Any) -> Told:
    given: dict[str, Any] = {"id": "n1", "person": "ben", "kind": "page", "text": "Chest pain", "at": AT, "room": ROOM}
    notice = Notice(**given | {"acuity": "stat", "deadline_at": AT + 120_000} | parts)
    return Told(notice, message(notice, ["paediatrics"]), ben.id, ben.handle)


def parcel(address: Address, *those: Told) -> Parcel:
    return Parcel("id1", address, those or (told(),), AT + 120_000)
