"""How this deployment pages: `CURBSIDE_LADDER` is a TOML file of the ladder, `CURBSIDE_COORDINATOR` its last human."""

import msgspec
from sqlmodel import Session

from persistence import people
from persistence.paging.choosing import Rules
from realtime.rooms.command import Acuity
from realtime.rooms.paging.ladder import LADDER, Ladder
from web.acuity import urgency
from web.settings import InvalidSettings, Settings

NOBODY = (
    "Nobody is named who is rung last: set CURBSIDE_COORDINATOR to the handle of somebody who always answers, "
    "or CURBSIDE_PAGING=off where people are paged by other means."
)


def rules(settings: Settings) -> Rules:
    """Who is rung, how often and for how long. Raises `InvalidSettings` with a sentence."""
    ladder = _named(_ladder(settings), settings.coordinator)
    if settings.paging == "on" and settings.redis_url and ladder.coordinator(None) is None:
        raise InvalidSettings(NOBODY)
    return Rules(ladder, urgency(settings).behaviours, settings.pages_per_hour, settings.paging == "on")


def paged(settings: Settings) -> frozenset[Acuity]:
    """The acuities of cases for which people are rung here."""
    if settings.paging == "off":
        return frozenset()
    return frozenset(acuity for acuity, behaviour in urgency(settings).behaviours.items() if behaviour.pages)


def strangers(session: Session, ladder: Ladder) -> list[str]:
    """The coordinators whom there are not, or who may not be rung."""
    found = {handle: people.by_handle(session, handle) for handle in ladder.coordinators.values()}
    return sorted(handle for handle, one in found.items() if one is None or one.role == "observer")


def _ladder(settings: Settings) -> Ladder:
    if settings.ladder is None:
        return LADDER
    try:
        return msgspec.toml.decode(settings.ladder.read_bytes(), type=Ladder)
    except OSError:
        raise _wrong("the file cannot be read") from None
    except msgspec.ValidationError as error:
        raise _wrong(str(error)) from None
    except msgspec.DecodeError:
        raise _wrong("the file is no TOML") from None


def _named(ladder: Ladder, handle: str | None) -> Ladder:
    """The ladder with the coordinator of this deployment, where one is set."""
    if handle is None:
        return ladder
    return msgspec.structs.replace(ladder, coordinators={**ladder.coordinators, "": handle})


def _wrong(what: str) -> InvalidSettings:
    return InvalidSettings(f"CURBSIDE_LADDER is not valid: {what}. docs/paging.md describes the file.")
