"""What this deployment does by acuity and colour: `CURBSIDE_ACUITY` names a TOML file of what is otherwise here."""

from typing import NamedTuple

import msgspec

from realtime.rooms.acuity import BEHAVIOURS, Behaviours, Change, changed
from realtime.rooms.command import Acuity
from realtime.rooms.triage import manchester
from realtime.rooms.triage.manchester import MINUTES, Colour, Minute, Minutes
from web.settings import InvalidSettings, Settings


class Urgency(NamedTuple):
    """Whom each acuity pages and by when, and by when a patient of each colour is seen."""

    behaviours: Behaviours
    manchester: Minutes


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    acuity: dict[Acuity, Change] = {}
    manchester: dict[Colour, Minute] = {}


def urgency(settings: Settings) -> Urgency:
    """What is in force here. Raises `InvalidSettings` with a sentence."""
    if settings.acuity is None:
        return Urgency(BEHAVIOURS, MINUTES)
    try:
        file = msgspec.toml.decode(settings.acuity.read_bytes(), type=_File)
        return Urgency(changed(file.acuity), manchester.changed(file.manchester))
    except OSError:
        raise _wrong("the file cannot be read") from None
    except msgspec.ValidationError as error:
        raise _wrong(str(error)) from None
    except msgspec.DecodeError:
        raise _wrong("the file is no TOML") from None
    except ValueError as error:
        raise _wrong(str(error)) from None


def _wrong(what: str) -> InvalidSettings:
    return InvalidSettings(f"CURBSIDE_ACUITY is not valid: {what}. docs/acuity.md describes the file.")
