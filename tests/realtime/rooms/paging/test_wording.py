"""What is said outside the app holds no word of a case."""

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from realtime.rooms.notices import Notice
from realtime.rooms.paging.routing import NOTICE_KINDS
from realtime.rooms.paging.wording import TEST, message
from realtime.rooms.specialties import SPECIALTIES
from tests.builders import AT

NAMES = set(re.findall(r"[a-z]+", " ".join(one.name for one in SPECIALTIES.values()).lower()))
SAID = NAMES | set(
    "a an answer are asap ask asked asks award by case curbside for from given help in is its moderation news of open"
    " outcome over question routine somebody something stat take there to urgent utc verification waits were you"
    " your".split()
)


def page(**parts: object) -> Notice:
    given = {"id": "n1", "person": "ben", "kind": "page", "text": "Chest pain", "at": AT, "room": "case1"}
    return msgspec.convert({**given, "acuity": "stat", **parts}, Notice)


def test_a_page_says_how_urgent_for_whom_and_until_when() -> None:
    told = message(page(deadline_at=AT + 120_000), ["paediatrics", "cardiology"])
    assert (
        told.text == "Stat case, paediatrics, cardiology. You are asked to help. Answer by 08:02:00 UTC. Open Curbside."
    )
    assert told.path == "/case/case1"


def test_what_is_no_case_leads_to_the_first_page() -> None:
    assert message(page(kind="award"), ["cardiology"]).path == "/"


def test_every_kind_of_notice_has_its_sentence() -> None:
    assert len({message(page(kind=kind), []).body for kind in NOTICE_KINDS}) == len(NOTICE_KINDS)


@given(
    st.sampled_from(NOTICE_KINDS),
    st.text(),
    st.text() | st.none(),
    st.lists(st.text() | st.sampled_from(sorted(SPECIALTIES))),
    st.none() | st.integers(AT, AT + 10**9),
)
def test_no_word_of_a_case_gets_out(
    kind: str, text: str, acuity: str | None, specialties: list[str], deadline_at: int | None
) -> None:
    told = message(page(kind=kind, text=text, acuity=acuity, deadline_at=deadline_at), specialties)
    said = re.sub(r"\d\d:\d\d:\d\d", "", f"{told.title} {told.body}").lower()
    assert set(re.findall(r"[^\W_]+", said)) <= SAID
    assert told.path in ("/", "/case/case1")


def test_a_test_says_that_it_is_one() -> None:
    assert "test" in TEST.text
