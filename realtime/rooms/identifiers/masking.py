"""What observers read of a text: everything that the stricter rules find is masked, whatever its author confirmed."""

from realtime.rooms.identifiers.finding import found_strictly

MASK = "▮▮▮"


def masked(text: str) -> str:
    """`text` with `▮▮▮ (date)` and the like in place of what may tell who a patient is; itself where nothing may."""
    parts, at = [], 0
    for start, end, rule in found_strictly(text):
        parts += [text[at:start], f"{MASK} ({rule})"]
        at = end
    return "".join((*parts, text[at:])) if parts else text
