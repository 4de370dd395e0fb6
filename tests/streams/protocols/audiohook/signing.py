"""Signed requests of AudioHook, as its description makes them."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from streams.protocols.audiohook.nonces import Nonces
from streams.protocols.audiohook.signature import Key, SignedRequest, Verdict, verify

KEY_ID = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh"
SECRET = base64.b64decode("TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=")
NOW = datetime.fromtimestamp(1641013200, UTC)
KEYS = {KEY_ID: Key(secret=SECRET), "open-door": Key(secret=b"", unsigned=True)}
COMPONENTS = (
    "@request-target",
    "@authority",
    "audiohook-organization-id",
    "audiohook-session-id",
    "audiohook-correlation-id",
    "x-api-key",
)
HEADERS = {
    "host": "audiohook.example.com",
    "audiohook-organization-id": "d7934305-0972-4844-938e-9060eef73d05",
    "audiohook-session-id": "30b0e395-84d3-4570-ac13-9a62d8f514c0",
    "audiohook-correlation-id": "e160e428-53e2-487c-977d-96989bf5c99d",
    "x-api-key": KEY_ID,
}
TARGET = "/api/v1/voicebiometrics/ws"
NONCE = "VGhpc0lzQVVuaXF1ZU5vbmNl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs by the letter of the reference, sharing nothing with what is tested. `parameters` is pasted as it is."""

    target: str = TARGET
    authority: str = HEADERS["host"]
    components: tuple[str, ...] = COMPONENTS
    keyid: str = f'"{KEY_ID}"'
    nonce: str = f'"{NONCE}"'
    alg: str = '"hmac-sha256"'
    created: str = "1641013200"
    expires: str = "3282026430"
    secret: bytes = SECRET
    more: str = ""

    def parameters(self) -> str:
        named = {
            "keyid": self.keyid,
            "nonce": self.nonce,
            "alg": self.alg,
            "created": self.created,
            "expires": self.expires,
        }
        said = "".join(f";{name}={value}" for name, value in named.items() if value)
        listed = " ".join(f'"{name}"' for name in self.components)
        return f"({listed}){said}{self.more}"

    def proof(self) -> str:
        values = {"@request-target": self.target, "@authority": self.authority, **HEADERS}
        lines = [f'"{name}": {values[name]}' for name in self.components]
        base = "\n".join([*lines, f'"@signature-params": {self.parameters()}'])
        return base64.b64encode(hmac.new(self.secret, base.encode(), hashlib.sha256).digest()).decode()

    def headers(self) -> dict[str, str]:
        return {**HEADERS, "signature-input": f"sig1={self.parameters()}", "signature": f"sig1=:{self.proof()}:"}


def request(headers: Mapping[str, str], target: str = TARGET, *, secure: bool = True) -> SignedRequest:
    return SignedRequest(target=target, headers=[*headers.items()], secure=secure)


def judged(
    headers: Mapping[str, str], *, target: str = TARGET, now: datetime = NOW, nonces: Nonces | None = None
) -> Verdict:
    return verify(request(headers, target), KEYS.get, now, nonces or Nonces())
