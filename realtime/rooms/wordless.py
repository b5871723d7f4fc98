"""The repr of values that hold what a patient or a doctor wrote: no log line or traceback shows their words."""

from typing import Any, Final

SHOWN: Final = frozenset(
    ("id", "re", "room", "seq", "at", "by", "kind", "target", "person", "stance", "mode", "reach", "code")
)


def wordless(value: Any) -> str:
    """The type of a struct with its names and places only: taken as `__repr__` by all that hold people's words."""
    shown = (f"{name}={getattr(value, name)!r}" for name in value.__struct_fields__ if name in SHOWN)
    return f"{type(value).__name__}({', '.join(shown)})"
