"""What a find must be besides its shape: dates that exist, numbers whose check digits agree."""

import re
from collections.abc import Callable
from typing import Final

from realtime.rooms.identifiers.rulebook import SETS

_number: Final = re.compile(r"[0-9]+")
_DAYS: Final = 31
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
MOST_LABELS: Final = 4
_NHS: Final = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_PESEL: Final = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_NORWEGIAN: Final = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
_VIN_VALUES: Final = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_DNI: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_VERHOEFF: Final = """
0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210
""".split()
_VERHOEFF_PLACES: Final = """
0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258
""".split()


def passes(check: str, found: str) -> bool:
    """Whether `found` is what `check` names; everything is where none is named."""
    return not check or _CHECKS[check](found)


def _digits(found: str) -> list[int]:
    return [ord(c) - 48 for c in found if c in "0123456789"]


def _numbers(found: str) -> list[int]:
    return [int(part) for part in _number.findall(found)]


def _first(found: str) -> int:
    number = _number.search(found)
    return int(number[0]) if number else 0


def _is_date(day: int, month: int) -> bool:
    return 1 <= day <= _DAYS and 1 <= month <= 12


def _date(found: str) -> bool:
    """Day and month in either order, then a year; both separators are the same."""
    separators = re.sub(r"[0-9]", "", found)
    one, other, year = _numbers(found)
    plain = year >= 100 or separators[0] == "/" or one >= 10 or other >= 10
    years = 1880 <= year <= 2100 or (year < 100 and plain)
    return separators[0] == separators[1] and years and (_is_date(one, other) or _is_date(other, one))


def _iso_date(found: str) -> bool:
    year, month, day = _numbers(found)
    return 1880 <= year <= 2100 and _is_date(day, month)


def _year_month(found: str) -> bool:
    year, month = _numbers(found)
    return 1900 <= year <= 2100 and len(found) == 7 and 1 <= month <= 12


def _day_month(found: str) -> bool:
    one, other = _numbers(found)
    return _is_date(one, other) or _is_date(other, one)


def _compact_date(found: str) -> bool:
    """20240312 or 12032024."""
    ymd = 1900 <= int(found[:4]) <= 2100 and _is_date(int(found[6:]), int(found[4:6]))
    dmy = 1900 <= int(found[4:]) <= 2100 and _is_date(int(found[:2]), int(found[2:4]))
    return ymd or dmy


def _luhn(found: str) -> bool:
    digits = _digits(found)[::-1]
    return (sum(digits[::2]) + sum([_DOUBLED[digit] for digit in digits[1::2]])) % 10 == 0 and any(digits)


def _nhs(found: str) -> bool:
    """NHS number, England and Wales: modulus 11."""
    *nine, check = _digits(found)
    rest = 11 - sum(weight * digit for weight, digit in zip(_NHS, nine, strict=True)) % 11
    return rest != 10 and rest % 11 == check


def _npi(found: str) -> bool:
    """National Provider Identifier, US: Luhn over 80840 and the number."""
    return found[0] in "12" and _luhn("80840" + found)


def _norwegian(found: str) -> bool:
    """Fødselsnummer and D-number, Norway: two check digits, modulus 11."""
    digits = _digits(found)
    day, month = digits[0] % 4 * 10 + digits[1], digits[2] % 4 * 10 + digits[3]
    sums = (sum(w * d for w, d in zip((*weights, 1), digits, strict=False)) for weights in _NORWEGIAN)
    return _is_date(day, month) and all(total % 11 == 0 for total in sums)


def _pesel(found: str) -> bool:
    """PESEL, Poland."""
    digits = _digits(found)
    return (10 - sum(w * d for w, d in zip(_PESEL, digits, strict=False)) % 10) % 10 == digits[10]


def _birth_number(found: str) -> bool:
    """Personnummer, Sweden (Luhn), and CPR, Denmark, whose newer numbers have no check digit: a date, then four."""
    first, four = found[:-5], found[-4:]
    six = first[-6:]
    swedish = _is_date(int(six[4:]) % 60, int(six[2:4])) and _luhn(six + four)
    return swedish or (len(first) == 6 and found[-5] == "-" and _is_date(int(six[:2]), int(six[2:4])))


def _bsn(found: str) -> bool:
    """BSN, Netherlands: weighted sum, modulus 11."""
    digits = _digits(found)
    return (sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=False)) - digits[8]) % 11 == 0


def _nir(found: str) -> bool:
    """NIR, France: sex, year, month, then a key of 97 where it is given."""
    number = re.sub(r"[^0-9]", "", found)
    key = len(number) == 13 or 97 - int(number[:13]) % 97 == int(number[13:])
    return number[0] in "12" and 1 <= int(number[3:5]) <= 12 and key


