import re

import pytest

from realtime.rooms.identifiers.finding import Span, found, found_strictly
from realtime.rooms.identifiers.lexing import lexed
from realtime.rooms.identifiers.masking import masked
from realtime.rooms.identifiers.rulebook import KINDS, RAW, RULES, STRICT, Rule
from tests.corpus.sentences import PARTS, sentences


@pytest.mark.parametrize("rule", [*RULES, *STRICT, *RAW], ids=lambda rule: f"{rule.rule} {rule.find.pattern[:40]}")
def test_no_rule_may_try_without_bound(rule: Rule) -> None:
    """What repeats at most so often is tried in a time that only grows with the text: no `*`, no `+`."""
    pattern = re.sub(r"\\.", "", rule.find.pattern)
    outside = re.sub(r"\[[^]]*\]", "", pattern)
    assert not re.search(r"[*+]|\{\d+,\}", outside)


@pytest.mark.parametrize("part", PARTS)
def test_the_rules_that_are_likely_are_those_that_have_what_they_need(part: str) -> None:
    for sentence in sentences(part):
        for rules, line in (
            (RULES, lexed(sentence.text).classes),
            (STRICT, lexed(sentence.text).classes),
            (RAW, sentence.text),
        ):
            needed = [rule for rule in rules if not rule.needs or any(need in line for need in rule.needs)]
            assert list(rules.likely(line)) == needed


def test_places_are_code_points() -> None:
    assert found("🐍🐍 Seen last Tuesday.") == [Span(13, 20, "date")]


def test_digits_of_other_scripts_are_digits() -> None:
    assert [span.rule for span in found("admitted ١٢/٠٣/٢٠٢٤ and १२/०३/२०२४")] == ["date", "date"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Glasgow, Parkinson, Crohn, Wernicke, Foley, Kocher, Wells, Ranson, Child-Pugh, Kerley, Apgar, Ringer's", []),
        ("day 3, for 2 weeks, q8h, at 14:30, BP 120/80, 5/5 power, 3/6 murmur", []),
        ("89 years old and 90+", []),
        ("born on 3.11.58", ["date"]),
        ("943 476 5919", ["national"]),
        ("943 476 5918", ["phone"]),
        ("https://doi.org/10.1056/NEJMoa2212663", []),
        ("https://example.org/p/712", ["url"]),
    ],
)
def test_examples(text: str, rules: list[str]) -> None:
    assert [span.rule for span in found(text)] == rules


@pytest.mark.parametrize("part", PARTS)
def test_the_stricter_rules_find_what_the_gate_finds(part: str) -> None:
    for sentence in sentences(part):
        strict = found_strictly(sentence.text)
        for span in found(sentence.text):
            assert any(other.start < span.end and span.start < other.end for other in strict)


def test_what_is_masked_is_named_and_the_rest_is_left() -> None:
    assert masked("Mr Hansen was seen last Tuesday.") == "▮▮▮ (name) was seen last ▮▮▮ (date)."
    assert masked("Give 2 g IV.") == "Give 2 g IV."


def test_each_rule_has_a_name_of_the_18_kinds() -> None:
    assert set(KINDS) == {
        *("name", "place", "date", "age", "phone", "fax", "email", "national", "record", "plan", "account", "licence"),
        *("vehicle", "device", "url", "ip", "biometric", "photo", "code", "unique"),
    }
