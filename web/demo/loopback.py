"""What names this machine and nothing else."""

from ipaddress import ip_address


def loopback(host: str) -> bool:
    """Whether `host`, a name or an address without brackets, is this machine's own, whatever any name server says."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
