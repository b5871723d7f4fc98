"""Switching off one defence each: a drill whose fault does no harm without the defence has proved nothing."""

from collections.abc import Callable
from typing import Any, Final

from drill.patching import Gone, found, replace, set_constant

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
                    seat.connection.write(host.tail.copier.frame([told(record)], seat.audience, form).frame)
            received(host, records)

        return taken

    replace("realtime.following:Following.received", made)


def _fsync() -> None:
    """A commit is answered before it is on disk."""

    def made(connected: Any) -> Any:
        def careless(path: Any) -> Any:
            connection = connected(path)
            connection.execute("PRAGMA synchronous = OFF")
            return connection

        return careless

    def settings(kept: dict[str, str]) -> dict[str, str]:
        if kept.get("synchronous_commit") != "on":
            raise Gone("persistence.journal_postgres:SETTINGS does not set synchronous_commit any more.")
        return kept | {"synchronous_commit": "off"}

    replace("persistence.sqlite:_connected", made)
    replace("persistence.journal_postgres:SETTINGS", settings)


def _lookup() -> None:
    """Ids are not looked up, in memory or in the journal. The table still has each once: a repeat gets no answer."""

    async def nothing(journal: Any, room: str, ids: Any) -> dict[str, Any]:
        return {}

    replace("persistence.journal:SqlJournal.lookup", lambda _: nothing)
    replace("realtime.following:Following._remember", lambda _: lambda host, record: None)


def _landed() -> None:
    """An append whose answer was lost counts as one that was not made."""

    async def none(journal: Any, wishes: Any) -> list[bool]:
        return [False] * len(wishes)

    replace("persistence.journal:SqlJournal._landed", lambda _: none)


def _check() -> None:
    """Whoever comes back with a position resumes there, whatever their log was."""

    def made(resumes: Any) -> Any:
        from msgspec.structs import replace as changed

        async def trusting(host: Any, mode: Any, join: Any) -> bool:
            return bool(await resumes(host, mode, changed(join, check=None)))

        return trusting

    replace("realtime.joining:_resumes", made)


def _abort() -> None:
    """Who does not read, and who is silent, keeps the connection."""
    for constant in ("SILENCE_S", "STALLED_S"):
        set_constant(f"realtime.connections:{constant}", NEVER_S, read_by="realtime.connections:Connections.look_at")


def _user_timeout() -> None:
    """The kernel waits for as long as it likes for what was sent to be acknowledged."""

    def made(options: dict[str, int]) -> dict[str, int]:
        if "TCP_USER_TIMEOUT" not in options:
            raise Gone("web.commands.serve:_PATIENCE does not set TCP_USER_TIMEOUT any more.")
        return {name: value for name, value in options.items() if name != "TCP_USER_TIMEOUT"}

    replace("web.commands.serve:_PATIENCE", made)


def _drain() -> None:
    """Told to end, a node says goodbye to nobody."""

    async def dropped(connections: Any) -> None:
        for connection in connections:
            connection.abort()

    replace("realtime.connections:Connections.drain", lambda _: dropped)


DEFENCES: Final[dict[str, Callable[[], None]]] = {
    "compare_heads": _compare_heads,
    "doubt": _doubt,
    "probe": _probe,
    "reread": _reread,
    "hole_filling": _hole_filling,
    "dedup": _dedup,
    "fsync": _fsync,
    "lookup": _lookup,
    "landed": _landed,
    "check": _check,
    "abort": _abort,
    "user_timeout": _user_timeout,
    "drain": _drain,
}
