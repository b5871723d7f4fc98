"""What an operator may set: `CURBSIDE_*` in the environment. docs/settings.md lists them all."""

import os
import re
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from persistence.awards.terms import Policy, Terms
from realtime.backplane.urls import placed
from realtime.rates import Allowed

PREFIX: Final = "CURBSIDE_"
SECRET_CHARS: Final = 32

FIXES: Final = {
    "database_url": "give sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
    "redis_url": "give redis://HOST:PORT, redis+cluster://HOST:PORT for a Cluster, or "
    "redis+sentinel://HOST:PORT,HOST:PORT/NAME for sentinels (rediss for TLS)",
    "secret_key": f"give at least {SECRET_CHARS} random characters, for example from `openssl rand -hex 32`",
    "vault_key": f"give at least {SECRET_CHARS} random characters, for example from `openssl rand -hex 32`",
    "origins": "give origins such as https://consult.example.org, without a path, separated by commas",
    "var": "give the path of a folder",
    "archive": "give the path of a folder",
    "pictures": "give the path of a folder",
    "audit_years": "give a whole number from 6 to 100: six years are the least that 45 CFR 164.316(b)(2)(i) allows",
    "audit_copies": "give the path of a folder, best on another disk",
    "host": "give an address or a host name to listen on, for example 127.0.0.1",
    "port": "give a number from 0 to 65535 (plain PORT is read as well)",
    "log_level": "give one of debug, info, warning, error, critical",
    "secure_cookies": "give one of auto, on, off",
    "trusted_proxies": "give IP addresses or networks, separated by commas",
    "commands_per_s": "give a whole number from 1 to 10000",
    "identifiers": "give one of rules, presidio",
    "commands_burst": "give a whole number from 20 to 50000",
    "room_commands_per_s": "give a whole number from 1 to 100000",
    "connections_per_person": "give a whole number from 1 to 10000",
    "connections_per_address": "give a whole number from 1 to 100000",
    "trusted_addresses": "give IP addresses or networks, separated by commas",
    "second_factor": "give one of offered, required",
    "session_hours": "give a whole number from 1 to 168",
    "idle_minutes": "give a whole number from 0 (never) to 1440",
    "hospitals": "give the path of a TOML file, as docs/signin.md describes",
    "paging": "give on or off",
    "ladder": "give the path of a TOML file, as docs/paging.md describes",
    "coordinator": "give the handle of a person who is here",
    "acuity": "give the path of a TOML file, as docs/acuity.md describes",
    "registration": "give on or off",
    "verify_automatically": "give on or off",
    "t1_days": "give a whole number of days, 0 for ever",
    "t2_days": "give a whole number of days, 0 for ever",
    "t3_days": "give a whole number of days, 0 for ever",
    "renewal_notice_days": "give a whole number of days",
    "documents_kept_days": "give a whole number of days",
    "pages_per_hour": "give a whole number from 1 to 60",
    "smtp_url": "give smtp://USER:PASSWORD@HOST:PORT for STARTTLS, or smtps:// for TLS from the start",
    "mail_from": "give an address of e-mail, for example curbside@example.org",
    "gateway": "give the path of a TOML file, as docs/channels.md describes",
    "second_channel_s": "give a whole number of seconds from 5 to 600",
    "award_currency": "give the three letters of a currency, for example USD",
    "award_least_cents": "give a whole number of cents from 1 to 10000000, not more than CURBSIDE_AWARD_MOST_CENTS",
    "award_most_cents": "give a whole number of cents from 1 to 10000000",
    "award_case_cents": "give a whole number of cents from 1 to 1000000000",
    "award_author_cents": "give a whole number of cents from 1 to 1000000000",
    "award_policy": "give one of flat, ppp, ppp_with_floor",
    "webhook_hosts": "give host names, separated by commas; one that begins with a dot stands for all below it",
    "webhook_networks": "give IP addresses or networks, separated by commas",
}


