"""Who may do what, over the wire: every standing, every command, on one's own and on another's post, open and closed.

What is expected comes from the table of rules that the server decides by (tests/realtime/rooms/test_roles.py holds
that one to a table written by hand); here it is asked of a real process over real sockets.
"""

import time
from typing import Any, Final, NamedTuple, get_args

import msgspec
import pytest

from realtime.rooms.command import Command
from realtime.rooms.commands import (
    AnyCommand,
    Flag,
    HandOver,
    Invite,
    Lead,
    Outcome,
    Page,
    PollClose,
    PollOpen,
    PollVote,
    Release,
    Remove,
    Respond,
    Reveal,
)
from realtime.rooms.people import Mode
from realtime.rooms.refusals import Refusal
from realtime.rooms.roles import RULES, Standing
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw, fresh
from tests.endtoend.site import Embedded, Site
from tests.realtime.rooms.test_roles import FIELDS

NO_SEAT: Final = "not_joined"
DONE: Final = "ack"
KINDS: Final[dict[str, type[Command]]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyCommand)}


class Column(NamedTuple):
    """Someone who asks: who they are, how they sit, and what they are in the room."""

    person: str
    mode: Mode | None
    standings: frozenset[Standing]
    presents: bool = False
    removed: bool = False

    @property
    def enters(self) -> bool:
        """Whether they are in the room, or were."""
        return self.mode is not None or self.removed


def column(person: str, mode: Mode | None, *standings: Standing, **more: bool) -> Column:
    return Column(person, mode, frozenset(standings), **more)


COLUMNS: Final = {
    "an invited clinician": column("dan", "contribute", "contributor"),
    "a physician": column("ana", "contribute", "contributor", "physician"),
    "a viewer": column("ana", "follow", "contributor", "physician"),
    "a moderator": column("mo", "contribute", "contributor", "moderator"),
    "an observer": column("obi", "observe"),
    "a clinician who presents": column("cleo", "contribute", "contributor", "presenter", presents=True),
    "a physician who presents": column("ana", "contribute", "contributor", "physician", "presenter", presents=True),
    "a clinician whom nobody invited": column("dan", None),
    "a physician who was removed": column("ana", None, removed=True),
}


@pytest.fixture
def site(embedded: Embedded) -> Site:
    """One process, as what is decided does not depend on their number; a new one, as each opens 60 cases at most."""
    return embedded


@pytest.fixture
async def connections(callers: Callers) -> dict[str, Raw]:
    """A connection of everybody."""
    return {person: await callers.call(person) for person in ("ana", "ben", "cleo", "dan", "mo", "obi", "writer0")}


class Scene:
    """A room for one command: `own` and `other` are posts that it may be about."""

    def __init__(self, callers: Callers, asking: Column, connections: dict[str, Raw]) -> None:
        self._callers = callers
        self._asking = asking
        self._connections = connections
        self._closed: dict[str, tuple[str, str]] = {}

    async def set(self, whose: str, *, closed: bool) -> tuple[str, str]:
        """A room and the post in it that the command is about, one of its asker or of ben.

        It is a new one, but for closed ones: nothing that is asked there changes anything.
        """
        if not closed:
            return await self._new(whose, closed=False)
        if whose not in self._closed:
            self._closed[whose] = await self._new(whose, closed=True)
        return self._closed[whose]

    async def _new(self, whose: str, *, closed: bool) -> tuple[str, str]:
        asking = self._asking
        presenter = asking.person if asking.presents else "cleo"
        room = await self._callers.open_case(presenter, reach="institution")
        await say_why(self._callers, room)
        await self._sit("mo", room)
        guests = {"ben", *((asking.person,) if asking.enters else ())} - {presenter, "mo", "obi"}
        for guest in sorted(guests):
            await self._ask("mo", "invite", room, person=self._person(guest))
        if asking.removed:
            await self._ask("mo", "remove", room, person=self._person(asking.person))
        for person in sorted({presenter, "ben"} - {asking.person}):
            await self._sit(person, room)
        if asking.mode is not None:
            await self._sit(asking.person, room, asking.mode)
        author = asking.person if whose == "own" else "ben"
        target = (await self._ask(author, "post", room, text=said("first"), kind="recommendation"))["re"]
        if closed:
            await self._ask(presenter, "close", room, disposition="advised", summary=said("done"))
        return room, str(target)

    def _person(self, name: str) -> str:
        return str(self._connections[name].me["person"])

    async def _sit(self, person: str, room: str, mode: Mode = "contribute") -> None:
        how = {} if mode == "observe" else {"as": mode}
        joined = await self._connections[person].ask("join", room=room, **how)
        assert joined["t"] == "joined", joined

    async def _ask(self, who: str, t: str, room: str, /, **fields: Any) -> dict[str, Any]:
        answer = await self._connections[who].ask(t, room=room, **fields)
        assert answer["t"] == "ack", answer
        return answer


def expected(kind: type[Command], asking: Column, whose: str, *, closed: bool) -> str:
    """The answer by the table: `ack`, or the code of the refusal."""
    if asking.mode is None:
        return NO_SEAT
    if kind is Flag:  # everybody's goes to the moderators
        return DONE
    if asking.mode == "observe":
        return Refusal.OBSERVER.code
    if closed and kind is not Outcome:
        return Refusal.CLOSED.code
    if asking.mode == "follow":
        return Refusal.READ_ONLY.code
    if kind is Respond:
        return "invalid"  # nobody is asked for in the scene
    standings = asking.standings | ({"author", "opener"} if whose == "own" else set())
    if not RULES[kind].any_of & standings:
        return RULES[kind].refusal.code
    if kind in (Release, Reveal):
        return "invalid"  # the post of the scene has no picture, and nobody has said what they think it is
    if kind is Page:  # the tests' sites ring nobody
        return Refusal.NOBODY_RUNG_HERE.code
    return Refusal.OWN_POST.code if whose == "own" and "stance" in kind.__struct_fields__ else DONE


