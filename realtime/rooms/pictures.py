"""Pictures of a post, as the log keeps them: what proves them and what a screen needs, not their pixels."""

import msgspec


class Picture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A picture that was made anew from what its author brought: `sha256` (hex) is that of the file that is served.

    `width`, `height`: px. Who may not see it yet is told its `id` and `withheld` only.
    """

    id: str
    type: str = ""
    width: int = 0
    height: int = 0
    bytes: int = 0
    sha256: str = ""
    withheld: bool = False


def withheld(picture: Picture) -> Picture:
    """What is told of `picture` to those who may not see it yet: of one size, whatever it shows."""
    return Picture(id=picture.id, withheld=True)
