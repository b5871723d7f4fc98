"""The shifts of a roster: one by one, or as the CSV of a spreadsheet."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.reach import rosters, shift_files
from persistence.reach.rosters import Entry
from persistence.reach.tables import Roster
from web.api.answers import HEADERS, answer, body, content, no_body, nothing
from web.api.problems import Problem
from web.api.roster_access import RosterAccess
from web.api.shifts import Written
from web.signin.identify import Identity

MOST_FILE_BYTES: Final = 1_048_576


class RosterShifts:
    """`/api/rosters/{id}/shifts` and `/api/rosters/{id}/file`."""

    def __init__(self, access: RosterAccess) -> None:
        self._access = access

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/rosters/{id}/shifts", self.add, methods=["POST"]),
            Route("/api/rosters/{id}/shifts/{shift}", self.remove, methods=["DELETE"]),
            Route("/api/rosters/{id}/file", self.file, methods=["GET"]),
            Route("/api/rosters/{id}/file", self.bring, methods=["POST"]),
        ]

    async def add(self, request: Request) -> Response:
        """201: a shift is written into the roster; `added` is 0 where it stood there."""
        identity = await self._access.changing(request)
        wish = await body(request, Written)
        return await self._put(request, identity, [wish.entry])

    async def remove(self, request: Request) -> Response:
        """204: that shift is no longer in the roster."""
        access, identity = self._access, await self._access.changing(request)
        await no_body(request)

        def write(sql: Sql) -> Roster:
            roster = access.roster(sql, identity, request)
            rosters.clear(sql, roster, [request.path_params["shift"]])
            return roster

        access.note("shifts_changed", identity, await access.written(write))
        return nothing()

    async def file(self, request: Request) -> Response:
        """The shifts as CSV, to be changed and brought again."""
        access, identity = self._access, await self._access.door.identity(request.scope)
        shifts = await access.database.read(lambda sql: rosters.shifts_of(sql, access.roster(sql, identity, request)))
        headers = {**HEADERS, "content-disposition": 'attachment; filename="roster.csv"'}
        return Response(shift_files.written(shifts), 200, headers, "text/csv; charset=utf-8")

    async def bring(self, request: Request) -> Response:
        """201 with how many shifts of the CSV are new; with `?replace=true` those that it lacks go."""
        identity = await self._access.changing(request)
        entries = _entries(await content(request, MOST_FILE_BYTES))
        return await self._put(request, identity, entries, replace=request.query_params.get("replace") == "true")

    async def _put(
        self, request: Request, identity: Identity, entries: Sequence[Entry], *, replace: bool = False
    ) -> Response:
        access = self._access

        def write(sql: Sql) -> tuple[Roster, int]:
            roster = access.roster(sql, identity, request)
            return roster, rosters.put(sql, roster, entries, replace=replace)

        roster, added = await access.written(write)
        access.note("shifts_changed", identity, roster)
        return answer({"added": added}, 201)


def _entries(data: bytes) -> list[Entry]:
    try:
        return shift_files.read(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Problem(422, "invalid", "The file is not in UTF-8. Save it as CSV, in UTF-8.") from None
    except ValueError as error:
        raise Problem(422, "invalid", str(error)) from None
