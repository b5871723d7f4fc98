"""The vital signs that are known here, from `catalogue.json`, which the browser reads too."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

import msgspec


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit (UCUM). `(value - zero) * times / by` is the same in the first unit of its measure."""

    unit: str
    symbol: str
    decimals: int
    zero: float = 0
    times: float = 1
    by: float = 1


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A vital sign. `low` and `high` bound, in the first of its `units`, what a patient may have at all."""

    name: str
    loinc: str
    called: str
    low: float
    high: float
    units: list[Unit]

    def unit(self, code: str) -> Unit | None:
        """The unit with this UCUM code, where this is measured in it."""
        return next((one for one in self.units if one.unit == code), None)


class _Data(msgspec.Struct, frozen=True):
    measures: list[Measure]


MEASURES: Final[Mapping[str, Measure]] = {
    one.name: one
    for one in msgspec.json.decode(files(__package__).joinpath("catalogue.json").read_bytes(), type=_Data).measures
}
"""By name, in the order in which they are asked for."""
