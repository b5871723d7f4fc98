"""What the process that reads a file says of it."""

import msgspec


class Made(msgspec.Struct, frozen=True):
    """A picture made anew.

    `type`: png or jpeg, that of `full`; `preview` is WebP. `burned_in`: the file itself says that words are in it.
    """

    type: str
    width: int
    height: int
    full: bytes
    preview: bytes
    burned_in: bool = False
