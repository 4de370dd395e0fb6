"""How AudioHook and Twilio sign the request they connect with. Pure: the time and the nonce are arguments."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

EXPIRES_AFTER_S = 10
SIGNED = (
    "@request-target",
    "@authority",
    "audiohook-organization-id",
    "audiohook-session-id",
    "audiohook-correlation-id",
    "x-api-key",
)


class SecretError(ValueError):
    """A secret is not base64."""

    def __str__(self) -> str:
        return "--secret: the client secret is base64 text, as the settings of the integration have it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """The request an AudioHook client opens its connection with."""

    target: str
    """Path and query, as sent."""
    authority: str
    """The host, with its port unless that is the usual one."""
    organization_id: str
    session_id: str
    correlation_id: str
    key: str
    secret: str | None = field(default=None, repr=False)
    """In base64; none: the request is not signed."""

    def headers(self, created: int, nonce: str, expires: int | None = None) -> dict[str, str]:
        """All headers of the request; times are Unix seconds, ten of them unless said. Raises `SecretError`."""
        named = {
            "Audiohook-Organization-Id": self.organization_id,
            "Audiohook-Session-Id": self.session_id,
            "Audiohook-Correlation-Id": self.correlation_id,
            "X-API-KEY": self.key,
        }
        if self.secret is None:
            return named
        listed = " ".join(f'"{name}"' for name in SIGNED)
        form = f'({listed});keyid="{self.key}";nonce="{nonce}";alg="hmac-sha256"'
        form += f";created={created};expires={expires or created + EXPIRES_AFTER_S}"
        signature = sign(self.secret, self._base(form, named))
        return {**named, "Signature-Input": f"sig1={form}", "Signature": f"sig1=:{signature}:"}

    def _base(self, form: str, named: Mapping[str, str]) -> str:
        """The text that is signed."""
        values = {"@request-target": self.target, "@authority": self.authority}
        values |= {name.lower(): value for name, value in named.items()}
        lines = [f'"{name}": {values[name]}' for name in SIGNED]
        return "\n".join([*lines, f'"@signature-params": {form}'])


def sign(secret: str, text: str) -> str:
    """HMAC-SHA256 in base64, with a secret in base64. Raises `SecretError`."""
    try:
        key = base64.b64decode(secret, validate=True)
    except ValueError:
        raise SecretError from None
    return base64.b64encode(hmac.digest(key, text.encode(), hashlib.sha256)).decode()


def twilio_signature(url: str, auth_token: str) -> str:
    """`X-Twilio-Signature` of an upgrade request, which has no parameters: of its address alone."""
    return base64.b64encode(hmac.digest(auth_token.encode(), url.encode(), hashlib.sha1)).decode()


def spoiled(signature: str) -> str:
    """The signature with one letter changed, the same length as before."""
    place = len(signature) // 2
    other = "A" if signature[place] != "A" else "B"
    return signature[:place] + other + signature[place + 1 :]
