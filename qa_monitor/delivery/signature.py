"""Signatures of what is sent, as the Standard Webhooks specification (1.0.0) says. Pure."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret."""


def sign(secret: bytes, key: str, sent_s: int, body: bytes) -> str:
    """One signature: HMAC-SHA256 over the key, the second it is sent (Unix time) and the body, parted by dots."""
    signed = b".".join((key.encode(), str(sent_s).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def headers(signing: Sequence[bytes], key: str, sent_s: int, body: bytes) -> Mapping[str, str]:
    """What goes with a body; one signature per secret."""
    return {
        "webhook-id": key,
        "webhook-timestamp": str(sent_s),
        "webhook-signature": " ".join(sign(secret, key, sent_s, body) for secret in signing),
    }


def new_secret() -> str:
    """A secret as it is written down."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def read_secrets(text: str) -> tuple[bytes, ...]:
    """Secrets as they are written down, parted by space. Raises `ValueError`, which tells nothing of them."""
    found = tuple(_read_secret(word) for word in text.split())
    if not found:
        raise ValueError("it is empty")
    return found


def _read_secret(word: str) -> bytes:
    allowed = f"{PREFIX} and {SHORTEST} to {LONGEST} bytes in base64, as `qa-monitor deliveries secret` makes them"
    if not word.startswith(PREFIX):
        raise ValueError(f"allowed: {allowed}")
    try:
        secret = base64.b64decode(word.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError(f"allowed: {allowed}") from None
    if not SHORTEST <= len(secret) <= LONGEST:
        raise ValueError(f"allowed: {allowed}")
    return secret
