import pytest
from starlette.types import Scope

from web.signin.origins import from_own_pages, own_origin


def scope(host: str = "consult.example:8443", scheme: str = "wss", origins: tuple[str, ...] = ()) -> Scope:
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    return {"type": "websocket", "scheme": scheme, "headers": headers}


@pytest.mark.parametrize(
    ("host", "scheme", "origin"),
    [
        ("consult.example:8443", "wss", "https://consult.example:8443"),
        ("consult.example", "https", "https://consult.example"),
        ("Consult.Example:443", "https", "https://consult.example"),
        ("127.0.0.1:8000", "http", "http://127.0.0.1:8000"),
        ("localhost:80", "ws", "http://localhost"),
        ("[::1]:8000", "ws", "http://[::1]:8000"),
    ],
)
def test_the_own_origin_is_scheme_host_and_port_of_the_request(host: str, scheme: str, origin: str) -> None:
    assert own_origin(scope(host, scheme)) == origin
    assert from_own_pages(scope(host, scheme, (origin,)), ())


@pytest.mark.parametrize("host", ["", "a b", "user@consult.example", "consult.example/x", "consult.example:x", "é"])
def test_a_strange_host_has_no_origin(host: str) -> None:
    assert own_origin(scope(host)) is None
    assert not from_own_pages(scope(host, origins=(f"https://{host}",)), ())


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://consult.example",
        "https://consult.example:443",
        "http://consult.example:8443",
        "wss://consult.example:8443",
        "https://consult.example:8443.evil.example",
        "https://evil-consult.example:8443",
        "https://consult.example:8443/",
        "https://consult.example:8443@evil.example",
        "https://CONSULT.example:8443",
        "https://c\u043ensult.example:8443",
        "https://xn--cnsult-xvg.example:8443",
        "https://consult.example.:8443",
    ],
)
def test_another_origin_is_not_ours(origin: str) -> None:
    assert not from_own_pages(scope(origins=(origin,)), ("https://app.example",))


def test_two_origins_are_none() -> None:
    own = "https://consult.example:8443"
    assert not from_own_pages(scope(origins=(own, own)), ())
    assert not from_own_pages(scope(), ())


def test_a_listed_origin_is_allowed_exactly() -> None:
    listed = ("https://app.example",)
    assert from_own_pages(scope(origins=("https://app.example",)), listed)
    assert not from_own_pages(scope(origins=("https://app.example:8443",)), listed)
    assert not from_own_pages(scope(origins=("https://sub.app.example",)), listed)
