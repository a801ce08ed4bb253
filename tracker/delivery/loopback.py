"""Which hosts are this machine: what is said to them in the clear, nobody else hears."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
