"""The documents that people give of themselves: each sealed as it comes, taken back at will."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.verification import documents
from web.api.answers import answer, content, nothing
from web.api.problems import Problem
from web.api.verified import Bureau, told
from web.limits import Limits

PER_HOUR: Final = 30


class OwnDocuments:
    """`/api/me/documents`."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau
        self._limits = Limits(PER_HOUR, PER_HOUR)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/documents", self.give, methods=["POST"]),
            Route("/api/me/documents/{id}", self.take_back, methods=["DELETE"]),
        ]

    async def give(self, request: Request) -> Response:
        """201 with the document as lists have it: the body is its content, PDF, JPEG or PNG."""
        person = (await self._bureau.doctor(request)).person
        self._limits.check(person.id)
        given = await content(request, documents.MOST_BYTES)
        with told():
            document = await asyncio.to_thread(documents.prepared, self._bureau.keys, given)
            now_ms = self._bureau.now_ms()
            kept = await self._bureau.database.write(lambda sql: documents.keep(sql, person.id, document, now_ms))
        self._bureau.audit.note("document_given", person.id, what=kept.id)
        await self._bureau.reconsider(person.id)
        return answer(kept, 201)

    async def take_back(self, request: Request) -> Response:
        """204: the document is gone."""
        person = (await self._bureau.doctor(request)).person
        document = request.path_params["id"]
        if not await self._bureau.database.write(lambda sql: documents.remove(sql, person.id, document)):
            raise Problem(404, "not_found", "You have given no such document.")
        return nothing()
