"""Hypothesis strategies that are read off the types: what a struct's annotations allow, and nothing else."""

import re
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

Strategy = st.SearchStrategy[Any]

MOST_CHARS = 60
MOST_ITEMS = 3


def values_of(annotation: Any) -> Strategy:
    """Values that `msgspec` takes for this annotation; texts and lists are kept short."""
    return _values(inspect.type_info(annotation))


def _values(kind: inspect.Type) -> Strategy:
    match kind:
        case inspect.NoneType():
            return st.none()
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case inspect.FloatType(gt=float() | int() as least, le=float() | int() as most):
            return st.floats(least, most, exclude_min=True)
        case inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case inspect.LiteralType(values=values):
            return st.sampled_from(sorted(values, key=str))
        case inspect.UnionType(types=types):
            return st.one_of(*map(_values, types))
        case inspect.ListType(item_type=item, min_length=least, max_length=most):
            return st.lists(_values(item), min_size=least or 0, max_size=min(most or MOST_ITEMS, MOST_ITEMS))
        case inspect.StrType(pattern=str(pattern)):
            return _names(pattern)
        case inspect.StrType(min_length=least, max_length=most):
            letters = st.characters(codec="utf-8")
            return st.text(letters, min_size=least or 0, max_size=min(most or MOST_CHARS, MOST_CHARS))
        case inspect.StructType(cls=struct, fields=fields):
            return st.builds(struct, **{field.name: _values(field.type) for field in fields})
    raise NotImplementedError(type(kind).__name__)


def _names(pattern: str) -> Strategy:
    """Texts of a pattern. Most are `^[…]{1,n}$` or `^[…]{n}$`: as a regular expression these take ten times as long."""
    simple = re.match(r"\^(\[.+\])\{(?:(1),)?(\d+)\}\$", pattern)
    if simple is None:
        return st.from_regex(pattern)
    letters, least, most = simple.groups()
    alphabet = [chr(n) for n in range(128) if re.match(letters, chr(n))]
    return st.text(alphabet, min_size=int(least or most), max_size=int(most))


def plain_values() -> Strategy:
    """What JSON can say: the fields that a stranger might send."""
    leaves = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | texts()
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts(), inner, max_size=4))


def texts() -> st.SearchStrategy[str]:
    """Any text but lone surrogates, short."""
    return st.text(st.characters(codec="utf-8"), max_size=20)


def builtins(frame: msgspec.Struct) -> dict[str, Any]:
    """The map that `frame` is on the wire."""
    plain: dict[str, Any] = msgspec.to_builtins(frame)
    return plain
