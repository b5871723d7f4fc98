"""SMS and calls, by the gateway that the operator has chosen."""

from typing import Final

from persistence.channels.addresses import Number
from web.channels.gateway import Template
from web.channels.outgoing import Outgoing
from web.channels.sending import NotSent, Parcel, refused

_LATER: Final = frozenset({401, 403, 408, 429, *range(500, 600)})
"""Answers that may be another one once somebody has seen to it; others mean this number, and this text."""


class Phones:
    """Sends by one template. `link`: as `Webhooks` has it."""

    def __init__(self, template: Template, outgoing: Outgoing, link: str) -> None:
        self._template = template
        self._outgoing = outgoing
        self._link = link

    async def send(self, parcel: Parcel) -> None:
        """Return once the gateway has taken it: whether a phone rings, it does not say."""
        assert isinstance(parcel.address, Number)
        message = parcel.told[0].message
        text = f"{message.text} {self._link + message.path}" if self._link else message.text
        places = {"to": parcel.address.to, "text": text, "id": parcel.id}
        url, headers, content = self._template.request(places)
        answer = await self._outgoing.call(self._template.method, url, headers, content)
        if self._template.went_well(*answer):
            return
        taken = 200 <= answer.status < 300
        error = "not_taken" if taken else refused(answer.status)
        raise NotSent(error, final=not taken and answer.status not in _LATER)

    async def close(self) -> None:
        """End every connection."""
        await self._outgoing.close()
