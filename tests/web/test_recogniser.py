"""The adapter, over an analyzer of the same few methods: Presidio itself takes 400 MB and is no part of the tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from realtime.rooms.identifiers.finding import Span
from web.recogniser import LEAST_SCORE, RULES, Presidio, recogniser
from web.settings import InvalidSettings, load


class Hit(NamedTuple):
    entity_type: str
    start: int
    end: int


class Wordwise:
    """Takes each word for an entity of the type that the words name, as far as it was asked for."""

    def __init__(self, types: dict[str, str]) -> None:
        self.types = types
        self.asked: list[tuple[str, float]] = []

    def analyze(self, text: str, language: str, entities: list[str] | None, *, score_threshold: float) -> Sequence[Hit]:
        self.asked.append((language, score_threshold))
        found = [(word, text.index(word)) for word in text.split() if word in self.types]
        return [Hit(self.types[word], at, at + len(word)) for word, at in found]


def test_finds_come_under_the_names_of_the_gate_and_others_are_left_out() -> None:
    analyzer = Wordwise({"Xavi": "PERSON", "Oslo": "LOCATION", "morning": "DATE_TIME"})
    spans = Presidio(analyzer).recognise("Xavi left Oslo this morning")
    assert spans == [Span(0, 4, "name"), Span(10, 14, "place")]
    assert analyzer.asked == [("en", LEAST_SCORE)]


def test_every_name_is_one_of_the_gate() -> None:
    assert set(RULES.values()) <= {"name", "place", "phone", "ip", "account", "national", "licence"}


def test_rules_need_no_recogniser(tmp_path: Path) -> None:
    assert recogniser(load(var=tmp_path)) is None


def test_what_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="CURBSIDE_IDENTIFIERS=presidio needs"):
        recogniser(load(var=tmp_path, identifiers="presidio"))
