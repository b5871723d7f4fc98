"""Presidio beside the rules of the identifiers gate: an optional extra that looks for names and places by a model."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, Final, Protocol

from realtime.ports import Recogniser
from realtime.rooms.identifiers.finding import Span
from web.settings import InvalidSettings, Settings

MODEL: Final = "en_core_web_lg"
LANGUAGE: Final = "en"
_NEEDED: Final = {
    "presidio-analyzer": "the extra: install curbside[presidio]",
    MODEL: f"the spaCy model {MODEL}: install it",
}
LEAST_SCORE: Final = 0.6
RULES: Final = {
    "PERSON": "name",
    "LOCATION": "place",
    "PHONE_NUMBER": "phone",
    "IP_ADDRESS": "ip",
    "CREDIT_CARD": "account",
    "IBAN_CODE": "account",
    "US_BANK_NUMBER": "account",
    "US_SSN": "national",
    "US_ITIN": "national",
    "UK_NHS": "national",
    "MEDICAL_LICENSE": "licence",
    "US_DRIVER_LICENSE": "licence",
    "US_PASSPORT": "licence",
}
"""What Presidio calls it, and what the gate does.

Its dates are left out: durations and times of day are among them. E-mail and web addresses too: it would fetch a list
of domains from the net for them, and the rules know both.
"""


class Result(Protocol):
    """What an analyzer found, in code points."""

    @property
    def entity_type(self) -> str:
        """Presidio's name for what it is."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


class Analyzer(Protocol):
    """What of `presidio_analyzer.AnalyzerEngine` is used."""

    def analyze(
        self, text: str, language: str, entities: list[str] | None, *, score_threshold: float
    ) -> Sequence[Result]:
        """What in `text` is one of `entities`."""


class Presidio:
    """An analyzer as a recogniser."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def recognise(self, text: str) -> list[Span]:
        """The analyzer's finds under the gate's names."""
        results = self._analyzer.analyze(text, LANGUAGE, list(RULES), score_threshold=LEAST_SCORE)
        return [Span(one.start, one.end, RULES[one.entity_type]) for one in results if one.entity_type in RULES]


def recogniser(settings: Settings) -> Recogniser | None:
    """What looks besides the rules, where that is set. Raises `InvalidSettings` where it is not installed."""
    check(settings)
    return Presidio(_engine()) if settings.identifiers == "presidio" else None


def check(settings: Settings) -> None:
    """See that what is set is installed, and load nothing of it. Raises `InvalidSettings`.

    Presidio would fetch a missing model from the net: here that is refused.
    """
    if settings.identifiers != "presidio":
        return
    for package, missing in _NEEDED.items():
        try:
            distribution(package)
        except PackageNotFoundError:
            raise InvalidSettings(f"CURBSIDE_IDENTIFIERS=presidio needs {missing}, or set it to rules.") from None


def _engine() -> Analyzer:
    presidio, nlp = map(import_module, ("presidio_analyzer", "presidio_analyzer.nlp_engine"))
    models = [{"lang_code": LANGUAGE, "model_name": MODEL}]
    provider = nlp.NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    analyzer: Any = presidio.AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=[LANGUAGE])
    engine: Analyzer = analyzer
    return engine