def fields(kind: type[Command], target: str, guest: str, here: str) -> dict[str, Any]:
    """What a command of this kind says, about `target`, about the person `guest`, or about one who is `here`."""
    given: dict[str, Any] = msgspec.to_builtins(dict(FIELDS[kind]))
    given |= {"target": target} if "target" in given else {}
    given |= {"taken_at": time.time_ns() // 1_000_000} if "taken_at" in given else {}
    given |= {"person": guest} if kind in (Invite, Remove) else {}
    given |= {"person": here} if kind in (HandOver, Lead) else {}
    return given


def about(kind: type[Command], asking: Column) -> tuple[str, ...]:
    """Whose posts a command of this kind may be about, of those who can have one."""
    if "target" not in kind.__struct_fields__:
        return ("none",)
    return ("own", "other") if asking.mode == "contribute" else ("other",)


@pytest.mark.parametrize("name", COLUMNS)
async def test_the_matrix(callers: Callers, connections: dict[str, Raw], name: str) -> None:
    asking = COLUMNS[name]
    guest, here = (str(connections[name].me["person"]) for name in ("writer0", "ben"))
    scene = Scene(callers, asking, connections)
    found, wanted = {}, {}
    for tag, kind in KINDS.items():
        for whose in about(kind, asking):
            for closed in (False, True):
                room, target = await scene.set(whose, closed=closed)
                if kind in (PollVote, PollClose) and not closed:
                    opener = connections[asking.person if whose == "own" else "ben"]
                    polled = await opener.ask("poll_open", room=room, **fields(PollOpen, "", "", ""))
                    target = str(polled["re"])
                if tag == "unpin" and not closed:
                    await connections["mo"].ask("pin", room=room, target=target)
                answer = await connections[asking.person].ask(tag, room=room, **fields(kind, target, guest, here))
                cell = f"{tag} {whose} {'closed' if closed else 'open'}"
                found[cell] = answer.get("code", answer["t"])
                wanted[cell] = expected(kind, asking, whose, closed=closed)
    assert found == wanted


def test_the_matrix_has_every_command_and_every_column_a_standing_of_its_own() -> None:
    assert set(KINDS.values()) == set(FIELDS) == set(RULES)
    assert len({msgspec.json.encode([*one[:2], sorted(one[2]), *one[3:]]) for one in COLUMNS.values()}) == 9


async def test_a_moderator_enters_by_office_only_after_the_reason(
    callers: Callers, connections: dict[str, Raw]
) -> None:
    room = await callers.open_case("cleo", reach="institution")
    refused = await connections["mo"].ask("join", room=room)
    assert (refused["t"], refused["code"]) == ("error", "forbidden")
    for path in READS[:2]:
        assert (await callers.request("GET", path.format(room=room), "mo")).status_code == 403
    await say_why(callers, room)
    assert (await connections["mo"].ask("join", room=room))["t"] == "joined"


async def say_why(callers: Callers, room: str) -> None:
    """Why the moderator enters a case that is not open to them."""
    answer = await callers.request("POST", f"/api/cases/{room}/entry", "mo", json={"reason": "The matrix is tried."})
    assert answer.status_code == 204, answer.text


# Over HTTP

READS: Final = ("/api/cases/{room}", "/api/cases/{room}/events", "/api/archive/{room}")


async def test_who_may_read_over_http(callers: Callers, connections: dict[str, Raw]) -> None:
    for name, asking in COLUMNS.items():
        scene = Scene(callers, asking, connections)
        room, _ = await scene.set("other", closed=True)
        await sealed(connections["mo"], room)
        for path in READS:
            answer = await callers.request("GET", path.format(room=room), asking.person)
            assert (answer.status_code == 200) is (asking.mode is not None), (name, path, answer.text)
            elsewhere = await callers.request("GET", path.format(room=fresh()), asking.person)
            for refused in (elsewhere, *(() if asking.mode else (answer,))):
                assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
            nobody = await callers.request("GET", path.format(room=room))
            assert (nobody.status_code, nobody.json()["code"]) == (401, "unauthenticated")


async def sealed(moderator: Raw, room: str) -> None:
    """Return once the room is sealed."""
    await moderator.until(lambda: any(event["kind"] == "sealed" for event in moderator.events(room)))


async def test_who_may_open_cases_and_who_moderates(callers: Callers) -> None:
    case = {"title": said("t"), "acuity": "routine", "specialties": ["x"], "situation": said("s")}
    case |= {"assessment": said("a"), "request": said("r")}
    for person, status in {"cleo": 201, "ana": 201, "mo": 201, "obi": 403}.items():
        answer = await callers.request("POST", "/api/cases", person, json=case, key=fresh())
        assert answer.status_code == status
        for path in ("flags", "sanctions", "rings", "people/x/sanctions", "bias-watch", "bias-watch/payers.csv"):
            answer = await callers.request("GET", f"/api/moderation/{path}", person)
            assert answer.status_code == (200 if person == "mo" else 403)


@pytest.mark.parametrize("ending", ["", ".csv", ".parquet"])
async def test_who_is_told_the_figures_of_all_cases(callers: Callers, ending: str) -> None:
    for name in ("times", "tallies", "thirds"):
        for person, status in {"cleo": 403, "ana": 200, "mo": 200, "obi": 200, None: 401}.items():
            answer = await callers.request("GET", f"/api/insights/{name}{ending}", person)
            assert answer.status_code == status, (name, person, answer.text)
