"""Vouching: a physician at T3 answers for a colleague whom they know."""

from functools import partial
from typing import Annotated, Final
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.people import HANDLE_CHARS, by_handle
from persistence.verification import vouches
from persistence.verification.wrong import Wrong
from web.api.answers import answer, body, nothing
from web.api.problems import Problem
from web.api.verified import Bureau, told
from web.limits import Limits

PER_HOUR: Final = 30


class Vouch(msgspec.Struct, frozen=True):
    """Whom one answers for."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]


class Vouching:
    """`/api/vouches`."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau
        self._limits = Limits(PER_HOUR, PER_HOUR)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/vouches", self.vouch, methods=["POST"]),
            Route("/api/vouches/{person}", self.revoke, methods=["DELETE"]),
        ]

    async def vouch(self, request: Request) -> Response:
        """201: one answers for this person from now on; both see it."""
        voucher = (await self._bureau.doctor(request)).person.id
        self._limits.check(voucher)
        wish = await body(request, Vouch)
        with told():
            vouched = await self._bureau.database.write(partial(self._vouch, voucher, wish.handle))
        self._bureau.audit.note("vouched", voucher, what=vouched)
        await self._bureau.reconsider(vouched)
        return answer({"person": vouched}, 201)

    async def revoke(self, request: Request) -> Response:
        """204: one no longer answers for this person. A tier that rested on it goes at once."""
        voucher = (await self._bureau.doctor(request)).person.id
        vouched = request.path_params["person"]
        now_ms = self._bureau.now_ms()
        if not await self._bureau.database.write(lambda sql: vouches.revoke(sql, voucher, vouched, now_ms)):
            raise Problem(404, "not_found", "You do not answer for this person.")
        self._bureau.audit.note("vouch_revoked", voucher, what=vouched)
        await self._bureau.reconsider(vouched)
        return nothing()

    def _vouch(self, voucher: str, handle: str, sql: Sql) -> str:
        other = by_handle(sql, normalize("NFC", handle))
        if other is None:
            raise Wrong("Nobody here has this handle. Check how it is written.")
        vouches.vouch(sql, voucher, other.id, self._bureau.now_ms())
        return other.id
