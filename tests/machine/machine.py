"""Random doings and failures over one room on three nodes, of which every promise is asked after each step."""

import asyncio
from collections.abc import Coroutine
from itertools import count
from typing import Any, ClassVar, Final, Literal, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from realtime.rooms.commands import Amend, AnyCommand, Close, Corroborate, Invite, Pin, Post, Remove, Retract, Unpin
from tests.builders import ana, ask, ben, cleo, mo
from tests.machine.fleet import Fleet
from tests.machine.ground import NODES, Ground
from tests.machine.speaker import Speaker
from tests.machine.unruly import AppendFault

ROUNDS: Final = 6
"""How often everyone comes back after all was mended, until all is answered: one round would do but for races."""
LATE: Final = 12
"""How long the log is from which on somebody may close the room."""

_keys = count(1)

ANA, BEN, CLEO, MO = range(4)
speakers = st.sampled_from([ANA, BEN, CLEO])
nodes = st.integers(0, NODES - 1)
faults: st.SearchStrategy[AppendFault] = st.sampled_from(
    ["refused", "lost", "late", "landed", "landed, no look-up", "stuck", "landed, stuck"]
)


class Wish(NamedTuple):
    """A kind of command with its fields; by whom, and about whose posts, it is not refused at once."""

    kind: type[AnyCommand]
    fields: dict[str, Any]
    by: tuple[int, ...] = (ANA, BEN)
    about: Literal["own", "others", "any", "none"] = "none"


