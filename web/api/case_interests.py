"""The interests of somebody in a case, for those who work on it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from realtime.ports import Directory
from realtime.rooms.refusals import Refusal, Refused
from realtime.showing import Rooms, entered, is_of
from web.api.answers import answer, case_id
from web.api.interested import InterestDesk
from web.api.problems import forbidden
from web.api.reads import noted


class CaseInterests:
    """`/api/cases/{id}/people/{person}/interests`."""

    def __init__(self, desk: InterestDesk, live: Rooms, directory: Directory) -> None:
        self._desk = desk
        self._live = live
        self._directory = directory

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/people/{person}/interests", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """The interests that are in force, of somebody who is here, has posted, presents or was invited."""
        identity = await self._desk.door.identity(request.scope)
        if identity.person.role == "observer":
            raise forbidden("Observers are told that somebody has an interest and its nature, in the case itself.")
        room, about = case_id(request), request.path_params["person"]
        with noted(self._desk.audit, "interests_read", identity.person, room, about[:36], where=identity.address):
            host = await entered(self._live, room, identity.person)
            if not is_of(host, about):
                raise Refused(Refusal.NOT_FOUND)
            person = await self._directory.person(about)
        return answer({"interests": person.interests if person is not None else ()})
