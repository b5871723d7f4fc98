import pytest

from realtime.rooms.acuity import BEHAVIOURS, Behaviour, Change, changed
from realtime.rooms.command import Acuity


def test_each_acuity_has_its_deadline() -> None:
    deadlines = {acuity: behaviour.deadline_s for acuity, behaviour in BEHAVIOURS.items()}
    assert deadlines == {"stat": 120, "asap": 300, "urgent": 1_800, "routine": None}


def test_only_stat_and_asap_interrupt_anybody() -> None:
    assert [acuity for acuity, behaviour in BEHAVIOURS.items() if behaviour.interrupts] == ["stat", "asap"]


def test_routine_pages_nobody() -> None:
    assert BEHAVIOURS["routine"] == Behaviour(pages=False)


def test_without_changes_nothing_is_otherwise() -> None:
    assert changed({}) == BEHAVIOURS


def test_a_deployment_may_give_people_another_deadline() -> None:
    behaviours = changed({"stat": Change(deadline_s=60)})
    assert behaviours["stat"] == Behaviour(pages=True, interrupts=True, deadline_s=60, reveal_after_s=60)
    assert behaviours["asap"] == BEHAVIOURS["asap"]


def test_a_deployment_says_when_opinions_are_shown_to_all_or_that_only_the_presenter_does() -> None:
    behaviours = changed({"stat": Change(reveal_after_s=0), "routine": Change(reveal_after_s=600)})
    assert [behaviours[acuity].reveal_after_s for acuity in ("stat", "asap", "routine")] == [0, 180, 600]


def test_a_deployment_may_page_nobody_for_urgent_cases() -> None:
    assert changed({"urgent": Change(pages=False)})["urgent"] == Behaviour(pages=False)


@pytest.mark.parametrize(
    ("acuity", "change"),
    [
        ("routine", Change(pages=True, deadline_s=3_600)),
        ("routine", Change(deadline_s=3_600)),
        ("routine", Change(interrupts=True)),
        ("stat", Change(pages=False)),
        ("stat", Change(interrupts=False)),
        ("urgent", Change(pages=False, deadline_s=60)),
        ("asap", Change(pages=False, interrupts=True)),
    ],
)
def test_what_nobody_could_rely_on_is_refused_with_the_acuity(acuity: Acuity, change: Change) -> None:
    with pytest.raises(ValueError, match=f"`{acuity}`"):
        changed({acuity: change})
