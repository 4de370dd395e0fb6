"""`X-Twilio-Signature`: whether an upgrade comes from the owner of the auth token. Pure.

The signature of a fixed address never changes, so one that was seen can be sent again by anybody: it proves nothing
without the one-time token of the start message.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit, urlunsplit

_SCHEMES = {"https": "wss", "wss": "wss", "http": "ws", "ws": "ws"}
_PORTS = {"wss": 443, "ws": 80}
_NONE: Mapping[str, str] = MappingProxyType({})


def sign(url: str, auth_token: str, parameters: Mapping[str, str] = _NONE) -> str:
    """The signature of an address and of the parameters posted to it; an upgrade has none."""
    text = url + "".join(name + parameters[name] for name in sorted(parameters))
    return b64encode(hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def verify(url: str, signature: str | None, auth_token: str, parameters: Mapping[str, str] = _NONE) -> bool:
    """True where the header's value is that of this address. Compares in constant time; no token verifies nothing."""
    if not signature or not auth_token:
        return False
    return hmac.compare_digest(sign(url, auth_token, parameters).encode(), signature.encode(errors="replace"))


def variants(public_url: str) -> tuple[str, ...]:
    """The ways in which the vendor may have written a public address, the likeliest first; it may have signed any.

    With and without a slash at the end of the path, with and without the default port; always as a websocket address.
    Raises ValueError for what is no web or websocket address.
    """
    parts = urlsplit(public_url)
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ValueError(f"{public_url!r} is no address; write it as wss://calls.example.com/path")
    hosts: tuple[str, ...] = (parts.netloc,)
    if parts.port in (None, _PORTS[scheme]):
        bare = parts.netloc.removesuffix(f":{_PORTS[scheme]}").removesuffix(":")
        hosts = (bare, f"{bare}:{_PORTS[scheme]}")
    path = parts.path.rstrip("/")
    paths = (parts.path, f"{path}/" if parts.path == path else path)
    return tuple(urlunsplit((scheme, host, each, parts.query, "")) for host in hosts for each in paths)
