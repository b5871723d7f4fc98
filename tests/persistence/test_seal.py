"""The Merkle root against the published vectors of Certificate Transparency (RFC 6962), and the signature."""

from hashlib import sha256
from pathlib import Path
from stat import S_IMODE

import msgspec
import pytest

from persistence.seal import KEY_FILE, Manifest, is_signed, merkle_root, open_key

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

MANIFEST = Manifest(
    room="case1",
    upto=3,
    opened_at=1,
    closed_at=2,
    head=bytes(32),
    root=bytes(32),
    key_id="",
    public_key=b"",
)


@pytest.mark.parametrize("leaves", range(1, 9))
def test_the_root_is_that_of_rfc_6962(leaves: int) -> None:
    assert merkle_root(LEAVES[:leaves]).hex() == ROOTS[leaves - 1]


def test_the_root_over_nothing_is_the_hash_of_nothing() -> None:
    assert merkle_root([]) == sha256(b"").digest()


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = open_key(tmp_path / "var")
    assert open_key(tmp_path / "var").id == key.id
    assert S_IMODE((tmp_path / "var" / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == [KEY_FILE]


def test_a_key_file_that_holds_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("nothing")
    with pytest.raises(ValueError):
        open_key(tmp_path)


@pytest.mark.parametrize("field", [field.name for field in msgspec.structs.fields(Manifest)])
def test_whatever_is_changed_in_a_manifest_its_signature_no_longer_fits(tmp_path: Path, field: str) -> None:
    signed = open_key(tmp_path).signed(MANIFEST)
    assert is_signed(signed)
    value = getattr(signed, field)
    changed = value + 1 if isinstance(value, int) else value[:-1] + (b"!" if isinstance(value, bytes) else "!")
    assert not is_signed(msgspec.structs.replace(signed, **{field: changed}))
