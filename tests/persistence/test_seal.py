"""The signature on a seal, and the key that makes it."""

from pathlib import Path
from stat import S_IMODE

import msgspec
import pytest

from persistence.seal import KEY_FILE, Manifest, is_signed, open_key

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
    changed = value[:-1] + bytes([value[-1] ^ 1]) if isinstance(value, bytes) else value + type(value)(1)
    assert not is_signed(msgspec.structs.replace(signed, **{field: changed}))
