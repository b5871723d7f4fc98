from base64 import urlsafe_b64encode

import msgspec
import pytest

from web.signin.signing import Session, Signing, session_id

SECRET = b"a secret of at least 32 characters"
NOW = 1_800_000_000_000
ANA = Session("ana", "physician", "s1", NOW + 1)


def test_a_signed_session_is_read_back_until_it_expires() -> None:
    signing = Signing(SECRET, "cookie")
    assert signing.read(signing.signed(ANA), NOW) == ANA
    assert signing.read(signing.signed(ANA), NOW + 1) is None


def test_a_cookie_is_no_bearer_token() -> None:
    assert Signing(SECRET, "bearer").read(Signing(SECRET, "cookie").signed(ANA), NOW) is None


def test_another_deployment_s_session_is_none_of_ours() -> None:
    assert Signing(SECRET, "cookie").read(Signing(SECRET + b"!", "cookie").signed(ANA), NOW) is None


def test_no_changed_byte_is_accepted() -> None:
    signing = Signing(SECRET, "cookie")
    value, _, signature = signing.signed(ANA).rpartition(".")
    for at in range(len(value)):
        changed = value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]
        assert signing.read(f"{changed}.{signature}", NOW) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "é.é", "\udc80.x", "x" * 10_000, "a" * 40 + "." + "b" * 43])
def test_what_was_never_signed_is_none(text: str) -> None:
    assert Signing(SECRET, "cookie").read(text, NOW) is None


def test_a_forged_role_is_not_accepted() -> None:
    signing = Signing(SECRET, "cookie")
    signature = signing.signed(ANA).rpartition(".")[2]
    moderator = msgspec.structs.replace(ANA, role="moderator")
    forged = urlsafe_b64encode(msgspec.msgpack.encode(moderator)).decode()
    assert signing.read(f"{forged}.{signature}", NOW) is None


def test_session_ids_differ() -> None:
    assert len({session_id() for _ in range(100)}) == 100