class InvalidSettings(Exception):
    """One sentence for each setting that is wrong: its name and its fix, never its value."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _origin(text: str) -> str:
    parts = urlsplit(text)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9._:-]+", host):
        raise ValueError("no origin")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("more than an origin")
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


def _redis(text: str) -> str:
    placed(text)
    return text


def _network(text: str) -> str:
    ip_network(text)
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", text):
        raise ValueError("no host")
    return text.lower()


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


RedisUrl = Annotated[str, AfterValidator(_redis)]
Origin = Annotated[str, AfterValidator(_origin)]
Network = Annotated[str, AfterValidator(_network)]
Host = Annotated[str, AfterValidator(_host)]
LogLevel = Literal["debug", "info", "warning", "error", "critical"]
Switch = Literal["auto", "on", "off"]
Identifiers = Literal["rules", "presidio"]
SecondFactor = Literal["offered", "required"]


class Settings(BaseSettings):
    """The settings of one process. `load` reads them; `archive`, `audit_copies`, `pictures`: folders like `var`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True, validate_by_name=True
    )

    var: Path = Path("var")
    database_url: str = Field(
        default_factory=lambda data: f"sqlite:///{data['var'] / 'curbside.db'}",
        pattern=r"^(sqlite:///[^?]+|postgres(ql)?://\S+)$",
        repr=False,
    )
    redis_url: RedisUrl | None = Field(default=None, repr=False)
    secret_key: str | None = Field(default=None, min_length=SECRET_CHARS, repr=False)
    vault_key: str | None = Field(default=None, min_length=SECRET_CHARS, repr=False)
    origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_listed)] = ()
    archive: Path = Field(default_factory=lambda data: data["var"] / "archive")
    pictures: Path = Field(default_factory=lambda data: data["var"] / "pictures")
    audit_years: int = Field(default=6, ge=6, le=100)
    audit_copies: Path | None = None
    host: str = Field(default="127.0.0.1", pattern=r"^[A-Za-z0-9.:_-]+$")
    port: int = Field(default=8000, ge=0, le=65_535, validation_alias=AliasChoices("CURBSIDE_PORT", "PORT"))
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = "info"
    secure_cookies: Annotated[Switch, BeforeValidator(_lower)] = "auto"
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    identifiers: Annotated[Identifiers, BeforeValidator(_lower)] = "rules"
    # Of one person in one room. Nobody types so fast; what was typed without a line comes back at once.
    commands_per_s: int = Field(default=20, ge=1, le=10_000)
    commands_burst: int = Field(default_factory=lambda data: max(20, 5 * data["commands_per_s"]), ge=20, le=50_000)
    room_commands_per_s: int = Field(default=500, ge=1, le=100_000)
    connections_per_person: int = Field(default=20, ge=1, le=10_000)
    connections_per_address: int = Field(default=200, ge=1, le=100_000)
    trusted_addresses: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    second_factor: Annotated[SecondFactor, BeforeValidator(_lower)] = "offered"
    session_hours: int = Field(default=12, ge=1, le=168)
    idle_minutes: int = Field(default=30, ge=0, le=1_440)
    hospitals: Path | None = None
    paging: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = "on"
    ladder: Path | None = None
    coordinator: str | None = None
    acuity: Path | None = None
    registration: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = "on"
    verify_automatically: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = "off"
    t1_days: int = Field(default=730, ge=0, le=36_500)
    t2_days: int = Field(default=365, ge=0, le=36_500)
    t3_days: int = Field(default=730, ge=0, le=36_500)
    renewal_notice_days: int = Field(default=30, ge=0, le=3_650)
    documents_kept_days: int = Field(default=30, ge=0, le=3_650)
    pages_per_hour: int = Field(default=4, ge=1, le=60)
    smtp_url: str | None = Field(default=None, pattern=r"^smtps?://[^/?#]+/?$", repr=False)
    mail_from: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    gateway: Path | None = None
    second_channel_s: int = Field(default=20, ge=5, le=600)
    award_currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    award_least_cents: int = Field(default=500, ge=1, le=10_000_000)
    award_most_cents: int = Field(default=2_500, ge=1, le=10_000_000)
    award_case_cents: int = Field(default=10_000, ge=1, le=1_000_000_000)
    award_author_cents: int = Field(default=100_000, ge=1, le=1_000_000_000)
    award_policy: Annotated[Policy, BeforeValidator(_lower)] = "ppp_with_floor"
    webhook_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_listed)] = ()
    webhook_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()

    @property
    def embedded(self) -> bool:
        """Whether the journal is SQLite: one process, no further server."""
        return self.database_url.startswith("sqlite:")

    @property
    def awards(self) -> Terms:
        """On which terms awards are given."""
        return Terms(
            currency=self.award_currency,
            least_cents=self.award_least_cents,
            most_cents=self.award_most_cents,
            case_cents=self.award_case_cents,
            author_cents=self.award_author_cents,
            policy=self.award_policy,
        )

    @property
    def allowed(self) -> Allowed:
        """How fast people may send."""
        return Allowed(self.commands_per_s, self.commands_burst, self.room_commands_per_s)

    @model_validator(mode="after")
    def _agreeing(self) -> Self:
        if self.smtp_url and not self.mail_from:
            raise InvalidSettings(f"CURBSIDE_SMTP_URL needs CURBSIDE_MAIL_FROM: {FIXES['mail_from']}.")
        if self.award_least_cents > self.award_most_cents:
            raise InvalidSettings(f"CURBSIDE_AWARD_LEAST_CENTS is not valid: {FIXES['award_least_cents']}.")
        if self.redis_url and self.embedded:
            raise InvalidSettings(
                "CURBSIDE_REDIS_URL needs PostgreSQL: set CURBSIDE_DATABASE_URL to a postgresql:// address, "
                "or unset CURBSIDE_REDIS_URL to run on SQLite."
            )
        if self.redis_url and not self.secret_key:
            raise InvalidSettings(
                "CURBSIDE_SECRET_KEY is required with CURBSIDE_REDIS_URL: "
                f"{FIXES['secret_key']}, the same for every process."
            )
        return self


def load(**given: Any) -> Settings:
    """The settings: what is `given` and not None, else the environment, else the defaults. Raises `InvalidSettings`."""
    misspelt = _misspelt()
    if misspelt:
        raise InvalidSettings(*misspelt)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = {_field(one["loc"]) for one in error.errors() if one["type"] != "default_factory_not_called"}
        raise InvalidSettings(*(_sentence(field) for field in FIXES if field in wrong)) from None


def variable(field: str) -> str:
    """The environment variable of the setting `field`."""
    return PREFIX + field.upper()


def _misspelt() -> list[str]:
    """A sentence for each `CURBSIDE_*` that is nearly a setting: ignored, it would leave the default in force.

    Others are left alone: Kubernetes sets `CURBSIDE_PORT_8000_TCP` and the like for a service of that name.
    """
    strangers = [name for name in os.environ if name.startswith(PREFIX) and name[len(PREFIX) :].lower() not in FIXES]
    meant = {name: get_close_matches(name[len(PREFIX) :].lower(), FIXES, n=1, cutoff=0.8) for name in strangers}
    return [f"{name} is no setting: did you mean {variable(near[0])}?" for name, near in meant.items() if near]


def _field(location: tuple[int | str, ...]) -> str:
    name = str(location[0]).lower()
    return name.removeprefix(PREFIX.lower())


def _sentence(field: str) -> str:
    return f"{variable(field)} is not valid: {FIXES[field]}."
