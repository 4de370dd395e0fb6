"""Whether an upgrade request was signed by a holder of the secret: HTTP message signature with HMAC-SHA256."""

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from streams.protocols.audiohook.nonces import Nonces
from streams.protocols.audiohook.structured import SignatureInput, quoted, read_input, read_proof

FAILURE_AFTER_S = 0.5
"""The caller answers every refusal this long after the request came, whatever the reason: times must tell nothing."""
LARGEST_SKEW_S = 3
"""The signer's clock may be ahead this far."""
LARGEST_AGE_S = 10
SHORTEST_NONCE = 22
"""Characters of 128 random bits in base64."""
KEY_HEADER = "x-api-key"
REQUIRED = frozenset(
    {
        "@request-target",
        "@authority",
        "audiohook-organization-id",
        "audiohook-session-id",
        "audiohook-correlation-id",
        KEY_HEADER,
    }
)
"""What a signature must cover."""
_ALGORITHM = "hmac-sha256"
_TYPES = {"keyid": str, "nonce": str, "alg": str, "created": int, "expires": int}


class Verdict(StrEnum):
    """What is to be done with a request. Only the first two let it in; the others are for the log, never the client."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    """Not signed, and its key need not be."""
    NO_KEY = "no_key"
    NO_SIGNATURE = "no_signature"
    MALFORMED = "malformed"
    NOT_COVERED = "not_covered"
    """A part of the request that must be signed is not."""
    MISSING_PART = "missing_part"
    """A signed part is not in the request, or not one we can look up."""
    KEY_DIFFERS = "key_differs"
    SHORT_NONCE = "short_nonce"
    NOT_YET = "not_yet"
    TOO_OLD = "too_old"
    WRONG = "wrong"
    """The signature does not match, or nobody has this key."""
    REPLAYED = "replayed"

    @property
    def accepted(self) -> bool:
        """Whether the request may go on."""
        return self in (Verdict.SIGNED, Verdict.UNSIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What an operator configured for one API key."""

    secret: bytes = field(repr=False)
    """The client secret, decoded from base64. Empty: no signature is ever good."""
    unsigned: bool = False
    """Requests without a signature are let in, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """An upgrade request as it arrived."""

    target: str
    """Path and query exactly as sent."""
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """Names in lower case, in order of arrival, repeats and all."""
    secure: bool = True
    """Whether the client speaks TLS, here or to a proxy: decides which port goes without saying."""
    authority: str | None = None
    """Host and port as the client knows them, where a proxy rewrites `Host`."""

    def header(self, name: str) -> str | None:
        """All values of a header, trimmed and joined; None where there is none."""
        values = [" ".join(value.split("\r\n")).strip(" \t") for found, value in self.headers if found == name]
        return ", ".join(values) if values else None

    def component(self, name: str) -> str | None:
        """What the signer must have signed under this name; None where it is not in the request."""
        if name == "@request-target":
            return self.target
        if name == "@authority":
            authority = self.authority or self.header("host")
            return None if authority is None else authority.lower().removesuffix(":443" if self.secure else ":80")
        return None if name.startswith("@") else self.header(name)


def verify(request: SignedRequest, keys: Callable[[str], Key | None], now: datetime, nonces: Nonces) -> Verdict:
    """Check a request; a nonce is used up only where all else was good. `keys` finds what is known of an API key."""
    key_id = request.header(KEY_HEADER)
    if not key_id:
        return Verdict.NO_KEY
    key = keys(key_id)
    field, proof = request.header("signature-input"), request.header("signature")
    if field is None and proof is None:
        return Verdict.UNSIGNED if key is not None and key.unsigned else Verdict.NO_SIGNATURE
    signed = None if field is None or proof is None else read_input(field)
    given = None if signed is None or proof is None else read_proof(proof, signed.label)
    if signed is None or given is None or not _well_formed(signed):
        return Verdict.MALFORMED
    refusal = _claims(signed, key_id, now) or _compare(request, signed, given, key)
    if refusal is not None:
        return refusal
    return Verdict.SIGNED if nonces.burn(key_id, str(signed.parameters["nonce"]), now) else Verdict.REPLAYED


def _well_formed(signed: SignatureInput) -> bool:
    known = all(isinstance(value, _TYPES.get(name, _Never)) for name, value in signed.parameters.items())
    return known and signed.parameters.get("alg", _ALGORITHM) == _ALGORITHM


def _claims(signed: SignatureInput, key_id: str, now: datetime) -> Verdict | None:
    """What is wrong with what the signature says of itself; None where nothing is."""
    said = signed.parameters
    if not REQUIRED.issubset(signed.components):
        return Verdict.NOT_COVERED
    if said.get("keyid") != key_id:
        return Verdict.KEY_DIFFERS
    if len(str(said.get("nonce", ""))) < SHORTEST_NONCE:
        return Verdict.SHORT_NONCE
    return _times(said.get("created"), said.get("expires"), now.timestamp())


def _times(created: object, expires: object, now: float) -> Verdict | None:
    """Unix seconds. A signature that does not say when it was made may be of any age."""
    if not isinstance(created, int) or now - created > LARGEST_AGE_S:
        return Verdict.TOO_OLD
    if isinstance(expires, int) and expires < now:
        return Verdict.TOO_OLD
    return Verdict.NOT_YET if created > now + LARGEST_SKEW_S else None


def _compare(request: SignedRequest, signed: SignatureInput, given: bytes, key: Key | None) -> Verdict | None:
    """Nobody's key is computed with, too, so that it takes as long as a known one."""
    lines = []
    for name in signed.components:
        value = request.component(name)
        if not value:
            return Verdict.MISSING_PART
        lines.append(f"{quoted(name)}: {value}")
    lines.append(f'"@signature-params": {signed.serialised()}')
    usable = key is not None and bool(key.secret)
    secret = key.secret if key is not None and usable else secrets.token_bytes(32)
    right = hmac.digest(secret, "\n".join(lines).encode(errors="surrogateescape"), "sha256")
    return None if hmac.compare_digest(right, given) and usable else Verdict.WRONG


class _Never:
    """No value is one."""
