"""What observers read of a text: everything that the stricter rules find is masked, whatever its author confirmed."""

from functools import lru_cache

from realtime.rooms.identifiers.finding import found_strictly

MASK = "▮▮▮"
MOST_KNOWN = 1_024


@lru_cache(maxsize=MOST_KNOWN)
def masked(text: str) -> str:
    """`text` with `▮▮▮ (date)` and the like in place of what could tell who a patient is; itself where nothing could.

    It is made once for all who read it: what is asked again is remembered.
    """
    parts, at = [], 0
    for start, end, rule in found_strictly(text):
        parts += [text[at:start], f"{MASK} ({rule})"]
        at = end
    return "".join((*parts, text[at:])) if parts else text
