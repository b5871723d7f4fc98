"""Who is there to see the play: everyone who is not of the cast."""

from collections.abc import Collection

from realtime.hub import Hub


class Audience:
    """The people at this node's `hub` but for the `cast` (ids)."""

    def __init__(self, hub: Hub, cast: Collection[str]) -> None:
        self._hub = hub
        self._cast = frozenset(cast)

    def in_room(self, room: str) -> bool:
        """Whether anybody sits in `room`, however they sit."""
        host = self._hub.live(room)
        return host is not None and any(seat.person.id not in self._cast for seat in host.fanout)

    def sessions(self) -> set[str]:
        """The sessions of all who are connected: each sign-in is another one."""
        return {one.session for one in self._hub.connections if one.person.id not in self._cast}
