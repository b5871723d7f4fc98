"""Time zones by the names that the IANA database gives them."""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The time zone `name`. Raises `ValueError` with a sentence where there is none."""
    if name not in _names():
        raise ValueError("That is no time zone. Give a name of the IANA list, such as Africa/Nairobi.")
    return ZoneInfo(name)
