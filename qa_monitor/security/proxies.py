"""Whose machine a request comes from, behind proxies that are trusted to tell it."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def client_of(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The nearest machine that is no trusted proxy. `forwarded`: the values of `X-Forwarded-For`, as they came.

    Read from the right, since each proxy puts whom it hears behind what it was told: whatever a stranger wrote stands
    left of the stranger's own address. Where an entry is no address, the one who passed it on counts.
    """
    nearest = peer
    told = [part for value in forwarded for part in value.split(",")]
    while told and _is_among(nearest, trusted):
        further = _address(told.pop())
        if further is None:
            break
        nearest = str(further)
    return nearest


def _is_among(address: str, networks: Sequence[Network]) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in networks)


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """Also with a port behind it, as some proxies write it."""
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
