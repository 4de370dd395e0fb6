"""What telephony shows when it connects: address, headers, parameters. Adapter to starlette's websocket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.websockets import WebSocket

SECRETS = frozenset({"token", "authorization", "access_token"})
"""Parameters of an address that let somebody in: they are looked at and never handed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """One request to open a websocket, as it arrived."""

    target: str = field(repr=False)
    """Path and query exactly as sent."""
    path: str
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """Names in lower case, in order of arrival, repeats and all."""
    query: Mapping[str, str] = field(repr=False)
    """Parameters of the address, secrets removed; of a repeated one the first."""
    shown: str | None = field(repr=False)
    """What would stand in `Authorization`: the header, else the address's own `authorization` or `token`."""
    peer: str
    """Address of the machine that connects: as we see it, or as a trusted proxy in between tells it."""
    secure: bool
    offered: tuple[str, ...]
    """Sub-protocols, in order of preference."""

    def header(self, name: str) -> str | None:
        """The first value of a header; None where there is none."""
        return next((value for found, value in self.headers if found == name), None)


def read_upgrade(websocket: WebSocket, peer: str) -> Upgrade:
    """Read it off the connection, before it is accepted. `peer`: see `Upgrade`."""
    scope = websocket.scope
    query = scope["query_string"].decode("latin-1")
    raw_path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
    parameters: dict[str, str] = {}
    for name, value in websocket.query_params.multi_items():
        parameters.setdefault(name, value)
    return Upgrade(
        target=f"{raw_path}?{query}" if query else raw_path,
        path=str(scope["path"]),
        headers=headers,
        query=MappingProxyType({name: value for name, value in parameters.items() if name.lower() not in SECRETS}),
        shown=_shown(headers, parameters),
        peer=peer,
        secure=scope["scheme"] == "wss",
        offered=tuple(scope.get("subprotocols") or ()),
    )


def _shown(headers: Sequence[tuple[str, str]], parameters: Mapping[str, str]) -> str | None:
    header = next((value for name, value in headers if name == "authorization"), None)
    if header is not None:
        return header
    if "authorization" in parameters:
        return parameters["authorization"]
    token = parameters.get("token", parameters.get("access_token"))
    return None if token is None else f"Bearer {token}"
