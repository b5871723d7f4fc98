"""What a hospital's provider says of somebody, as claims of an ID token that is valid."""

import pytest

from web.signin.hospitals import Hospital
from web.signin.providers import Account, NotAccepted, account_of

HOSPITAL = Hospital(id="stolav", name="St Olav", issuer="https://login.stolav.example", client_id="curbside")


def test_an_account_is_its_subject_at_its_issuer() -> None:
    claims = {"sub": "8271-å", "preferred_username": "Ana"}
    assert account_of(HOSPITAL, claims) == Account(HOSPITAL.issuer, "8271-å", "Ana")


@pytest.mark.parametrize("mark", ["\0", "\n", "\ud800"])
def test_what_no_database_keeps_is_nobodys_account_and_nobodys_name(mark: str) -> None:
    with pytest.raises(NotAccepted, match="sub"):
        account_of(HOSPITAL, {"sub": f"8{mark}271"})
    assert account_of(HOSPITAL, {"sub": "8271", "preferred_username": f"A{mark}na"}).name == ""
