"""Switching off what brings news to a node, and what keeps it from taking them twice."""

from typing import Any, Final

from drill.patching import found, replace, set_constant

NEVER_S: Final = 1_000_000.0


def _compare_heads() -> None:
    """Rooms are not compared with the journal by the clock; whether it answers is still asked."""

    async def asked(hub: Any) -> None:
        await hub.node.journal.heads([""])
        hub.pulse.journal(True)

    replace("realtime.hub:Hub._compare_heads", lambda _: asked)


def _doubt() -> None:
    """A node whose appends lose to nothing newer goes on trying."""

    async def never(host: Any) -> None:
        pass

    replace("realtime.following:Following._doubt", lambda _: never)


def _probe() -> None:
    """The backplane counts as there, whatever becomes of it."""

    async def nothing(clock: Any) -> None:
        pass

    replace("realtime.clock:Clock._probe", lambda _: nothing)
    replace("realtime.clock:Clock.hurry", lambda _: lambda clock: None)


def _reread() -> None:
    """A subscription that begins or comes back is taken for one that missed nothing."""
    replace("realtime.hub:Hub.subscribed", lambda _: lambda hub, channel: None)


def _hole_filling() -> None:
    """A hole in what the other nodes publish is waited on for ever. The comparison of heads would fill it as well."""
    set_constant("realtime.following:HOLE_S", NEVER_S, read_by="realtime.following:Following.received")


def _dedup() -> None:
    """What another node publishes of what is known already is told to the seats once more."""

    def made(received: Any) -> Any:
        told = found("realtime.tail:told")

        def taken(host: Any, records: Any) -> None:
            records = list(records)
            for record in [record for record in records if record.seq <= host.head.seq]:
                for seat in host.fanout:
                    form = seat.connection.form
                    seat.connection.write(host.tail.copier.frame([told(record)], seat.audience, form, record.seq).frame)
            received(host, records)

        return taken

    replace("realtime.following:Following.received", made)


def _once() -> None:
    """What was published without an answer is published again."""

    def made(send: Any) -> Any:
        async def persistent(publisher: Any, line: Any, letters: Any) -> None:
            try:
                await send(publisher, line, letters)
            except BaseException:
                for letter in letters:
                    publisher._outbox.put(letter)
                raise

        return persistent

    replace("realtime.backplane.publisher:Publisher._send", made)


NEWS: Final = {
    "compare_heads": _compare_heads,
    "doubt": _doubt,
    "probe": _probe,
    "reread": _reread,
    "hole_filling": _hole_filling,
    "dedup": _dedup,
    "once": _once,
}
