"""The gateway for SMS and calls, as a TOML file describes it: `CURBSIDE_GATEWAY`. docs/channels.md has examples."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from realtime.rooms.wordless import wordless
from web.settings import InvalidSettings

Places = Mapping[str, str]
"""What `{to}`, `{text}` and `{id}` stand for."""
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One request: `form` or `json` is its body. `{to}`, `{text}` and `{id}` stand anywhere but in names.

    It went well where the status is one of `success` (any 2xx where none is named), and the JSON of the answer has at
    each pointer (RFC 6901) of `answer` that value, as text.
    """

    __repr__ = wordless

    method: Literal["POST", "PUT", "GET"] = "POST"
    url: str
    headers: dict[str, str] = {}
    form: dict[str, str] | None = None
    json: dict[str, Any] | None = None
    success: list[int] = []
    answer: dict[str, str] = {}

    def request(self, places: Places) -> tuple[str, dict[str, str], bytes]:
        """The URL, headers and content for these places."""
        url = _filled(self.url, {name: quote(value, safe="") for name, value in places.items()})
        headers = {"idempotency-key": places["id"], **{k.lower(): _filled(v, places) for k, v in self.headers.items()}}
        if self.form is not None:
            form = urlencode({name: _filled(value, places) for name, value in self.form.items()})
            return url, {"content-type": "application/x-www-form-urlencoded", **headers}, form.encode()
        if self.json is not None:
            return url, {"content-type": "application/json", **headers}, msgspec.json.encode(_deep(self.json, places))
        return url, headers, b""

    def went_well(self, status: int, body: bytes) -> bool:
        """Whether this answer says that it was taken."""
        wanted = status in self.success if self.success else 200 <= status < 300
        return wanted and (not self.answer or _holds(body, self.answer))


class Gateway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file describes: messages, calls, or both."""

    sms: Template | None = None
    voice: Template | None = None


def gateway(path: Path | None) -> Gateway:
    """The gateway in the file at `path`. Raises `InvalidSettings` with a sentence that holds no secret."""
    if path is None:
        return Gateway()
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Gateway)
    except OSError:
        raise _wrong("the file cannot be read") from None
    except msgspec.ValidationError as error:
        raise _wrong(str(error)) from None
    except msgspec.DecodeError:
        raise _wrong("the file is no TOML") from None
    for name, template in (("sms", found.sms), ("voice", found.voice)):
        if template is not None:
            _check(name, template)
    return found


def _check(name: str, template: Template) -> None:
    parts = urlsplit(template.url)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)) or not parts.hostname:
        raise _wrong(f"the url of `{name}` must be an https:// address")
    if template.form is not None and template.json is not None:
        raise _wrong(f"`{name}` has both a form and json: give one")
    written = msgspec.json.encode([template.url, template.headers, template.form, template.json]).decode()
    missing = [place for place in ("{to}", "{text}") if place not in written]
    if missing:
        raise _wrong(f"`{name}` does not say where {' and '.join(missing)} stands")


def _filled(text: str, places: Places) -> str:
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _deep(value: Any, places: Places) -> Any:
    match value:
        case str():
            return _filled(value, places)
        case dict():
            return {name: _deep(one, places) for name, one in value.items()}
        case list():
            return [_deep(one, places) for one in value]
        case _:
            return value


def _holds(body: bytes, wanted: Mapping[str, str]) -> bool:
    try:
        found = msgspec.json.decode(body)
        return all(_text(_at(found, pointer)) == value for pointer, value in wanted.items())
    except (msgspec.DecodeError, LookupError, ValueError, TypeError):
        return False


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _wrong(what: str) -> InvalidSettings:
    return InvalidSettings(f"CURBSIDE_GATEWAY is not valid: {what}. docs/channels.md describes the file.")
