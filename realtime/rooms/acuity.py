"""What the server does for a case of each acuity: whom it disturbs, and how soon somebody must take it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, Final, get_args

import msgspec

from realtime.rooms.command import Acuity

Seconds = Annotated[int, msgspec.Meta(ge=10, le=86_400)]
SecondsOrNever = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
"""0: never."""


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pages`: people are asked by name. `interrupts`: at once, whatever they do; otherwise with what else there is.

    `deadline_s`: how long they have to say that they take it before the next are asked; none where nobody is paged.
    `reveal_after_s`: so long after the first has said what they think it is, all may read what each thinks; 0: only
    when the presenter wants it, or at the close.
    """

    pages: bool
    interrupts: bool = False
    deadline_s: Seconds | None = None
    reveal_after_s: SecondsOrNever = 0


Behaviours = Mapping[Acuity, Behaviour]


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a deployment does otherwise for one acuity."""

    pages: bool | msgspec.UnsetType = msgspec.UNSET
    interrupts: bool | msgspec.UnsetType = msgspec.UNSET
    deadline_s: Seconds | msgspec.UnsetType = msgspec.UNSET
    reveal_after_s: SecondsOrNever | msgspec.UnsetType = msgspec.UNSET


class _Data(msgspec.Struct, frozen=True):
    behaviours: dict[Acuity, Behaviour]


BEHAVIOURS: Final[Behaviours] = msgspec.json.decode(
    files(__package__).joinpath("acuity.json").read_bytes(), type=_Data
).behaviours
"""Unless the deployment says otherwise."""


def changed(changes: Mapping[Acuity, Change]) -> Behaviours:
    """The behaviours with `changes`. Raises `ValueError`, with a sentence, where nobody could rely on them."""
    behaviours = {acuity: _changed(BEHAVIOURS[acuity], changes.get(acuity, Change())) for acuity in get_args(Acuity)}
    for acuity, behaviour in behaviours.items():
        _check(acuity, behaviour)
    return behaviours


def _changed(behaviour: Behaviour, change: Change) -> Behaviour:
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}
    if given.get("pages") is False:
        given = {"interrupts": False, "deadline_s": None} | given
    return msgspec.structs.replace(behaviour, **given)


def _check(acuity: Acuity, behaviour: Behaviour) -> None:
    if acuity == "routine" and behaviour != _revealing(BEHAVIOURS[acuity], behaviour.reveal_after_s):
        raise ValueError("`routine` pages nobody, so it has no deadline either; set its `reveal_after_s` only")
    if acuity == "stat" and not (behaviour.pages and behaviour.interrupts):
        raise ValueError("`stat` always pages and interrupts; change its deadline and its reveal only")
    if behaviour.pages != (behaviour.deadline_s is not None) or behaviour.interrupts > behaviour.pages:
        raise ValueError(f"`{acuity}` needs a deadline if it pages, and must page to have one or to interrupt")


def _revealing(behaviour: Behaviour, after_s: int) -> Behaviour:
    return msgspec.structs.replace(behaviour, reveal_after_s=after_s)
