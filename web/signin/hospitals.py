"""Which hospitals sign their people in here: `CURBSIDE_HOSPITALS` names a TOML file of them."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import msgspec

from web.settings import InvalidSettings, Settings

_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Hospital(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provider of OpenID Connect, and what its people are here.

    `claims`: what an ID token must say, for example `{hd = "hospital.example"}`; a list in the token holds it as well.
    `domains`: of which its verified `email` must be one. `institution`, `network`: of those who come for the first
    time. `prompt_login`: whether the provider is asked to ask anew.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}$")]
    name: Text
    issuer: Text
    client_id: Text
    client_secret: Text | None = None
    auth: Literal["client_secret_basic", "client_secret_post", "none"] = "client_secret_basic"
    scope: Text = "openid email"
    domains: tuple[str, ...] = ()
    claims: dict[str, str | bool] = {}
    institution: str = ""
    network: str = ""
    country: str = ""

    def __repr__(self) -> str:
        return f"<Hospital {self.id}>"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hospital: list[Hospital] = []


def hospitals(settings: Settings) -> Mapping[str, Hospital]:
    """The hospitals by their id. Raises `InvalidSettings` with a sentence that holds no secret."""
    if settings.hospitals is None:
        return {}
    try:
        found = msgspec.toml.decode(settings.hospitals.read_bytes(), type=_File).hospital
    except OSError:
        raise _wrong("the file cannot be read") from None
    except msgspec.ValidationError as error:
        raise _wrong(str(error)) from None
    except msgspec.DecodeError:
        raise _wrong("the file is no TOML") from None
    if len({one.id for one in found}) < len(found):
        raise _wrong("two hospitals have the same id")
    for one in found:
        _check(one)
    return {one.id: one for one in found}


def _check(hospital: Hospital) -> None:
    parts = urlsplit(hospital.issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise _wrong(f"the issuer of `{hospital.id}` must be an https:// address")
    if hospital.client_secret is None and hospital.auth != "none":
        raise _wrong(f'`{hospital.id}` needs a client_secret, or auth = "none"')
    if not re.fullmatch(r"([A-Z]{2})?", hospital.country):
        raise _wrong(f"the country of `{hospital.id}` must be two capital letters")


def _wrong(what: str) -> InvalidSettings:
    return InvalidSettings(f"CURBSIDE_HOSPITALS is not valid: {what}. docs/signin.md describes the file.")
