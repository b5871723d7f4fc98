import pytest

from realtime.addresses import Networks, network


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_an_address_counts_as_its_network(address: str, counted: str) -> None:
    assert network(address) == counted


def test_addresses_and_networks_can_be_listed() -> None:
    listed = Networks(["192.0.2.0/24", "2001:db8::/32", "198.51.100.1"])
    for address in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8:1::1", "198.51.100.1"):
        assert address in listed
    for address in ("198.51.100.2", "2001:db9::1", "", "unknown"):
        assert address not in listed
    assert "192.0.2.7" not in Networks([])
