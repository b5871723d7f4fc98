"""The rules as data: `words.json` says which words are of which class, `rules.json` what stands where among classes.

The browser reads the same two files (web/ui/src/identifiers), so both sides find the same.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec

Find = re.Pattern[str]


class Rule(NamedTuple):
    """One rule: what it finds (group 1, where there is one), and the check that a find must pass.

    `needs`: one of these is in the line, or nothing is found. `apart`: no number stands right before a find.
    `skip`: what did not pass the check is left behind as a whole.
    """

    rule: str
    find: Find
    check: str
    needs: tuple[str, ...]
    apart: bool
    skip: bool


class Rules:
    """Rules in their order. Which of them may find something is seen by the signs of a line, not rule by rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {1 << n: rule for n, rule in enumerate(rules)}
        self._always = sum(bit for bit, rule in self._rules.items() if not rule.needs)
        # Their sign is all that they need.
        self._sure = sum(bit for bit, rule in self._rules.items() if all(len(need) == 1 for need in rule.needs))
        self._by_sign: dict[str, int] = {}
        for bit, rule in self._rules.items():
            for need in rule.needs:
                # Letters are rarer than digits, digits than blanks.
                self._by_sign[max(need)] = self._by_sign.get(max(need), 0) | bit

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def likely(self, line: str) -> Iterator[Rule]:
        """Those that have what they need in `line`."""
        left, sure = self._always, self._sure
        for sign in set(line) & self._by_sign.keys():
            left |= self._by_sign[sign]
        while left:
            bit = left & -left
            left ^= bit
            rule = self._rules[bit]
            if bit & sure or _any_in(line, rule.needs):
                yield rule


def _any_in(line: str, needs: tuple[str, ...]) -> bool:
    """As `any` would say it, in a third of the time."""
    for need in needs:
        if need in line:
            return True
    return False


class Form(NamedTuple):
    """How a kind of reference is written. `unless`: one that this check takes for a find is none."""

    whole: re.Pattern[str]
    unless: str


def _data(name: str) -> Any:
    return msgspec.json.decode(files(__package__).joinpath(name).read_bytes())


_words: Final = _data("words.json")
_rules: Final = _data("rules.json")


def _classes() -> dict[str, tuple[str, str, str]]:
    """By word in lower case: its class when written with a capital, in lower case, in capitals."""
    classes: dict[str, tuple[str, str, str]] = {}
    for entry in _words["lists"]:
        three = (entry["capital"], entry["lower"], entry.get("capitals") or "U")
        for word in entry["words"].split():
            classes.setdefault(word, three)
    return classes


def _unfolded(find: str) -> str:
    """`find` with its macros put in; a macro may use those before it."""
    for name, meaning in reversed(_rules["macros"].items()):
        find = find.replace("{" + name + "}", meaning)
    return find


def _compiled(entries: list[dict[str, Any]]) -> Rules:
    return Rules(
        Rule(
            entry["rule"],
            re.compile(_unfolded(entry["find"]), re.ASCII),
            entry.get("check", ""),
            tuple(entry.get("needs", ())),
            entry.get("apart", False),
            entry.get("skip", False),
        )
        for entry in entries
    )


WORDS: Final = _classes()
ENDINGS: Final[dict[str, str]] = _words["endings"]
SETS: Final[dict[str, frozenset[str]]] = {name: frozenset(text.split()) for name, text in _words["sets"].items()}

RULES: Final = _compiled(_rules["rules"])
"""Over the classes of a text's tokens. The first of two that find at one place speaks for it."""

STRICT: Final = _compiled(_rules["strict"])
"""More of the same, for what observers are sent."""

RAW: Final = _compiled(_rules["raw"])
"""Over the text itself."""

KINDS: Final = tuple(dict.fromkeys(rule.rule for rule in (*RAW, *RULES)))
"""The names of the rules, as the wire has them."""

FORMS: Final = {
    entry["type"]: Form(re.compile(entry["form"], re.ASCII), entry.get("unless", "")) for entry in _rules["forms"]
}
"""References to the literature, by type of evidence (DOI: Crossref's form of them)."""
