"""A post as it is now, and what others hold of it."""

import msgspec
from immutables import Map

from realtime.rooms.command import PostKind
from realtime.rooms.interests.interest import Stated
from realtime.rooms.pictures import Picture
from realtime.rooms.wordless import wordless


class Opinion(msgspec.Struct, frozen=True):
    """One physician's stance on the text of a post as it was at `version`. `interests`: theirs, as they were then."""

    stance: str
    version: int
    interests: tuple[Stated, ...] = ()


class Post(msgspec.Struct, frozen=True, gc=False):
    """A post as it is now. `version` grows with each amendment; opinions on earlier texts no longer count.

    `warnings`: by reason, who warned of the present text. `collapsed`: it is folded away. `released`: observers may see
    its `pictures`. `withheld`: observers are not shown it. `interests`: of its author, as they were then.
    """

    __repr__ = wordless

    id: str
    seq: int
    by: str
    kind: PostKind
    text: str
    version: int = 1
    retracted: bool = False
    pictures: tuple[Picture, ...] = ()
    released: bool = False
    withheld: bool = False
    opinions: "Map[str, Opinion]" = Map()
    contradicts: str | None = None
    warnings: "Map[str, frozenset[str]]" = Map()
    collapsed: bool = False
    interests: tuple[Stated, ...] = ()

    def holders(self, stance: str) -> list[str]:
        """Who holds `stance` on the present text, in order of their ids."""
        return sorted(p for p, o in self.opinions.items() if o.stance == stance and o.version == self.version)

    @property
    def hidden(self) -> bool:
        """Whether those who only observe may not read it: folded away, withheld, or perhaps identifying a patient."""
        return self.collapsed or self.withheld or "identifying" in self.warnings
