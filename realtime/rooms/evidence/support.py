"""Whether a claim rests on anything: on evidence of its author, or of a physician who agrees with its present text."""

from realtime.rooms.evidence.claims import Claim, claim_in
from realtime.rooms.post import Post


def unsupported(post: Post) -> Claim | None:
    """The dose or the drug that `post` claims without any evidence; None where there is evidence, or no claim."""
    return None if post.evidence or post.cited else claim_in(post.text, post.kind)
