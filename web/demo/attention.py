"""Whether the play goes on: only for somebody, and as they told it to."""

from typing import Final

ALONE_S: Final = 30.0
"""Who is gone for so long is not coming back to where they were."""


class Attention:
    """Who has been there, and what was told. `now_s` is a steady clock's."""

    def __init__(self) -> None:
        self._held = False
        self._until_s: float | None = None

    def told(self, play: bool, now_s: float) -> None:
        """Somebody wants it to go on, whether they are in the room or not, or to stand still until told."""
        self._held = not play
        if play:
            self._until_s = now_s + ALONE_S

    def seen(self, now_s: float) -> None:
        """Somebody is in the room."""
        self._until_s = now_s + ALONE_S

    def plays(self, now_s: float) -> bool:
        """Whether it goes on."""
        return not self._held and self._until_s is not None and now_s < self._until_s

    @property
    def held(self) -> bool:
        """Whether it stands still because it was told to."""
        return self._held
