"""What would fill the frame goes with its beginnings; whoever gets it asks for the whole over HTTP."""

from typing import Any, Final

import msgspec

LISTED_BYTES: Final = 15_000
LISTS: Final = ("pinned", "plan", "questions", "polls")


def with_beginnings(state: dict[str, Any]) -> dict[str, Any]:
    """`state` with what it lists in at most `LISTED_BYTES`: posts and polls cut to their beginnings."""
    lists = {name: state[name] for name in LISTS if name in state}
    if bytes_of(lists) <= LISTED_BYTES:
        return state
    listed = [one for some in lists.values() for one in some]
    share = max(0, LISTED_BYTES - sum(bytes_of(_cut(one, 0)) for one in listed)) // len(listed)
    return state | {name: [_cut(one, share) for one in some] for name, some in lists.items()}


def beginning(text: str, most_bytes: int) -> str:
    """As much of `text` as takes `most_bytes` in either encoding, cut between characters."""
    if bytes_of(text) <= most_bytes:
        return text
    # Nothing takes more than twice its bytes: JSON escapes quotes, backslashes and the ends of lines.
    return text.encode()[: most_bytes // 2].decode(errors="ignore")


def bytes_of(value: Any) -> int:
    """The bytes of `value` as JSON, which is the longer encoding of the two."""
    return len(msgspec.json.encode(value))


def _cut(one: dict[str, Any], share: int) -> dict[str, Any]:
    return _cut_poll(one, share) if "options" in one else _cut_post(one, share)


def _cut_post(post: dict[str, Any], share: int) -> dict[str, Any]:
    """A listed post whose words take at most `share` bytes: its text first, then what is said of it as an act."""
    act = post.get("act", {})
    words = {"text": post["text"]} | {name: act[name] for name in ("read_back", "reason") if name in act}
    if bytes_of(words) <= share:
        return post
    part = share // len(words)
    cut = {name: beginning(text, part) for name, text in words.items()}
    left = {"act": act | {name: cut[name] for name in words if name in act}} if act else {}
    return post | {"text": cut["text"], "shortened": True} | left


def _cut_poll(poll: dict[str, Any], share: int) -> dict[str, Any]:
    """A poll whose words and ballots take at most `share` bytes. Of ballots that are too many none is left."""
    texts, ballots = [poll["question"], *poll["options"]], poll.get("ballots", {})
    if bytes_of(texts) + bytes_of(ballots) <= share:
        return poll
    kept = {"ballots": ballots} if "ballots" in poll and bytes_of(ballots) <= share // 2 else {}
    part = (share - bytes_of(kept)) // len(texts) if kept else share // len(texts)
    question, *options = (beginning(text, max(0, part)) for text in texts)
    bare = {name: value for name, value in poll.items() if name != "ballots"}
    return bare | kept | {"question": question, "options": options, "shortened": True}