wishes = st.sampled_from(
    [
        *[Wish(Post, {"text": "x"}, (ANA, BEN, CLEO))] * 2,
        *[Wish(Corroborate, {"stance": stance}, about="others") for stance in ("agree", "disagree", "withdraw")],
        Wish(Amend, {"text": "y"}, about="own"),
        Wish(Retract, {"reason": "x"}, about="own"),
        Wish(Pin, {}, (CLEO,), "any"),
        Wish(Unpin, {}, (CLEO,), "any"),
        Wish(Remove, {"person": "ana"}, (CLEO,)),
        Wish(Invite, {"person": "ana"}, (CLEO,)),
    ]
)
spoken = st.lists(st.tuples(wishes, st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=3)


class RoomMachine(RuleBasedStateMachine):
    """ana, ben and cleo speak, mo follows. A subclass says on which ground.

    What is drawn depends on nothing but what was drawn: which of two that race comes first, chance decides.
    """

    ground: ClassVar[Ground]
    runner: ClassVar[asyncio.Runner]

    def __init__(self) -> None:
        super().__init__()
        self.fleet = Fleet(self.ground, f"key{next(_keys)}")
        self.whole = True
        self._went_back = False
        self._names = count(1)
        self._commands: list[tuple[int, AnyCommand]] = []

    @initialize(at=st.tuples(nodes, nodes, nodes, nodes))
    def begin(self, at: tuple[int, int, int, int]) -> None:
        async def begin() -> None:
            await self.fleet.begin()
            for person, number in zip((ana, ben, cleo), at[1:], strict=True):
                self.fleet.seat(person, number)
            self.fleet.seat(mo, at[0], **{"as": "follow"})
            await self.fleet.check()

        self._do(begin())
        self._send([(ANA, self._ask(Post, text="x"))])
        self._send([(BEN, self._ask(Post, text="x"))])

    # What people do

    @rule(who=st.lists(speakers, min_size=1, max_size=4))
    def post(self, who: list[int]) -> None:
        """Posts of one or of several, at one moment."""
        self._send([(one, self._ask(Post, text="x")) for one in who])

    @rule(wanted=spoken)
    def speak(self, wanted: list[tuple[Wish, int, int]]) -> None:
        """Commands of all kinds, at one moment, about the newest posts."""
        self._send([self._wanted(*one) for one in wanted])

    @rule(wanted=spoken)
    def speak_on(self, wanted: list[tuple[Wish, int, int]]) -> None:
        """The same: people speak more often than anything else happens, and not all rules are used in each example."""
        self.speak(wanted)

    @rule(which=st.integers(0, 9), times=st.integers(1, 2))
    def resend(self, which: int, times: int) -> None:
        """A command that was sent before, whatever became of it."""
        if self._commands:
            self._send([self._commands[-1 - which % len(self._commands)]] * times)

    @rule(which=st.integers(0, 9), who=speakers)
    def take_a_used_id(self, which: int, who: int) -> None:
        """Another content under the id of a command that was sent before."""
        if self._commands:
            name = self._commands[-1 - which % len(self._commands)][1].id
            self._send([(who, self._ask(Post, id=name, text=f"z{next(self._names)}"))])

    @rule(beside=st.booleans())
    def close(self, beside: bool) -> None:
        """The presenter closes, when there was something to read; perhaps another speaks at the same moment."""
        if len(self.fleet.ledger.log) < LATE:
            return
        commands = [(ANA, self._ask(Post, text="x"))] if beside else []
        self._send([*commands, (CLEO, self._ask(Close, disposition="x", summary="x"))])

    @rule(who=st.integers(0, 3), number=nodes)
    def move(self, who: int, number: int) -> None:
        """Lose the connection and come back, to any node."""
        self._move(who, number)

    # What fails

    @rule(number=nodes)
    def crash(self, number: int) -> None:
        """A node is killed, and started again; those who were there come back at once."""
        self._do(self._crashed(number))

    @rule(number=nodes, fault=faults)
    def spoil_the_next_append(self, number: int, fault: AppendFault) -> None:
        self.ground.journals[number].log.fault = fault

    @rule(number=nodes)
    def land_what_is_late(self, number: int) -> None:
        self._do(self.ground.journals[number].log.land())

    @rule(number=nodes, away=st.sampled_from([True, False, False]))
    def lose_or_find_the_database(self, number: int, away: bool) -> None:
        for journal in self.ground.journals:
            journal.away &= away
        self.ground.journals[number].away = away

    @rule(numbers=st.sets(nodes, min_size=1))
    def hold_messages_back(self, numbers: set[int]) -> None:
        for number in numbers:
            self.fleet.backplanes[number].holding = True

    @rule(number=nodes, order=st.lists(st.integers(0, 5), max_size=6))
    def let_messages_go(self, number: int, order: list[int]) -> None:
        """In this order: some twice, some never."""
        backplane = self.fleet.backplanes[number]
        backplane.holding = False
        if backplane.held:
            self._do(_now(lambda: backplane.deliver(order)))

    @rule(number=nodes, times=st.integers(1, 3))
    def repeat_messages(self, number: int, times: int) -> None:
        self._do(_now(lambda: self.fleet.backplanes[number].repeat(times)))

    @rule()
    def cut_connections(self) -> None:
        self._do(self.ground.cut())

    @rule(number=nodes)
    def let_a_second_pass(self, number: int) -> None:
        self._do(self.fleet.second(number))

    @rule(number=nodes, wish=wishes, back=st.integers(0, 1))
    def speak_where_nothing_is_heard(self, number: int, wish: Wish, back: int) -> None:
        """A node hears nothing of what is said elsewhere, and is then asked about just that."""
        self._move(CLEO, (number + 1) % NODES)
        self._move(BEN, number)
        self.fleet.backplanes[number].holding = True
        self._send([(CLEO, self._ask(Post, text="x"))])
        self._do(self.fleet.check())
        self._send([(BEN, self._wanted(wish, BEN, back)[1])])

    @rule(lost=st.integers(1, 2), number=nodes)
    def restore_a_backup(self, lost: int, number: int) -> None:
        """The journal goes back. One node is started anew, and there they go on; another one does not know it yet."""
        if self._went_back or len(self.fleet.ledger.log) <= lost + 1:
            return
        self._went_back = True
        self._move(BEN, (number + 1) % NODES)
        self._do(self.fleet.go_back(lost))
        self._do(self._crashed(number))
        self._move(CLEO, number)
        self._send([(CLEO, self._ask(Post, text="x"))])
        self._do(self.fleet.check())
        self._send([(BEN, self._ask(Post, text="x"))])

    # What must hold

    @invariant()
    def every_promise_holds(self) -> None:
        self._do(self.fleet.check())

    def settle(self) -> None:
        """Mend everything: then all are shown the same, and every command has its answer."""
        self._do(self._mended())
        for _ in range(ROUNDS):
            if not (waiting := [speaker for speaker in self.fleet.speakers if self._lacks(speaker)]):
                break
            self._do(self._tried_again(waiting))
        assert not any(speaker.unanswered for speaker in self.fleet.speakers), "a command was never answered"
        self.fleet.ledger.ends()
        for speaker in self.fleet.speakers:
            if speaker.seated:
                self._do(self._reads_all(speaker))

    def teardown(self) -> None:
        try:
            if self.whole and self.fleet.room:
                self.settle()
        finally:
            self.runner.run(self.fleet.end())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            self.runner.run(work)
        except BaseException:
            self.whole = False
            raise

    def _move(self, who: int, number: int) -> None:
        self._do(_now(lambda: self.fleet.join(self.fleet.speakers[who], number)))
        self._do(self.fleet.check())

    def _wanted(self, wish: Wish, who: int, back: int) -> tuple[int, AnyCommand]:
        author = wish.by[who % len(wish.by)]
        if wish.about == "none":
            return author, self._ask(wish.kind, **wish.fields)
        person = self.fleet.speakers[author].person.id
        posts = sorted(self.fleet.ledger.room.posts.values(), key=lambda post: post.seq)
        names = [post.id for post in posts if wish.about == "any" or (post.by == person) == (wish.about == "own")]
        target = names[-1 - back % len(names)] if names else "nothing"
        return author, self._ask(wish.kind, **wish.fields, target=target)

    def _ask(self, kind: type[AnyCommand], **fields: Any) -> AnyCommand:
        return ask(kind, **{"id": f"c{next(self._names)}", "room": self.fleet.room} | fields)

    def _send(self, commands: list[tuple[int, AnyCommand]]) -> None:
        """Send all of these before anything is answered."""
        self._commands += commands

        def send() -> None:
            for who, command in commands:
                self.fleet.speakers[who].sends(command)

        self._do(_now(send))

    async def _crashed(self, number: int) -> None:
        there = [speaker for speaker in self.fleet.speakers if speaker.number == number and speaker.connected]
        await self.fleet.crash(number)
        for speaker in there:
            self.fleet.join(speaker, number)

    async def _mended(self) -> None:
        """Nothing fails any more; whoever sits hears of what they lack without coming again."""
        for number, journal in enumerate(self.ground.journals):
            journal.away, journal.log.fault = False, None
            if journal.log.stuck:
                await self._crashed(number)
            await journal.log.land()
            self.fleet.backplanes[number].holding = False
        for number in range(NODES):
            await self.fleet.second(number)
        await self.fleet.check()
        for speaker in self.fleet.speakers:
            if speaker.seated:
                await self._reads_all(speaker)

    async def _tried_again(self, waiting: list[Speaker]) -> None:
        for speaker in waiting:
            if not speaker.seated:
                self.fleet.join(speaker, speaker.number)
        await self.fleet.check()
        for speaker in waiting:
            for command in list(speaker.unanswered):
                speaker.sends(command)
        await self.fleet.check()

    def _lacks(self, speaker: Speaker) -> bool:
        return bool(speaker.unanswered) or not (speaker.seated or self._is_out(speaker))

    def _is_out(self, speaker: Speaker) -> bool:
        return speaker.person.id in self.fleet.ledger.room.card.removed

    async def _reads_all(self, speaker: Speaker) -> None:
        """Return when this one was shown the newest that is on record. Followers are told in rounds, a little later."""
        log = [(record.seq, record.head.check, record.id) for record in self.fleet.ledger.log]
        async with asyncio.timeout(5):
            while not speaker.shown or speaker.shown[-1][0] < log[-1][0]:
                await asyncio.sleep(0.002)
                await self.fleet.check()
        assert speaker.shown == log[-len(speaker.shown) :], "what was shown is not what is on record"


async def _now(act: Any) -> None:
    """Do this on the running loop."""
    act()
