"""Every format against its own vectors; the check digits against vectors from elsewhere."""

from datetime import date

import pytest

from persistence.verification.formats import format_of, formats
from realtime.rooms.licences import Format, ean, lanr, luhn, normal, npi, verdict

every = pytest.mark.parametrize("known", formats().values(), ids=lambda one: f"{one.country} {one.register}")


@every
def test_what_must_pass_passes(known: Format) -> None:
    right = [known.example, *known.vectors.ok]
    assert len(right) > 1 and [verdict(known, number) for number in right] == ["ok"] * len(right)


@every
def test_what_must_not_pass_does_not(known: Format) -> None:
    wrong = known.vectors.wrong
    assert wrong and [verdict(known, number) for number in wrong] == ["wrong"] * len(wrong)


@every
def test_each_has_a_source_and_a_date(known: Format) -> None:
    assert known.source.startswith("https://") and date.fromisoformat(known.date)


def test_nine_countries_at_least() -> None:
    assert len({one.country for one in formats().values()}) >= 9
    assert [one.register for one in formats().values() if one.country == "US"] == ["npi"]


@pytest.mark.parametrize("hostile", ["", "\uff11" * 10, "1" * 10_000, "\u0661" * 10, "<script>", "123456789\u00b3"])
@every
def test_hostile_numbers_are_wrong(known: Format, hostile: str) -> None:
    assert verdict(known, hostile) == "wrong"


def test_numbers_are_one_however_they_are_written() -> None:
    big = format_of("NL", "big")
    assert normal("99 110.097-01", big) == normal("09911009701", big)
    assert normal("crm/sp 123456", format_of("BR", "crm")) == "SP123456"


def test_a_country_without_a_format_is_unknown() -> None:
    assert verdict(format_of("XX", "npi"), "1234567893") == "unknown"


def test_check_digits() -> None:
    assert luhn("79927398713") and not luhn("79927398710")
    assert npi("1234567893") and npi("1558598797") and not npi("1234567890")
    assert ean("4006381333931") and not ean("4006381333930")
    assert lanr("123456601") and not lanr("123456501")
