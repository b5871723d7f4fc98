from typing import Any, get_args

import msgspec
import pytest

from realtime.rooms.asking.resources import Resource
from realtime.rooms.asking.wording import MOST_CASE_BYTES
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.command import Acuity
from realtime.rooms.opening import OpenCase, SwitchRequest, case_id, opened
from realtime.rooms.people import Id
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.triage.manchester import Minutes
from realtime.rooms.triage.triage import Esi, Manchester, News2
from realtime.rooms.vitals.vital import Vital
from tests.builders import AT, ROOM, cleo, wish
from tests.samples import MEASURED, VITALS

alone = msgspec.structs.replace(cleo, institution="", network="")
SIGNS = "\U0001f9ec"


def case_of(presenter: Any = cleo, **parts: Any) -> Any:
    return opened(wish(**parts), presenter, ROOM, AT).case


def refusal_of(**parts: Any) -> Refusal:
    with pytest.raises(Refused) as refused:
        case_of(**parts)
    return refused.value.refusal


def test_a_case_keeps_what_was_sent_and_who_sent_it() -> None:
    case = case_of(background="Two vials.", age_band="30-39", sex="f", languages=["es", "qu"], linked_to="case0")
    sent = wish(background="Two vials.", age_band="30-39", sex="f", languages=["es", "qu"], linked_to="case0")
    for name in ("title", "acuity", "specialties", "languages", "age_band", "sex", "situation", "background"):
        assert getattr(case, name) == getattr(sent, name)
    assert (case.assessment, case.request, case.linked_to) == (sent.assessment, sent.request, "case0")
    assert (case.id, case.presenter, case.opened_at, case.status) == (ROOM, "cleo", AT, "open")
    assert (case.institution, case.network) == ("hill_clinic", "andes_net")


def test_what_is_unknown_of_the_presenter_is_left_out() -> None:
    case = case_of(alone)
    assert (case.institution, case.network) == (None, None)
    assert case_of().languages == ["en"]


@pytest.mark.parametrize("part", ["title", "situation", "assessment", "request"])
@pytest.mark.parametrize("empty", ["", " \n\t", "\u3000"])
def test_a_needed_part_may_not_be_empty(part: str, empty: str) -> None:
    assert refusal_of(**{part: empty}) is Refusal.CASE_INCOMPLETE


@pytest.mark.parametrize("part", ["title", "situation", "assessment", "request"])
def test_the_refusal_names_what_is_empty(part: str) -> None:
    with pytest.raises(Refused) as refused:
        case_of(**{part: " "})
    assert refused.value.message == f"The case lacks `{part}`. Fill in what is empty."


def test_the_refusal_names_all_that_is_empty() -> None:
    with pytest.raises(Refused) as refused:
        case_of(assessment="", request="")
    assert "lacks `assessment` and `request`" in refused.value.message


@pytest.mark.parametrize("specialties", [[], [""], [" ", "\t"]])
def test_a_case_names_a_specialty(specialties: list[str]) -> None:
    assert refusal_of(specialties=specialties) is Refusal.NO_SPECIALTY


def test_background_may_come_later() -> None:
    assert case_of(background=None).background is None


def test_a_case_takes_64_kib_of_text_in_all_and_not_a_byte_more() -> None:
    rest = opened_bytes(wish(background=""))
    assert case_of(background="x" * (MOST_CASE_BYTES - rest))
    assert refusal_of(background="x" * (MOST_CASE_BYTES - rest + 1)) is Refusal.CASE_TOO_LARGE


