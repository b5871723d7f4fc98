"""Open Payments (42 CFR 403.904): what a payer may have to report of those who took its awards by name, as CSV.

Whether an award is reportable, and as what, its payer decides; this gives the lines that the thresholds let through.
"""

import csv
import io
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from sqlmodel import Session, col, select

from persistence.awards.exports import Document, Line
from persistence.awards.tables import AwardExport

FILE: Final = Path(__file__).with_name("open_payments.json")
HEAD: Final = (
    "Program_Year",
    "Applicable_Manufacturer_or_GPO_Name",
    "Covered_Recipient_NPI",
    "Covered_Recipient_Last_Name",
    "Covered_Recipient_First_Name",
    "Covered_Recipient_Specialty",
    "Total_Amount_of_Payment_USDollars",
    "Date_of_Payment",
    "Number_of_Payments_Included_in_Total_Amount",
    "Form_of_Payment",
    "Nature_of_Payment",
    "Third_Party_Payment_Indicator",
    "Record_ID",
)
FORMS: Final = {
    "cash": "Cash or cash equivalent",
    "cme": "In-kind items and services",
    "charity": "Cash or cash equivalent",
}
NATURE: Final = "Compensation for services other than consulting"


class Thresholds(msgspec.Struct, frozen=True):
    """A payment under `each_cents` is left out, unless all of that payer to that person come to over `year_cents`."""

    each_cents: int
    year_cents: int


class Table(msgspec.Struct, frozen=True):
    """The thresholds by programme year."""

    source: str
    noted_on: str
    years: dict[str, Thresholds]


@cache
def thresholds() -> dict[str, Thresholds]:
    """What came with this version, by year."""
    return msgspec.json.decode(FILE.read_bytes(), type=Table).years


def report(session: Session, payer: str, year: int) -> str:
    """The lines of a programme year as CSV. Raises `ValueError` where its thresholds are not known here."""
    bounds = thresholds().get(str(year))
    if bounds is None:
        known = ", ".join(sorted(thresholds()))
        raise ValueError(f"The thresholds of {year} are not known to this version; it knows {known}.")
    found = _paid(session, payer, year)
    totals: dict[str, int] = defaultdict(int)
    for _, line in found:
        totals[_npi(line)] += line.paid_cents or 0
    lines = [
        _row(document, line, n)
        for n, (document, line) in enumerate(found, 1)
        if (line.paid_cents or 0) >= bounds.each_cents or totals[_npi(line)] > bounds.year_cents
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([HEAD, *lines])
    return out.getvalue()


def _paid(session: Session, payer: str, year: int) -> list[tuple[Document, Line]]:
    """What was exported in that year of people with an NPI. Who took it blind is not known to the payer."""
    row = AwardExport
    wanted = select(row.document).where(row.payer == payer, row.year == year).order_by(col(row.number))
    documents = [msgspec.json.decode(one, type=Document) for one in session.exec(wanted)]
    return [(document, line) for document in documents for line in document.awards if _npi(line)]


def _npi(line: Line) -> str:
    return line.recipient.npi if line.recipient is not None else ""


def _row(document: Document, line: Line, n: int) -> list[str]:
    assert line.recipient is not None, "it has an NPI"
    return [
        str(document.year),
        document.payer,
        line.recipient.npi,
        line.recipient.family,
        line.recipient.given,
        line.recipient.specialty,
        f"{(line.paid_cents or 0) / 100:.2f}",
        f"{datetime.fromtimestamp(document.at / 1_000, UTC):%m/%d/%Y}",
        "1",
        FORMS[line.form],
        NATURE,
        "Entity" if line.form == "charity" else "No Third Party Payment",
        f"{document.number}-{n}",
    ]
