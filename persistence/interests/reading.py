"""Lines of a file of general payments of Open Payments (CMS), each a payment or a sentence that says what is wrong."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

from realtime.rooms.interests.natures import nature_of
from realtime.rooms.licences import npi

_MAKING: Final = "Applicable_Manufacturer_or_Applicable_GPO_Making_Payment_"
_PRODUCT: Final = "Name_of_Drug_or_Biological_or_Device_or_Medical_Supply_"
# As the files of the years before 2016 name them.
_OLD_PRODUCTS: Final = (
    "Name_of_Associated_Covered_Drug_or_Biological",
    "Name_of_Associated_Covered_Device_or_Medical_Supply",
)
MOST_PRODUCTS: Final = 5
COLUMNS: Final = (
    "Covered_Recipient_NPI",
    f"{_MAKING}ID",
    f"{_MAKING}Name",
    "Total_Amount_of_Payment_USDollars",
    "Date_of_Payment",
    "Number_of_Payments_Included_in_Total_Amount",
    "Nature_of_Payment_or_Transfer_of_Value",
    "Record_ID",
    "Dispute_Status_for_Publication",
    "Program_Year",
)
"""What a file must have."""

_npi = re.compile(r"[12][0-9]{9}")
_record = re.compile(r"[0-9]{1,38}")
_year = re.compile(r"20[0-9]{2}")
_MOST_CENTS: Final = 10**13
_MOST_PAYMENTS: Final = 10**6


class Payment(msgspec.Struct, frozen=True):
    """One record of the file. `paid_on`: ISO 8601. `npi`: ten digits."""

    record: str
    npi: str
    year: int
    payer_id: str
    payer: str
    nature: str
    cents: int
    payments: int
    paid_on: str
    products: tuple[str, ...]
    disputed: bool


class BadLine(ValueError):
    """One sentence of what is wrong with a line."""


def payment_of(line: Mapping[str, str]) -> Payment | None:
    """The payment of a line; None where it was not to a person with an NPI. Raises `BadLine`."""
    recipient = line["Covered_Recipient_NPI"].strip()
    if not recipient:
        return None
    if not (_npi.fullmatch(recipient) and npi(recipient)):
        raise BadLine("The NPI is none: it has ten digits, the last of which checks the others.")
    record, year, nature = line["Record_ID"].strip(), line["Program_Year"].strip(), nature_of(line[COLUMNS[6]])
    if not _record.fullmatch(record):
        raise BadLine("There is no record id: a record id is a number.")
    if not _year.fullmatch(year):
        raise BadLine("The programme year is none.")
    if nature is None:
        raise BadLine("The nature of payment is none that is known.")
    payer, payer_id = " ".join(line[f"{_MAKING}Name"].split())[:200], line[f"{_MAKING}ID"].strip()[:64]
    if not (payer and payer_id):
        raise BadLine("There is no name or no id of who pays.")
    return Payment(
        record=record,
        npi=recipient,
        year=int(year),
        payer_id=payer_id,
        payer=payer,
        nature=nature,
        cents=_cents(line["Total_Amount_of_Payment_USDollars"]),
        payments=_count(line["Number_of_Payments_Included_in_Total_Amount"]),
        paid_on=_day(line["Date_of_Payment"]),
        products=_products(line),
        disputed=_disputed(line["Dispute_Status_for_Publication"]),
    )


def _cents(text: str) -> int:
    try:
        cents = Decimal(text.strip().replace(",", "")) * 100
        if cents == cents.to_integral_value() and 0 <= cents < _MOST_CENTS:
            return int(cents)
    except InvalidOperation:
        pass
    raise BadLine("The amount is none in US dollars.")


def _count(text: str) -> int:
    count = text.strip()
    if not (count.isascii() and count.isdigit() and 0 < int(count[:9]) <= _MOST_PAYMENTS):
        raise BadLine("The number of payments is none.")
    return int(count)


def _day(text: str) -> str:
    try:
        return datetime.strptime(text.strip(), "%m/%d/%Y").date().isoformat()
    except ValueError:
        raise BadLine("The date of payment is none: it is written MM/DD/YYYY.") from None


def _disputed(text: str) -> bool:
    said = text.strip().casefold()
    if said not in ("yes", "no"):
        raise BadLine("The dispute status is neither Yes nor No.")
    return said == "yes"


def _products(line: Mapping[str, str]) -> tuple[str, ...]:
    numbers = range(1, MOST_PRODUCTS + 1)
    columns = (*(f"{_PRODUCT}{n}" for n in numbers), *(f"{old}{n}" for old in _OLD_PRODUCTS for n in numbers))
    named = (" ".join((line.get(column) or "").split())[:100] for column in columns)
    return tuple(dict.fromkeys(filter(None, named)))
