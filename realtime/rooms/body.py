"""The body of an event: what every fact has in common."""

import msgspec

from realtime.rooms.wordless import wordless


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field=None, gc=False):
    """What an event says. Its canonical bytes are msgpack with sorted keys; what is absent is left out.

    `not_identifying` in some: what the gate found in their texts and their author confirmed, as places without words.

    Like all facts it is a tree, so Python need not look for circles in it (`gc=False`): a node holds very many.
    """

    __repr__ = wordless
