import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.vault import Vault

KEY = b"a key of the tests, 32 characters"


@given(st.binary(max_size=200))
def test_what_was_sealed_is_opened(plain: bytes) -> None:
    assert Vault(KEY, "identity").opened(Vault(KEY, "identity").sealed(plain, "ana"), "ana") == plain


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    vault = Vault(KEY, "identity")
    assert vault.sealed(b"Ana", "ana") != vault.sealed(b"Ana", "ana")


@pytest.mark.parametrize(
    ("key", "purpose", "place"),
    [(KEY, "identity", "ben"), (KEY, "totp", "ana"), (KEY[::-1], "identity", "ana")],
)
def test_it_opens_with_its_key_for_its_purpose_at_its_place_only(key: bytes, purpose: str, place: str) -> None:
    sealed = Vault(KEY, "identity").sealed(b"Ana", "ana")
    with pytest.raises(ValueError, match="cannot be opened"):
        Vault(key, purpose).opened(sealed, place)


@pytest.mark.parametrize("changed", range(1, 32))
def test_a_changed_byte_does_not_open(changed: int) -> None:
    sealed = bytearray(Vault(KEY, "identity").sealed(b"Ana", "ana"))
    sealed[changed] ^= 1
    with pytest.raises(ValueError, match="cannot be opened"):
        Vault(KEY, "identity").opened(bytes(sealed), "ana")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(40)])
def test_what_is_no_sealed_text_is_refused(sealed: bytes) -> None:
    with pytest.raises(ValueError):
        Vault(KEY, "identity").opened(sealed, "ana")
