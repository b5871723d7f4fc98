"""Switching off one defence each: a drill whose fault does no harm without the defence has proved nothing."""

from collections.abc import Callable
from typing import Final

from drill.defences.lines import LINES
from drill.defences.news import NEWS
from drill.defences.record import RECORD
from drill.defences.seals import SEALS

DEFENCES: Final[dict[str, Callable[[], None]]] = {**NEWS, **RECORD, **SEALS, **LINES}
