"""What is refuted: by how the case turned out, or by a post that more physicians support. Nothing of it goes away."""

from realtime.rooms.post import Post
from realtime.rooms.room import Room


def refuted_by(room: Room, target: str) -> str | None:
    """The id of the event that refutes post `target`: the outcome, or the best supported post; None where nothing does.

    A post refutes what it contradicts while more physicians agree with it than with that, and than dispute it. One that
    was retracted, is folded away or is refuted itself refutes nothing.
    """
    post = room.posts[target]
    if post.retracted:
        return None
    if target in room.wrong:
        return room.wrong[target]
    others = [room.posts[other] for other in room.contradicted.get(target, ())]
    refuting = [other for other in others if _outweighs(other, post) and _stands(room, other)]
    return max(refuting, key=lambda other: (_support(other), -other.seq)).id if refuting else None


def _outweighs(other: Post, post: Post) -> bool:
    return _support(other) > max(_support(post), len(other.holders("disagree")))


def _stands(room: Room, post: Post) -> bool:
    return not post.retracted and not post.collapsed and refuted_by(room, post.id) is None


def _support(post: Post) -> int:
    """How many physicians agree with its present text, its author aside."""
    return len(post.holders("agree"))
