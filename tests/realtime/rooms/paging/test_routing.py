"""By which channels a notice goes, and when."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.rooms.notices import Notice
from realtime.rooms.paging.routing import (
    DAY_MS,
    KINDS,
    NOTICE_KINDS,
    PAGE_MS,
    SECOND_MS,
    Channel,
    pause_ms,
    planned,
)
from tests.builders import AT

ALL = [Channel(kind, kind) for kind in KINDS]
QUIET = [Channel(kind, kind, frozenset()) for kind in KINDS]


def notice(kind: str = "page", acuity: str | None = "stat", **parts: Any) -> Notice:
    given: dict[str, Any] = {"id": "n1", "person": "ben", "kind": kind, "text": "", "at": AT, "acuity": acuity}
    return Notice(**given | parts)


def ways(told: Notice, channels: list[Channel] = ALL) -> dict[str, int]:
    """How long after the notice each channel is used."""
    return {one.channel: one.at - AT for one in planned(told, channels)}


def test_a_stat_page_rings_at_once_and_by_telephone_after_a_while() -> None:
    assert ways(notice()) == {"push": 0, "webhook": 0, "sms": SECOND_MS, "voice": SECOND_MS, "email": SECOND_MS}


def test_the_second_channel_is_needless_once_somebody_has_looked() -> None:
    needless = {one.channel: one.unless for one in planned(notice(), ALL)}
    assert needless == {"push": None, "webhook": None, "sms": "seen", "voice": "seen", "email": "seen"}


@pytest.mark.parametrize("acuity", ["asap", "urgent", None])
def test_other_pages_go_at_once_and_by_mail_for_the_record(acuity: str | None) -> None:
    assert ways(notice(acuity=acuity)) == {"push": 0, "webhook": 0, "email": 0}


@pytest.mark.parametrize("kind", ["mention", "follow_up"])
def test_talk_goes_in_the_app_first_and_is_gathered_by_mail(kind: str) -> None:
    told = notice(kind)
    assert ways(told) == {"push": 10_000, "email": 900_000}
    assert [one.unless for one in planned(told, ALL)] == ["delivered", "seen"]
    assert [one.gathered for one in planned(told, ALL)] == [False, True]


@pytest.mark.parametrize("kind", ["award", "verification", "moderation"])
def test_news_goes_by_mail_only(kind: str) -> None:
    assert ways(notice(kind)).keys() == {"email"}


def test_a_delivery_is_of_no_use_after_the_deadline() -> None:
    assert {one.until for one in planned(notice(deadline_at=AT + 5), ALL) if one.channel != "email"} == {AT + 5}
    assert {one.until for one in planned(notice(), ALL) if one.channel != "email"} == {AT + PAGE_MS}
    assert {one.until for one in planned(notice(deadline_at=AT + 5), ALL) if one.channel == "email"} == {AT + DAY_MS}


def test_what_a_person_has_switched_off_is_left_out() -> None:
    chosen = [Channel("one", "push", frozenset({"mention"})), Channel("two", "push", frozenset({"page"}))]
    assert ways(notice(), chosen).keys() == {"two"}
    assert ways(notice("mention"), chosen).keys() == {"one"}


def test_a_stat_page_is_never_silenced_on_all_channels() -> None:
    assert ways(notice(), QUIET).keys() == set(KINDS)
    assert ways(notice(acuity="asap"), QUIET) == {}
    assert ways(notice("mention"), QUIET) == {}


@given(
    st.sampled_from(NOTICE_KINDS),
    st.sampled_from(["stat", "asap", "urgent", "routine", None]),
    st.lists(st.builds(Channel, st.text(max_size=3), st.sampled_from(KINDS), st.none() | st.just(frozenset({"page"})))),
)
def test_a_channel_is_used_once_at_most_and_never_before_the_notice(
    kind: str, acuity: str | None, channels: list[Channel]
) -> None:
    channels = list({channel.id: channel for channel in channels}.values())
    found = planned(notice(kind, acuity), channels)
    assert len({one.channel for one in found}) == len(found)
    assert all(AT <= one.at < one.until for one in found)
    if kind == "page" and acuity == "stat":
        assert found or not channels


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_pauses_grow_and_end_at_a_minute(attempt: int, chance: float) -> None:
    assert 1_000 <= pause_ms(attempt, chance) <= 60_000
    assert pause_ms(attempt, chance) <= pause_ms(attempt + 1, chance)
