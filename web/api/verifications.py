"""The moderators' queue: what waits, who stands behind it where they say why they look, and their decisions."""

import asyncio
from functools import partial
from typing import Annotated, Any, Final, Literal

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.verification import decisions, documents, identities, requests, vouches
from persistence.verification.judgement import Judgement, judge
from realtime.rooms.wordless import wordless
from web.api.answers import HEADERS, answer, body
from web.api.problems import Problem, forbidden
from web.api.verified import Bureau, told
from web.signin.recent import recent

PAGE: Final = 50
# An identity that was opened with a reason may be looked at for so long.
OPEN_MS: Final = 3_600_000
# A document is the person's own file: it is never shown as part of a page of ours.
_APART: Final = {
    **HEADERS,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]


class Wish(msgspec.Struct, frozen=True):
    """What a moderator decides."""

    __repr__ = wordless

    decision: Literal["approve", "refuse", "more"]
    reason: Reason
    tier: Annotated[int, msgspec.Meta(ge=0, le=3)] | None = None


class Opening(msgspec.Struct, frozen=True):
    """Why a moderator opens an identity."""

    __repr__ = wordless

    reason: Reason


class Verifications:
    """`/api/moderation/verifications` and `/api/moderation/identities`."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/moderation/verifications", self.queue, methods=["GET"]),
            Route("/api/moderation/verifications/{id}/decisions", self.decide, methods=["POST"]),
            Route("/api/moderation/identities/{person}/open", self.open, methods=["POST"]),
            Route("/api/moderation/documents/{id}", self.document, methods=["GET"]),
        ]

    async def queue(self, request: Request) -> Response:
        """The oldest first; `next` goes into `after`. No name, no number: those stand in the identity."""
        await self._bureau.moderator(request)
        waiting, total = await self._bureau.database.read(partial(self._queue, _place(request)))
        following = f"{waiting[-1].at}-{waiting[-1].id}" if len(waiting) == PAGE else None
        return answer({"requests": waiting, "total": total, "next": following})

    async def decide(self, request: Request) -> Response:
        """200 with who has another tier now: every node knows it at once."""
        identity = await self._bureau.moderator(request)
        recent(identity, self._bureau.now_ms())
        wish = await body(request, Wish)
        judgement = Judgement(decision=wish.decision, tier=wish.tier, reason=wish.reason)
        id, by = request.path_params["id"], identity.person.id
        with told():
            changed = await self._bureau.database.write(partial(self._judge, id, by, judgement))
        self._bureau.audit.note("verification_decided", by, detail=wish.decision, what=id, where=identity.address)
        for person in changed:
            self._bureau.audit.note("tier_changed", by, what=person)
        if changed:
            await self._bureau.changed(changed)
        return answer({"changed": changed})

    async def open(self, request: Request) -> Response:
        """200 with who this person is. It is recorded, and the person is shown who looked, when and why."""
        identity = await self._bureau.moderator(request)
        recent(identity, self._bureau.now_ms())
        wish = await body(request, Opening)
        person, by = request.path_params["person"], identity.person.id
        found = await self._bureau.database.write(partial(self._open, person, by, wish.reason))
        note = self._bureau.audit.note
        if found is None:
            note("identity_opened", by, outcome="failed", what=person, where=identity.address)
            raise Problem(404, "not_found", "There is no identity of this person.")
        note("identity_opened", by, what=person, where=identity.address, why=wish.reason)
        return answer(found)

    async def document(self, request: Request) -> Response:
        """The document itself, for who has opened its owner's identity within the hour."""
        identity = await self._bureau.moderator(request)
        recent(identity, self._bureau.now_ms())
        id, by = request.path_params["id"], identity.person.id
        found, allowed = await self._bureau.database.read(partial(self._document, id, by))
        if found is None:
            raise Problem(404, "not_found", "There is no such document, or it was removed.")
        if not allowed:
            raise forbidden("Open this person's identity first, and say why.")
        person, kind, sealed = found
        self._bureau.audit.note("document_read", by, detail=id, what=person, where=identity.address)
        content = await asyncio.to_thread(documents.opened, self._bureau.keys, id, sealed)
        return Response(content, 200, {**_APART, "content-disposition": "inline"}, kind)

    def _queue(self, after: requests.Place, sql: Sql) -> tuple[list[requests.Waiting], int]:
        return requests.waiting(sql, self._bureau.keys, after, PAGE), requests.waiting_count(sql)

    def _judge(self, id: str, by: str, judgement: Judgement, sql: Sql) -> list[str]:
        bureau = self._bureau
        return judge(sql, bureau.keys, bureau.policy, id, by, judgement, bureau.now_ms())

    def _open(self, person: str, by: str, reason: str, sql: Sql) -> dict[str, Any] | None:
        keys = self._bureau.keys
        found = identities.open_for(sql, keys, person, by, reason, self._bureau.now_ms())
        if found is None:
            return None
        return {
            "identity": found,
            "documents": documents.given(sql, person),
            "decisions": decisions.of_person(sql, keys, person),
            "vouched_by": [
                {"vouch": one, "refused": vouches.refused(sql, one.person)} for one in vouches.for_person(sql, person)
            ],
        }

    def _document(self, id: str, by: str, sql: Sql) -> tuple[tuple[str, str, bytes] | None, bool]:
        found = documents.sealed(sql, id)
        since = self._bureau.now_ms() - OPEN_MS
        return found, found is not None and identities.opened_since(sql, found[0], by, since)


def _place(request: Request) -> requests.Place:
    text = request.query_params.get("after")
    if text is None:
        return requests.FIRST
    at, dash, id = text.partition("-")
    if not (dash and at.isascii() and at.isdigit() and len(at) < 17 and id.isascii() and len(id) <= 26):
        raise Problem(422, "invalid", "`after` is the `next` of the page before, as it was given.")
    return int(at), id
