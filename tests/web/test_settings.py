import re
from pathlib import Path

import pytest

from web.settings import FIXES, InvalidSettings, Settings, load, variable

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
POSTGRES = "postgresql://curbside:hunter2@db.example/curbside"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*map(variable, FIXES), "PORT"]:
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_are_the_embedded_server() -> None:
    settings = load()
    assert settings.embedded
    assert settings.database_url == "sqlite:///var/curbside.db"
    assert settings.archive == Path("var/archive")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_database_and_archive_follow_var(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_VAR", "/srv/curbside")
    assert load().database_url == "sqlite:////srv/curbside/curbside.db"
    assert load().archive == Path("/srv/curbside/archive")


def test_plain_port_is_read_and_the_prefixed_one_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "5000")
    assert load().port == 5000
    monkeypatch.setenv("CURBSIDE_PORT", "6000")
    assert load().port == 6000
    assert load(port=7000).port == 7000


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_REDIS_URL", "")
    assert load().redis_url is None


def test_origins_are_written_as_browsers_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_ORIGINS", "https://Consult.example:443, http://localhost:5173/ ,http://[::1]:80")
    assert load().origins == ("https://consult.example", "http://localhost:5173", "http://[::1]")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CURBSIDE_DATABASE_URL", "mysql://root:hunter2@db/curbside"),
        ("CURBSIDE_DATABASE_URL", "sqlite://"),
        ("CURBSIDE_REDIS_URL", "http://hunter2@cache"),
        ("CURBSIDE_SECRET_KEY", "hunter2"),
        ("CURBSIDE_ORIGINS", "*"),
        ("CURBSIDE_ORIGINS", "null"),
        ("CURBSIDE_ORIGINS", "https://consult.example/app"),
        ("CURBSIDE_ORIGINS", "https://hunter2@consult.example"),
        ("CURBSIDE_ORIGINS", "consult.example"),
        ("CURBSIDE_ORIGINS", "https://bücher.example"),
        ("CURBSIDE_ORIGINS", "https://consult.example:hunter2"),
        ("CURBSIDE_HOST", "http://localhost"),
        ("CURBSIDE_PORT", "http"),
        ("CURBSIDE_PORT", "65536"),
        ("CURBSIDE_LOG_LEVEL", "loud"),
        ("CURBSIDE_SECURE_COOKIES", "sometimes"),
        ("CURBSIDE_TRUSTED_PROXIES", "*"),
        ("CURBSIDE_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("CURBSIDE_COMMANDS_PER_S", "0"),
        ("CURBSIDE_COMMANDS_BURST", "19"),
        ("CURBSIDE_ROOM_COMMANDS_PER_S", "many"),
        ("CURBSIDE_CONNECTIONS_PER_PERSON", "-1"),
        ("CURBSIDE_CONNECTIONS_PER_ADDRESS", "0"),
        ("CURBSIDE_TRUSTED_ADDRESSES", "hospital"),
    ],
)
def test_an_invalid_setting_names_itself_and_its_fix_but_not_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings) as refused:
        load()
    sentence = str(refused.value)
    assert sentence.startswith(f"{name} is not valid: give ")
    assert "\n" not in sentence
    assert "hunter2" not in sentence


def test_each_wrong_setting_gets_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_PORT", "http")
    monkeypatch.setenv("CURBSIDE_VAR", "/srv/curbside")
    monkeypatch.setenv("CURBSIDE_LOG_LEVEL", "loud")
    with pytest.raises(InvalidSettings, match=r"^CURBSIDE_PORT .*\nCURBSIDE_LOG_LEVEL .*\.$"):
        load()


def test_redis_with_sqlite_is_refused_in_one_sentence() -> None:
    with pytest.raises(InvalidSettings, match=r"^CURBSIDE_REDIS_URL needs PostgreSQL: [^\n]*\.$"):
        load(redis_url="redis://127.0.0.1", secret_key=KEY)


def test_redis_needs_a_secret_that_all_processes_share() -> None:
    with pytest.raises(InvalidSettings, match=r"^CURBSIDE_SECRET_KEY is required with CURBSIDE_REDIS_URL"):
        load(redis_url="redis://127.0.0.1", database_url=POSTGRES)
    assert load(redis_url="rediss+cluster://127.0.0.1", database_url=POSTGRES, secret_key=KEY).redis_url


def test_settings_show_no_secret() -> None:
    shown = repr(load(redis_url="redis://:hunter2@cache", database_url=POSTGRES, secret_key=KEY))
    assert "hunter2" not in shown
    assert KEY not in shown


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(r"^\| `(CURBSIDE_\w+)` \| (.*?) \|", DOCS.read_text(), flags=re.MULTILINE)
    assert dict(rows) == {variable(name): _default(name) for name in Settings.model_fields}
    assert set(FIXES) == set(Settings.model_fields)


def _default(name: str) -> str:
    """As docs/settings.md writes it. What is made of `CURBSIDE_VAR` is shown for its default."""
    value = getattr(load(), name)
    return "none" if value in (None, ()) else f"`{value}`"


@pytest.mark.parametrize(("name", "meant"), [("DATABSE_URL", "DATABASE_URL"), ("ORIGIN", "ORIGINS"), ("VARS", "VAR")])
def test_a_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, meant: str) -> None:
    monkeypatch.setenv(f"CURBSIDE_{name}", "x")
    with pytest.raises(InvalidSettings, match=rf"^CURBSIDE_{name} is no setting: did you mean CURBSIDE_{meant}\?$"):
        load()


def test_what_an_orchestrator_sets_for_a_service_of_our_name_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVICE_HOST", "SERVICE_PORT", "PORT_8000_TCP", "PORT_8000_TCP_ADDR", "REDIS_SERVICE_HOST"):
        monkeypatch.setenv(f"CURBSIDE_{name}", "10.0.0.1")
    assert load().port == 8000
