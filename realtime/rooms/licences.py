"""Licence numbers: how each register writes them and, where it has one, the check digit. Formats come as data.

A number that passes proves its form only: registers are public, and so are the numbers in them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

import msgspec

Check = Literal["none", "luhn", "luhn_80840", "lanr", "ean"]
Verdict = Literal["ok", "wrong", "unknown"]
"""`unknown`: there is no format for that country and register."""

_spacing = re.compile(r"[\s.\-/]+")


class Vectors(msgspec.Struct, frozen=True):
    """Numbers as people write them that must pass, and that must not."""

    ok: list[str]
    wrong: list[str]


class Format(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one register numbers people. `pattern` is for the number without spaces, points, hyphens and slashes.

    `unverified`: nobody has checked this against the register itself; who relies on it is shown so. `date`: when the
    source was read. `example`: what a form shows.
    """

    country: str
    register: str
    name: str
    pattern: str
    example: str
    source: str
    date: str
    vectors: Vectors
    check: Check = "none"
    pad_to: int = 0
    leave_out: str = ""
    unverified: bool = False
    note: str = ""


Formats = Mapping[tuple[str, str], Format]
"""By country (ISO 3166-1 alpha-2) and register."""


def normal(number: str, known: Format | None = None) -> str:
    """The number as it is compared and kept: upper case, without separators, with leading zeros where it has them."""
    compact = _spacing.sub("", number).upper()
    if known is not None:
        compact = compact.removeprefix(known.leave_out)
    return compact.zfill(known.pad_to) if known and known.pad_to and compact.isdecimal() else compact


def verdict(known: Format | None, number: str) -> Verdict:
    """Whether `number` is written as its register writes them."""
    if known is None:
        return "unknown"
    written = normal(number, known)
    fits = written.isascii() and re.fullmatch(known.pattern, written) is not None
    return "ok" if fits and CHECKS[known.check](written) else "wrong"


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: from the right, every second digit doubled, its digits added; a multiple of ten."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def npi(digits: str) -> bool:
    """45 CFR 162.406: Luhn with 80840, the prefix of the United States' health issuers, before it.

    A body of one repeated digit passes the sum and is nobody's.
    """
    return luhn("80840" + digits) and len(set(digits[:-1])) > 1


def lanr(digits: str) -> bool:
    """KBV, Richtlinie nach § 75 Abs. 7 SGB V: six digits times 4, 9, 4 …; the seventh makes it a multiple of ten."""
    weighted = sum(int(digit) * (4, 9)[place % 2] for place, digit in enumerate(digits[:6]))
    return (10 - weighted % 10) % 10 == int(digits[6])


def ean(digits: str) -> bool:
    """GS1 General Specifications §7.9, thirteen digits: times 1, 3, 1 … from the left; a multiple of ten."""
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0


CHECKS: Final[Mapping[Check, Callable[[str], bool]]] = {
    "none": lambda _: True,
    "luhn": luhn,
    "luhn_80840": npi,
    "lanr": lanr,
    "ean": ean,
}
