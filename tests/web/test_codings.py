import pytest

from web.pages.codings import chosen

OFFERED = ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("gzip ; q=0.001", "gzip"),
        ("br;q=0.5, *;q=0.8", "gzip"),
        ("*", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*;q=0", "identity"),
        ("identity;q=0, br", "br"),
        ("deflate, zstd", "identity"),
        ("", "identity"),
    ],
)
def test_a_client_gets_the_coding_that_it_would_rather_have(accepted: str, best: str) -> None:
    assert chosen(accepted, OFFERED) == best


@pytest.mark.parametrize("weight", ["q=", "q=high", "q=-1", "q=nan", "w=1", "q=0.5=1"])
def test_a_weight_that_is_none_excludes_its_coding(weight: str) -> None:
    assert chosen(f"br;{weight}, gzip;q=0.1", OFFERED) == "gzip"


def test_what_is_not_offered_is_not_chosen() -> None:
    assert chosen("br, gzip;q=0.5", ("gzip", "identity")) == "gzip"
    assert chosen("br", ("identity",)) == "identity"
