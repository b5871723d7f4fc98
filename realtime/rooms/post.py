"""A post as it is now, and what others hold of it."""

import msgspec
from immutables import Map

from realtime.rooms.command import Evidence, PostKind
from realtime.rooms.events import Amended
from realtime.rooms.interests.interest import Stated
from realtime.rooms.pictures import Picture
from realtime.rooms.wordless import wordless


class Opinion(msgspec.Struct, frozen=True):
    """One physician's stance on the text of a post as it was at `version`.

    `cited`: they gave evidence for it. `interests`: theirs, as they were then.
    """

    stance: str
    version: int
    cited: bool = False
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
    evidence: tuple[Evidence, ...] = ()
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
    def cited(self) -> bool:
        """Whether somebody who agrees with the present text gave evidence for it."""
        return any(o.cited for o in self.opinions.values() if o.stance == "agree" and o.version == self.version)

    def amended(self, body: Amended) -> "Post":
        """The post after `body`.

        Warnings were of the earlier text, as opinions were: whoever finds the new one no better warns again.
        """
        evidence = self.evidence if body.evidence is None else tuple(body.evidence)
        if body.same_text:
            return msgspec.structs.replace(self, evidence=evidence)
        return msgspec.structs.replace(
            self, text=body.text, evidence=evidence, version=self.version + 1, warnings=Map(), collapsed=False
        )

    @property
    def hidden(self) -> bool:
        """Whether those who only observe may not read it: folded away, withheld, or perhaps identifying a patient."""
        return self.collapsed or self.withheld or "identifying" in self.warnings
