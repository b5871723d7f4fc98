"""Merkle trees over the digests of records, as in RFC 6962 §2.1, and proofs that one digest is in a tree.

Leaf: SHA-256(0x00 ‖ digest). Node: SHA-256(0x01 ‖ left ‖ right). Of n leaves the left subtree has the largest power of
two below n.
"""

from collections.abc import Sequence
from hashlib import sha256


def merkle_root(digests: Sequence[bytes]) -> bytes:
    """The root over `digests` in order, 32 bytes."""
    level = [_leaf(digest) for digest in digests]
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        level = _above(level)
    return level[0]


def audit_path(digests: Sequence[bytes], index: int) -> list[bytes]:
    """What leads from the digest at `index` (from 0) to the root: the nodes beside it, the lowest first.

    Raises `IndexError` where there is no such digest.
    """
    if not 0 <= index < len(digests):
        raise IndexError(f"there is no leaf {index} of {len(digests)}")
    level, path = [_leaf(digest) for digest in digests], []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, index = _above(level), index // 2
    return path


def root_by(path: Sequence[bytes], digest: bytes, index: int, size: int) -> bytes | None:
    """The root of the tree of `size` leaves in which `path` leads up from `digest` at `index`.

    None where no path of this length leads from there.
    """
    if not 0 <= index < size:
        return None
    node, rest, last = _leaf(digest), list(path), size - 1
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            beside = rest.pop(0)
            node = _node(beside, node) if index % 2 else _node(node, beside)
        index, last = index // 2, last // 2
    return None if rest else node


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The level above: pairs joined, one that is left over as it is."""
    pairs = [_node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
    return [*pairs, *level[len(pairs) * 2 :]]


def _leaf(digest: bytes) -> bytes:
    return sha256(b"\0" + digest).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
