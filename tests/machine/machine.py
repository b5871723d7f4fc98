"""Random doings and failures over one room on three nodes, of which every promise is asked after each step."""

import asyncio
from collections.abc import Coroutine
from itertools import count
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from realtime.rooms.commands import Amend, AnyCommand, Close, Corroborate, Invite, Pin, Post, Remove, Retract, Unpin
from tests.builders import ana, ask, ben, cleo, mo
from tests.machine.fleet import Fleet
from tests.machine.ground import NODES, Ground
from tests.machine.speaker import Speaker
from tests.machine.unruly import AppendFault

ROUNDS: Final = 6
"""How often everyone comes back after all was mended, until all is answered: one round would do but for races."""

_keys = count(1)

speakers = st.sampled_from([0, 1, 2, 2])
nodes = st.integers(0, NODES - 1)
faults: st.SearchStrategy[AppendFault] = st.sampled_from(
    ["refused", "lost", "late", "landed", "landed, no look-up", "stuck", "landed, stuck"]
)
wishes: st.SearchStrategy[tuple[type[AnyCommand], dict[str, Any]]] = st.sampled_from(
    [
        *[(Post, {"text": "x"})] * 4,
        *[(Corroborate, {"stance": stance}) for stance in ("agree", "disagree", "withdraw")],
        (Amend, {"text": "y"}),
        (Retract, {"reason": "x"}),
        (Pin, {}),
        (Unpin, {}),
        (Remove, {"person": "ana"}),
        (Invite, {"person": "ana"}),
    ]
)


class RoomMachine(RuleBasedStateMachine):
    """ana, ben and cleo speak, mo follows. A subclass says on which ground."""

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

        self._do(begin())

    # What people do

    @rule(wanted=st.lists(st.tuples(speakers, wishes, st.integers(0, 3)), min_size=1, max_size=4))
    def speak(self, wanted: list[tuple[int, tuple[type[AnyCommand], dict[str, Any]], int]]) -> None:
        """Commands of one or of several, at one moment."""
        commands: list[tuple[int, AnyCommand]] = []
        for who, (kind, fields), back in wanted:
            if "target" in kind.__struct_fields__:
                posts = self.fleet.ledger.posts
                fields = {**fields, "target": posts[-1 - back % len(posts)] if posts else "nothing"}
            commands.append((who, self._ask(kind, **fields)))
        self._send(commands)

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

    @precondition(lambda self: len(self.fleet.ledger.log) > 6)
    @rule(beside=st.booleans())
    def close(self, beside: bool) -> None:
        """The presenter closes; perhaps another speaks at the same moment."""
        commands = [(0, self._ask(Post, text="x"))] if beside else []
        self._send([*commands, (2, self._ask(Close, disposition="x", summary="x"))])

    @rule(who=st.integers(0, 3), number=nodes)
    def move(self, who: int, number: int) -> None:
        """Lose the connection and come back, to any node."""
        self._do(_now(lambda: self.fleet.join(self.fleet.speakers[who], number)))

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

    @rule(number=nodes)
    def lose_the_database(self, number: int) -> None:
        self.ground.journals[number].away = True

    @rule()
    def find_the_database(self) -> None:
        for journal in self.ground.journals:
            journal.away = False

    @rule(number=nodes)
    def hold_messages_back(self, number: int) -> None:
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

    @precondition(lambda self: not self._went_back and len(self.fleet.ledger.log) > 3)
    @rule(lost=st.integers(1, 2), number=nodes)
    def restore_a_backup(self, lost: int, number: int) -> None:
        """The journal goes back; one node is started anew and hears of nothing else, the others do not know it yet."""
        self._went_back = True
        self._do(self.fleet.go_back(lost))
        self._do(self._crashed(number))

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
