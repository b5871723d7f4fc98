import pytest

from realtime.backplane.slots import Address
from realtime.backplane.urls import Login, placed

NOBODY = Login(None, None)


def test_one_server() -> None:
    place = placed("redis://curbside:p%40ss%2Fword@[::1]/3")
    assert (place.kind, place.tls, place.addresses) == ("", False, (Address("::1", 6379),))
    assert place.login == Login("curbside", "p@ss/word")


def test_some_servers_of_a_cluster() -> None:
    place = placed("rediss+cluster://:secret@a:7000,b?ssl_ca_certs=/etc/ca%20s.pem&ssl_check_hostname=false")
    assert (place.kind, place.tls, place.addresses) == ("cluster", True, (Address("a", 7000), Address("b", 6379)))
    assert place.login == Login(None, "secret")
    assert place.tls_query == "ssl_ca_certs=/etc/ca%20s.pem&ssl_check_hostname=false"


def test_sentinels_the_name_they_use_and_a_login_for_each_kind() -> None:
    place = placed(
        "redis+sentinel://ana:a%40a@s1,[::2]:26380,s3/my-master.1?sentinel_username=s&sentinel_password=b%26b"
    )
    assert place.kind == "sentinel"
    assert place.addresses == (Address("s1", 26379), Address("::2", 26380), Address("s3", 26379))
    assert (place.service, place.login, place.sentinel_login) == ("my-master.1", Login("ana", "a@a"), Login("s", "b&b"))


def test_sentinels_need_not_ask_who_we_are() -> None:
    place = placed("rediss+sentinel://s1/main?ssl_keyfile=k&sentinel_password=p&ssl_certfile=c")
    assert (place.login, place.sentinel_login, place.tls_query) == (
        NOBODY,
        Login(None, "p"),
        "ssl_keyfile=k&ssl_certfile=c",
    )


@pytest.mark.parametrize(
    "url",
    [
        "redis+sentinel://s1",
        "redis+sentinel://s1/",
        "redis+sentinel://s1,/main",
        "redis+sentinel://,s1/main",
        "redis+sentinel://s1:0x1/main",
        "redis+sentinel://s1/main/0",
        "redis+sentinel://s1/ma%20in",
        "redis+sentinel://s1/main?ssl_ca_certs=/etc/ca.pem",
        "redis+sentinel://s1/main?password=p",
        "redis+sentinel://s1/main#0",
        "redis://a,b",
        "redis://a?sentinel_password=p",
        "redis+cluster://a?sentinel_username=u",
        "redis+other://a",
        "REDIS://a",
        "redis://a b",
        "redis://a\n",
    ],
)
def test_whatever_else_is_refused_with_how_it_should_be(url: str) -> None:
    with pytest.raises(ValueError, match=r"^The Redis URL must be redis://HOST:PORT .*\.$"):
        placed(url)
