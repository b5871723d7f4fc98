"""What ties a person to a payer, and what of it an event keeps."""

from typing import Literal

import msgspec

Source = Literal["declared", "imported"]
"""By the person themself, or read from Open Payments."""


class Interest(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One interest that is in force. `since`: a day, a month or a year of ISO 8601. `products`: names, or INNs.

    `payer_id`: the payer's own id, of Open Payments or another register, where one is known.
    """

    payer: str
    nature: str
    since: str
    source: Source
    products: tuple[str, ...] = ()
    payer_id: str = ""


class Stated(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An interest of an event's author, as it was then. Observers are told its nature only."""

    nature: str
    payer: str = ""
    since: str = ""
    source: Source | None = None
