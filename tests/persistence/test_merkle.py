"""Roots and paths against the published vectors of Certificate Transparency (RFC 6962), and against its definition."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.merkle import audit_path, merkle_root, root_by

LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243")]
LEAVES += [bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70))]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (index, size, path), of the same leaves.
PATHS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
SIZES = range(1, 65)
DIGESTS = [sha256(bytes([n])).digest() for n in SIZES]


@pytest.mark.parametrize("leaves", range(1, 9))
def test_the_root_is_that_of_rfc_6962(leaves: int) -> None:
    assert merkle_root(LEAVES[:leaves]).hex() == ROOTS[leaves - 1]


def test_the_root_over_nothing_is_the_hash_of_nothing() -> None:
    assert merkle_root([]) == sha256(b"").digest()


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_a_path_is_that_of_rfc_6962(index: int, size: int, path: list[str]) -> None:
    assert [node.hex() for node in audit_path(LEAVES[:size], index)] == path
    found = root_by([bytes.fromhex(node) for node in path], LEAVES[index], index, size)
    assert found is not None and found.hex() == ROOTS[size - 1]


@pytest.mark.parametrize("size", SIZES)
def test_every_path_of_every_size_is_the_one_that_is_defined_and_leads_to_the_root(size: int) -> None:
    tree = DIGESTS[:size]
    root = merkle_root(tree)
    assert root == naive_root(tree)
    for index in range(size):
        path = audit_path(tree, index)
        assert path == naive_path(tree, index)
        assert root_by(path, tree[index], index, size) == root


@pytest.mark.parametrize("size", SIZES)
def test_a_path_proves_its_digest_at_its_place_and_no_other(size: int) -> None:
    tree = DIGESTS[:size]
    root = merkle_root(tree)
    for index in range(size):
        path = audit_path(tree, index)
        assert root_by(path, b"another", index, size) != root
        for place in range(size):
            if place != index:
                assert root_by(path, tree[index], place, size) != root


@given(st.integers(1, 64).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_a_path_that_is_changed_leads_elsewhere(place: tuple[int, int], data: st.DataObject) -> None:
    index, size = place
    tree = DIGESTS[:size]
    path = audit_path(tree, index)
    nodes = st.sampled_from([*path, *DIGESTS]) if path else st.sampled_from(DIGESTS)
    other = data.draw(st.lists(nodes, max_size=8).filter(lambda other: other != path))
    assert root_by(other, tree[index], index, size) != merkle_root(tree)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_path_from_where_no_leaf_is(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        audit_path(DIGESTS[:size], index)
    assert root_by([], b"", index, size) is None


def naive_root(tree: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, to the letter."""
    if len(tree) == 1:
        return sha256(b"\0" + tree[0]).digest()
    left = split(len(tree))
    return sha256(b"\1" + naive_root(tree[:left]) + naive_root(tree[left:])).digest()


def naive_path(tree: Sequence[bytes], index: int) -> list[bytes]:
    """PATH of RFC 6962 §2.1.1, to the letter."""
    if len(tree) == 1:
        return []
    left = split(len(tree))
    if index < left:
        return [*naive_path(tree[:left], index), naive_root(tree[left:])]
    return [*naive_path(tree[left:], index - left), naive_root(tree[:left])]


def split(size: int) -> int:
    """The largest power of two below `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power
