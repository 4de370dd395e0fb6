"""From a host's name to the addresses that flags may be sent to. Adapter: the system's resolver."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address

from qa_monitor.delivery.addresses import Address, is_allowed
from qa_monitor.delivery.targets import Network

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""All addresses of a host. Raises `OSError` where it has none or cannot be asked."""


class AddressForbidden(Exception):
    """The name leads only to addresses that flags may not be sent to."""


async def resolve(host: str, port: int) -> Sequence[Address]:
    """By the system's resolver; an address in digits, however it is written, is its own. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # a link-local address may name its interface
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]


async def allowed_addresses(host: str, port: int, networks: Sequence[Network], by: Resolve) -> Sequence[Address]:
    """Where to connect: exactly these, so that no later answer of a name server counts.

    Raises `AddressForbidden`; `OSError` where the name cannot be resolved.
    """
    allowed = [address for address in await by(host, port) if is_allowed(address, networks)]
    if not allowed:
        raise AddressForbidden
    return list(dict.fromkeys(allowed))
