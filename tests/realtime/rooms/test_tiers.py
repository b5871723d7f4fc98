from typing import Any

import msgspec
import pytest

from realtime.rooms.tiers import Evidence, earned, may_vouch, missing
from tests.builders import ana, ben, cleo, mo

FULL = Evidence(confirmed=True, documents=1, format="ok", register="match", vouches=2)


@pytest.mark.parametrize(
    ("known", "tier"),
    [
        ({}, 3),
        ({"vouches": 1}, 2),
        ({"vouches": 1, "register": "near"}, 1),
        ({"vouches": 1, "register": "near", "merit": True}, 2),
        ({"vouches": 0, "documents": 0, "merit": True}, 0),
        ({"vouches": 0, "register": "inactive"}, 1),
        ({"vouches": 0, "register": "no_file", "format": "unknown"}, 1),
        ({"confirmed": False}, 0),
        ({"documents": 0}, 0),
        ({"format": "wrong"}, 0),
        ({"contested": True}, 0),
    ],
)
def test_what_evidence_is_enough_for(known: dict[str, Any], tier: int) -> None:
    assert earned(msgspec.structs.replace(FULL, **known)) == tier


def test_what_is_missing_is_told_in_the_order_in_which_one_gives_it() -> None:
    assert missing(Evidence(), 0) == ["confirm", "document"]
    assert missing(Evidence(confirmed=True, documents=1, register="no_entry"), 1) == ["register", "vouches"]
    assert missing(FULL, 3) == []


def test_only_physicians_at_t3_vouch() -> None:
    assert [may_vouch(one) for one in (ana, ben, cleo, mo)] == [True, False, False, False]
