"""Who is typing in one room. It ends by itself where nobody renews it."""

LASTS_MS = 6_000


class TypingBoard:
    """Who is typing. `now_ms` is any clock that never goes back."""

    def __init__(self) -> None:
        self._ends_ms: dict[str, int] = {}

    def on(self, person: str, now_ms: int) -> bool:
        """Note that `person` is typing, for 6 s from now. Whether that is news."""
        news = person not in self._ends_ms
        self._ends_ms[person] = now_ms + LASTS_MS
        return news

    def off(self, person: str) -> bool:
        """Note that `person` has stopped. Whether that is news."""
        return self._ends_ms.pop(person, None) is not None

    def expire(self, now_ms: int) -> list[str]:
        """Those whose typing has just ended because nobody renewed it, sorted; each is named once."""
        ended = sorted(person for person, end_ms in self._ends_ms.items() if end_ms <= now_ms)
        for person in ended:
            del self._ends_ms[person]
        return ended