def test_text_is_counted_in_utf_8_bytes() -> None:
    assert refusal_of(situation=SIGNS * (MOST_CASE_BYTES // 4)) is Refusal.CASE_TOO_LARGE
    assert case_of(situation=SIGNS * 16_000).situation == SIGNS * 16_000


@pytest.mark.parametrize("part", ["title", "situation", "background", "assessment", "request", "age_band", "sex"])
def test_control_characters_are_refused_in_every_part(part: str) -> None:
    assert refusal_of(**{part: "a\x00b"}) is Refusal.CONTROL_CHARACTERS


@pytest.mark.parametrize("part", ["specialties", "languages"])
def test_control_characters_are_refused_in_every_list(part: str) -> None:
    assert refusal_of(**{part: ["surgery", "a\x1bb"]}) is Refusal.CONTROL_CHARACTERS


@pytest.mark.parametrize("band", ["90", "91", "85-94", "103 years", "born 1931", "90 +", "9\u0660", "90+ (93)"])
def test_an_age_over_89_is_refused(band: str) -> None:
    assert refusal_of(age_band=band) is Refusal.AGE_OVER_89


@pytest.mark.parametrize("band", ["90+", "89", "80-89", "0-1", "neonate", "3 months"])
def test_an_age_band_that_does_not_identify_is_kept(band: str) -> None:
    assert case_of(age_band=band).age_band == band


@pytest.mark.parametrize("acuity", get_args(Acuity))
def test_stat_asks_the_world_the_rest_the_presenters_network(acuity: Acuity) -> None:
    assert case_of(acuity=acuity, reach=None).reach == ("world" if acuity == "stat" else "network")
    assert case_of(alone, acuity=acuity, reach=None).reach == "world"
    assert case_of(acuity=acuity, reach="team").reach == "team"


@pytest.mark.parametrize(
    ("acuity", "asked", "switch"),
    [
        ("stat", None, ("off", 0)),
        ("asap", None, ("delayed", 60)),
        ("urgent", None, ("delayed", 60)),
        ("routine", None, ("delayed", 60)),
        ("stat", "delayed", ("delayed", 60)),
        ("stat", "live", ("live", 0)),
        ("routine", "off", ("off", 0)),
        ("routine", SwitchRequest("delayed"), ("delayed", 60)),
        ("routine", SwitchRequest("delayed", 0), ("delayed", 0)),
        ("routine", SwitchRequest("delayed", 300), ("delayed", 300)),
        ("stat", SwitchRequest("live", 300), ("live", 0)),
        ("stat", SwitchRequest("off", 300), ("off", 0)),
    ],
)
def test_observers_are_off_for_stat_and_delayed_otherwise_unless_the_presenter_says(
    acuity: str, asked: object, switch: tuple[str, int]
) -> None:
    assert case_of(acuity=acuity, observers=asked).observers == ObserverSwitch(*switch)  # type: ignore[arg-type]


def test_observers_who_are_named_in_another_order_are_the_same() -> None:
    one = case_of(observers=SwitchRequest("live", None, ["research", "pharma", "research"], ["PATSFTY", "HRESCH"]))
    assert one.observers == ObserverSwitch("live", 0, ["pharma", "research"], ["HRESCH", "PATSFTY"])


@pytest.mark.parametrize(
    "changed",
    [
        {"acuity": "now"},
        {"title": "x" * 201},
        {"specialties": ["x"] * 21},
        {"specialties": ["x" * 65]},
        {"specialties": "surgery"},
        {"age_band": "x" * 21},
        {"reach": "galaxy"},
        {"observers": "sometimes"},
        {"observers": {"mode": "delayed", "delay_s": -1}},
        {"observers": {"mode": "delayed", "delay_s": 86_401}},
        {"linked_to": "case 0"},
        {"situation": None},
        {"situation": b"bytes"},
    ],
)
def test_a_case_of_another_shape_is_not_read(changed: dict[str, Any]) -> None:
    sent = msgspec.to_builtins(wish()) | changed
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(sent, OpenCase)


def test_a_case_keeps_what_was_measured_and_what_there_is() -> None:
    case = case_of(**MEASURED)
    assert (case.vitals, case.vitals_at) == (VITALS, MEASURED["vitals_at"])
    assert (case.resources, case.template) == (MEASURED["resources"], "snake_bite")
    assert (case.triage.value, case.triage.band, case.triage.version) == (3, "low", "RCP 2017")


def test_without_a_time_vital_signs_were_taken_when_they_came() -> None:
    assert case_of(vitals=VITALS).vitals_at == AT
    assert case_of().vitals_at is None


def test_a_colour_has_the_minutes_of_this_deployment() -> None:
    sent = wish(triage=Manchester(value="yellow"))
    minutes: Minutes = {"red": 0, "orange": 10, "yellow": 30, "green": 90, "blue": 120}
    triage: Any = opened(sent, cleo, ROOM, AT, minutes=minutes).case.triage
    assert triage.within_min == 30


@pytest.mark.parametrize(
    ("refusal", "parts"),
    [
        (Refusal.VITALS, {"vitals": [Vital("mood", 3, "{score}")]}),
        (Refusal.VITALS, {"vitals": [Vital("temperature", 98.6, "Cel")]}),
        (Refusal.VITALS_WHEN, {"vitals": VITALS, "vitals_at": AT + 300_001}),
        (Refusal.VITALS_WHEN, {"vitals": VITALS, "vitals_at": AT - 7 * 86_400_000 - 1}),
        (Refusal.TRIAGE, {"vitals": VITALS, "triage": News2(value=4, on_oxygen=False, consciousness="A")}),
        (Refusal.TRIAGE, {"triage": News2(value=0, on_oxygen=False, consciousness="A")}),
        (Refusal.TRIAGE, {"triage": Esi(value=1)}),
        (Refusal.NEWS2_NOT_FOR, MEASURED | {"age_band": "5-9"}),
        (Refusal.RESOURCES, {"resources": [Resource("helicopters", True)]}),
        (Refusal.RESOURCES, {"resources": [Resource("ct", 2.0)]}),
        (Refusal.RESOURCES, {"resources": [Resource("transfer_hours", True)]}),
        (Refusal.RESOURCES, {"resources": [Resource("transfer_hours", 240.5)]}),
        (Refusal.RESOURCES, {"resources": [Resource("ct", True), Resource("ct", False)]}),
        (Refusal.NO_SUCH_TEMPLATE, {"template": "toothache"}),
    ],
)
def test_what_cannot_be_is_refused_by_name(refusal: Refusal, parts: dict[str, Any]) -> None:
    assert refusal_of(**parts) is refusal


@pytest.mark.parametrize("at", [AT + 300_000, AT - 7 * 86_400_000])
def test_vital_signs_may_be_a_week_old_and_clocks_five_minutes_apart(at: int) -> None:
    assert case_of(vitals=VITALS, vitals_at=at).vitals_at == at


def test_unknown_fields_are_ignored() -> None:
    sent = msgspec.to_builtins(wish()) | {"presenter": "ana", "status": "closed", "id": "mine"}
    assert msgspec.convert(sent, OpenCase) == wish()


def test_the_same_key_of_the_same_person_names_the_same_case() -> None:
    asked = [
        (b"s", "cleo", "k1"),
        (b"s", "cleo", "k2"),
        (b"s", "ana", "k1"),
        (b"s", "cleok", "1"),
        (b"t", "cleo", "k1"),
    ]
    ids = [case_id(*parts) for parts in asked]
    assert ids == [case_id(*parts) for parts in asked]
    assert len(set(ids)) == len(asked)
    assert all(msgspec.convert(one, Id) and len(one) == 26 for one in ids)


def opened_bytes(sent: OpenCase) -> int:
    texts = (sent.title, sent.situation, sent.background or "", sent.assessment, sent.request)
    return sum(len(text.encode()) for text in (*texts, *sent.specialties))
