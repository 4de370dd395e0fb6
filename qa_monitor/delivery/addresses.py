"""Which network addresses flags may be sent to. Pure: names are resolved elsewhere."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network

from qa_monitor.delivery.targets import Network

Address = IPv4Address | IPv6Address
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))
"""IPv6 addresses that lead to an IPv4 address of anybody's choice."""


def is_allowed(address: Address, networks: Sequence[Network]) -> bool:
    """Whether an address is public, or in one of these networks.

    Private, loopback, link-local, shared, reserved and multicast addresses are not public, in whatever way they are
    written.
    """
    plain = unwrapped(address)
    if any(plain.version == network.version and plain in network for network in networks):
        return True
    return is_public(plain)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could be reached at it."""
    plain = unwrapped(address)
    if isinstance(plain, IPv6Address) and (plain.is_site_local or any(plain in network for network in TRANSLATED)):
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that only wraps it."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped
