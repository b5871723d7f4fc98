"""A key that was retired stays known; what it signed still verifies as this server's."""

from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from persistence import keyring
from persistence.keyring import RETIRED_FILE, known_keys, rotate
from persistence.seal import KEY_FILE, is_signed, open_key
from tests.persistence.test_seal import MANIFEST

NOW = datetime(2027, 2, 3, tzinfo=UTC)


def test_a_server_without_keys_is_not_given_any(tmp_path: Path) -> None:
    assert known_keys(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_key_in_use_comes_first_then_those_that_were_retired_newest_first(tmp_path: Path) -> None:
    ids = [open_key(tmp_path).id]
    for _ in range(3):
        ids.append(rotate(tmp_path, NOW).id)
        assert open_key(tmp_path).id == ids[-1]
    keys = known_keys(tmp_path)
    assert [key.id for key in keys] == ids[::-1]
    assert [key.retired_on for key in keys] == [None, *["2027-02-03"] * 3]


def test_what_a_retired_key_signed_is_known_as_this_server_s(tmp_path: Path) -> None:
    old = open_key(tmp_path)
    signed = old.signed(MANIFEST)
    rotate(tmp_path, NOW)
    assert is_signed(signed)
    assert signed.public_key in [key.public for key in known_keys(tmp_path)]


def test_the_new_key_is_its_owner_s_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    open_key(tmp_path)
    rotate(tmp_path, NOW)
    assert S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [RETIRED_FILE, KEY_FILE]


@pytest.mark.parametrize("step", ["write_out", "new_key", "move"])
def test_a_rotation_that_ends_anywhere_loses_no_key_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    old = open_key(tmp_path).id
    for nth in (1, 2):
        with monkeypatch.context() as patched:
            patched.setattr(keyring, step, ending(getattr(keyring, step), nth))
            try:
                rotate(tmp_path, NOW)
            except InterruptedError:
                assert open_key(tmp_path).id == old
        assert old in [key.id for key in known_keys(tmp_path)]
    new = rotate(tmp_path, NOW).id
    keys = [key.id for key in known_keys(tmp_path)]
    assert keys[0] == new != old
    assert keys.count(old) == 1


def ending(step: object, nth: int) -> object:
    """`step`, which at the `nth` call does its work no more."""
    calls = [nth]

    def called(*arguments: object) -> object:
        calls[0] -= 1
        if calls[0] == 0:
            raise InterruptedError
        return step(*arguments)  # type: ignore[operator]

    return called


@pytest.mark.parametrize("content", [b"", b"[{}]", b'[{"public_key": "ab", "made_on": "2026-01-01"}]', b"\xff"])
def test_a_file_of_keys_that_holds_something_else_is_named(tmp_path: Path, content: bytes) -> None:
    open_key(tmp_path)
    (tmp_path / RETIRED_FILE).write_bytes(content)
    with pytest.raises(ValueError, match=RETIRED_FILE):
        known_keys(tmp_path)