def _verhoeff(found: str) -> bool:
    """Aadhaar, India."""
    check = 0
    for n, digit in enumerate(reversed(_digits(found))):
        check = int(_VERHOEFF[check][int(_VERHOEFF_PLACES[n % 8][digit])])
    return check == 0


def _cpf(found: str) -> bool:
    """CPF, Brazil: two check digits."""
    digits = _digits(found)
    firsts = (sum((n + 1 - i) * digits[i] for i in range(n)) * 10 % 11 % 10 == digits[n] for n in (9, 10))
    return all(firsts)


def _dni(found: str) -> bool:
    """DNI, Spain: a letter for the rest by 23."""
    return _DNI[int(found[:8]) % 23] == found[-1]


def _iban(found: str) -> bool:
    """ISO 13616: modulus 97."""
    packed = found.replace(" ", "").upper()
    if not (15 <= len(packed) <= 34 and packed.isascii() and packed.isalnum()):
        return False
    return int("".join(str(int(c, 36)) for c in packed[4:] + packed[:4])) % 97 == 1


def _gtin(found: str) -> bool:
    """The device part of a UDI: a GTIN of 14 digits."""
    digits = _digits(found)[2:]
    return sum(digit * (1 if n % 2 else 3) for n, digit in enumerate(digits)) % 10 == 0


def _vin(found: str) -> bool:
    """Vehicle identification number: letters and digits, the ninth a check (49 CFR 565.15)."""
    values = [int(c if c.isdigit() else _VIN_VALUES[c]) for c in found]
    rest = sum(weight * value for weight, value in zip(_VIN_WEIGHTS, values, strict=True)) % 11
    return not found.isdigit() and found[8] == ("X" if rest == 10 else str(rest))


def _ip(found: str) -> bool:
    return all(part <= 255 for part in _numbers(found))


def _ip6(found: str) -> bool:
    """Not a row of times: hexadecimal letters, or a gap."""
    return "::" in found or bool(re.search(r"[A-Fa-f]", found))


def _url(found: str) -> bool:
    """Addresses of the literature and of guidelines name no patient."""
    host = re.sub(r"^[A-Za-z]+://", "", found).split("/")[0].split("?")[0].lower().removeprefix("www.")
    known = SETS["hosts"]
    parts = host.rstrip(".,;:)").split(".")[-MOST_LABELS:]
    return not any(".".join(parts[n:]) in known for n in range(len(parts)))


def _plate(found: str) -> bool:
    packed = re.sub(r"[ -]", "", found)
    return 4 <= len(packed) <= 9 and bool(re.search(r"[0-9]", packed)) and bool(re.search(r"[^0-9]", packed))


def _postcode(found: str) -> bool:
    """A British postcode: it ends with two letters."""
    return len(found[found.index(" ") + 1 :]) == 3


def _phone0(found: str) -> bool:
    """A national number with its 0 in front, 9 to 11 digits."""
    return found.lstrip("(")[0] == "0" and 9 <= len(_digits(found)) <= 11


def _nino(found: str) -> bool:
    """National Insurance number, UK: two letters, six digits, A to D."""
    packed = found.replace(" ", "")
    return len(packed) == 9 and packed[-1] in "ABCD" and len(_digits(packed)) == 6


def _over89(found: str) -> bool:
    return 90 <= _first(found) <= 130


def _least(digits: int) -> Callable[[str], bool]:
    return lambda found: len(_digits(found)) >= digits


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "any": lambda _: True,
    "birth_number": _birth_number,
    "bsn": _bsn,
    "code": lambda found: not found.endswith("000"),
    "compact_date": _compact_date,
    "cpf": _cpf,
    "date": _date,
    "day": lambda found: 1 <= _first(found) <= _DAYS,
    "day_month": _day_month,
    "digits3": _least(3),
    "digits4": _least(4),
    "digits5": _least(5),
    "digits6": _least(6),
    "dni": _dni,
    "gtin": _gtin,
    "iban": _iban,
    "ip": _ip,
    "ip6": _ip6,
    "iso_date": _iso_date,
    "luhn": _luhn,
    "nhs": _nhs,
    "nino": _nino,
    "nir": _nir,
    "norwegian": _norwegian,
    "npi": _npi,
    "over89": _over89,
    "over89_sex": lambda found: _over89(found) and found[-1] in "MF",
    "pesel": _pesel,
    "phone": lambda found: 8 <= len(_digits(found)) <= 15,
    "phone0": _phone0,
    "plate": _plate,
    "postcode": _postcode,
    "state": lambda found: found[:2] in SETS["states"],
    "url": _url,
    "verhoeff": _verhoeff,
    "vin": _vin,
    "year": lambda found: 10 <= _first(found) <= 2100,
    "year_month": _year_month,
}
