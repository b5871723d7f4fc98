"""A file of general payments of Open Payments, with the columns that it really has."""

import csv
from pathlib import Path
from typing import Final

_MAKING: Final = "Applicable_Manufacturer_or_Applicable_GPO_Making_Payment_"
_PRODUCT: Final = (
    "Covered_or_Noncovered_Indicator_{n}",
    "Indicate_Drug_or_Biological_or_Device_or_Medical_Supply_{n}",
    "Product_Category_or_Therapeutic_Area_{n}",
    "Name_of_Drug_or_Biological_or_Device_or_Medical_Supply_{n}",
    "Associated_Drug_or_Biological_NDC_{n}",
    "Associated_Device_or_Medical_Supply_PDI_{n}",
)
COLUMNS: Final = [
    *("Change_Type", "Covered_Recipient_Type", "Teaching_Hospital_CCN", "Teaching_Hospital_ID"),
    *("Teaching_Hospital_Name", "Covered_Recipient_Profile_ID", "Covered_Recipient_NPI"),
    *("Covered_Recipient_First_Name", "Covered_Recipient_Middle_Name", "Covered_Recipient_Last_Name"),
    *("Covered_Recipient_Name_Suffix", "Recipient_Primary_Business_Street_Address_Line1", "Recipient_City"),
    *("Recipient_State", "Recipient_Zip_Code", "Recipient_Country", "Covered_Recipient_Primary_Type_1"),
    *("Covered_Recipient_Specialty_1", "Covered_Recipient_License_State_code1"),
    "Submitting_Applicable_Manufacturer_or_Applicable_GPO_Name",
    *(f"{_MAKING}{what}" for what in ("ID", "Name", "State", "Country")),
    *("Total_Amount_of_Payment_USDollars", "Date_of_Payment", "Number_of_Payments_Included_in_Total_Amount"),
    *("Form_of_Payment_or_Transfer_of_Value", "Nature_of_Payment_or_Transfer_of_Value", "City_of_Travel"),
    *("Physician_Ownership_Indicator", "Third_Party_Payment_Recipient_Indicator", "Charity_Indicator"),
    *("Contextual_Information", "Delay_in_Publication_Indicator", "Record_ID"),
    *("Dispute_Status_for_Publication", "Related_Product_Indicator"),
    *(name.format(n=n) for n in range(1, 6) for name in _PRODUCT),
    *("Program_Year", "Payment_Publication_Date"),
]
_SHORT: Final = {
    "npi": "Covered_Recipient_NPI",
    "payer_id": f"{_MAKING}ID",
    "payer": f"{_MAKING}Name",
    "amount": "Total_Amount_of_Payment_USDollars",
    "day": "Date_of_Payment",
    "count": "Number_of_Payments_Included_in_Total_Amount",
    "nature": "Nature_of_Payment_or_Transfer_of_Value",
    "record": "Record_ID",
    "disputed": "Dispute_Status_for_Publication",
    "product": "Name_of_Drug_or_Biological_or_Device_or_Medical_Supply_1",
    "year": "Program_Year",
}
NPI: Final = "1234567893"


def line(number: int, **said: str) -> dict[str, str]:
    """A line of the file: what is not said is a meal that Acme Pharma paid to the holder of `NPI` in 2025."""
    usual = {
        "npi": NPI,
        "payer_id": "100000000010",
        "payer": "Acme Pharma, Inc.",
        "amount": "25.50",
        "day": "03/14/2025",
        "count": "1",
        "nature": "Food and Beverage",
        "record": str(number),
        "disputed": "No",
        "product": "",
        "year": "2025",
    }
    return {_SHORT[name]: value for name, value in (usual | said).items()} | {"Change_Type": "NEW"}


def written(file: Path, *lines: dict[str, str]) -> Path:
    """`file`, with these lines, every field in quotes as in the published ones."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(lines)
    return file
