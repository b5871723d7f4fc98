"""Layouts of registers over small files as the registers write them."""

import csv
from pathlib import Path

import pytest

from persistence.verification.mapping import entry_of, known_layouts, layout
from persistence.verification.registers import Entry

FILES = Path(__file__).with_name("registers")
FIRST = {
    "fr": Entry("10001234565", "muller roux", "elodie", "Pédiatrie", "", True),
    "gb": Entry("6123456", "obrien", "aine", "Paediatrics", "", True),
    "ie": Entry("123456", "ni bhriain", "aine", "Cardiology", "", True),
    "no": Entry("9144889", "bjornsen", "ase marie", "Pediatri", "", True),
    "nl": Entry("09911009701", "de vries", "anna maria", "Cardiologie", "", True),
    "au": Entry("MED0000123456", "nguyen", "thi anh", "Emergency medicine", "", True),
    "nz": Entry("12345", "tamati", "hemi", "General practice", "", True),
    "za": Entry("MP0123456", "van der merwe", "johanna", "Anaesthesiology", "", True),
    "br": Entry("SP123456", "da conceicao", "joao", "Cardiologia", "", True),
    "ch": Entry("7601000123459", "gubeli", "zoe", "Pädiatrie", "", True),
}


def entries(name: str) -> list[Entry | None]:
    known = layout(known_layouts()[name])
    with (FILES / f"{name}.csv").open(encoding=known.encoding, newline="") as file:
        return [entry_of(known, line) for line in csv.DictReader(file, delimiter=known.delimiter)]


@pytest.mark.parametrize("name", FIRST)
def test_a_file_of_each_country(name: str) -> None:
    first, second, *rest = entries(name)
    assert first == FIRST[name]
    assert second is not None and second.active is (name == "fr")
    assert rest in ([], [None])


def test_each_layout_has_a_file_of_its_country() -> None:
    assert {*FIRST, "nppes"} == set(known_layouts())


@pytest.mark.parametrize("text", ["", "country = 1", "[[[", 'country = "XX"\nunknown = 1'])
def test_what_is_no_layout_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match="no layout"):
        layout(file)
    with pytest.raises(ValueError, match="cannot be read"):
        layout(tmp_path / "missing.toml")
