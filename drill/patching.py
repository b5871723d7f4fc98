"""Replacing parts of the program from outside. They are named as text: nothing here imports the server."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any


class Gone(Exception):
    """What a patch replaces is not there any more: the patch must be mended, or it would prove nothing."""


def replace(place: str, made: Callable[[Any], Any]) -> None:
    """Put `made(what is there)` at `place`: `module:NAME` or `module:Class.method`. Raises `Gone`.

    Modules that have taken what was there by its name get what is there now.
    """
    owner, name = _place(place)
    before = vars(owner)[name]
    after = made(before)
    setattr(owner, name, after)
    for module in [*sys.modules.values()] if isinstance(owner, ModuleType) else ():
        if vars(module).get(name) is before and _ours(module):
            setattr(module, name, after)


def found(place: str) -> Any:
    """What is at `place`. Raises `Gone`."""
    owner, name = _place(place)
    return vars(owner)[name]


def set_constant(place: str, value: Any, *, read_by: str) -> None:
    """Give the constant at `place` another value. Raises `Gone`, also where the function `read_by` does not read it."""
    read = found(read_by)
    constant = place.rpartition(":")[2]
    if not isinstance(read, FunctionType) or constant not in read.__code__.co_names:
        raise Gone(f"{read_by} does not read {constant} any more: mend the patch of it in drill/.")
    replace(place, lambda _: value)


def shadow(place: str, value: Any, *, read_by: str) -> None:
    """Give a builtin another meaning in one module: `module:name`. Raises `Gone` where `read_by` does not use it."""
    module, _, name = place.partition(":")
    if name not in found(read_by).__code__.co_names:
        raise Gone(f"{read_by} does not use {name} any more: mend the patch of it in drill/.")
    setattr(import_module(module), name, value)


def _ours(module: ModuleType) -> bool:
    return module.__name__.startswith(("persistence.", "realtime.", "web."))


def _place(place: str) -> tuple[Any, str]:
    """The owner of what is at `place`, and its name there."""
    module, _, inner = place.partition(":")
    *outer, name = inner.split(".")
    try:
        owner: Any = import_module(module)
        for part in outer:
            owner = vars(owner)[part]
        vars(owner)[name]
    except (ImportError, KeyError, TypeError):
        raise Gone(f"{place} is not there any more: mend the patch of it in drill/.") from None
    return owner, name
