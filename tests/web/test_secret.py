import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.secret import secret, vault_key
from web.settings import InvalidSettings, load


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = load(var=tmp_path / "var")
    made = secret(settings)
    assert len(made) == 64
    assert secret(settings) == made
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"]


def test_a_given_secret_makes_no_file(tmp_path: Path) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert secret(load(var=tmp_path, secret_key=given)) == given.encode()
    assert not list(tmp_path.iterdir())


def test_the_vault_has_a_key_of_its_own(tmp_path: Path) -> None:
    settings = load(var=tmp_path)
    assert vault_key(settings) == vault_key(settings) != secret(settings)


def test_processes_that_share_a_secret_share_the_vault(tmp_path: Path) -> None:
    given, other = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
    assert vault_key(load(var=tmp_path, secret_key=given)) == given.encode()
    assert vault_key(load(var=tmp_path, secret_key=other, vault_key=given)) == given.encode()
    assert not list(tmp_path.iterdir())


def test_two_that_start_together_have_the_same_secret(tmp_path: Path) -> None:
    settings = load(var=tmp_path)
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: secret(settings), range(8)))) == 1


def test_a_short_secret_file_is_refused_without_showing_it(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("hunter2")
    with pytest.raises(
        InvalidSettings, match=r"fewer than 32 characters: put the right file back, or remove it"
    ) as refused:
        secret(load(var=tmp_path))
    assert "hunter2" not in str(refused.value)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(InvalidSettings, match=r"^CURBSIDE_VAR is not usable"):
        secret(load(var=tmp_path / "var"))
