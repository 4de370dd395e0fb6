"""Two tokens of this installation: one for people (console and API), one for telephony (ingest)."""

import os
import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path

from qa_monitor.records.errors import StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The secrets of this installation. Never logged; the operator reads them in `folder`."""

    access: str = field(repr=False)
    ingest: str = field(repr=False)
    folder: Path
    fresh: bool
    """Made just now: the operator is told where they are."""

    def allows_people(self, token: str | None) -> bool:
        """Whether this is the access token, in constant time."""
        return _is(token, self.access)

    def allows_telephony(self, token: str | None) -> bool:
        """Whether this is the ingest token, in constant time."""
        return _is(token, self.ingest)


def load_tokens(data_dir: Path) -> Tokens:
    """Read the tokens, or make them at the first start; their files are readable by this user alone.

    Raises `StoreError` in words for the operator.
    """
    access_path, ingest_path = data_dir / "access-token", data_dir / "ingest-token"
    fresh = not access_path.exists()
    return Tokens(access=_read(access_path), ingest=_read(ingest_path), folder=data_dir, fresh=fresh)


def _is(token: str | None, secret: str) -> bool:
    # what came from outside may hold half a character
    return token is not None and compare_digest(token.encode(errors="surrogatepass"), secret.encode())


def _read(path: Path) -> str:
    try:
        # an empty file, left by a full disk, is no token: nothing would open the door
        return (path.read_text().strip() if path.exists() else "") or _make(path)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{path}: the token cannot be read or made ({error}): let this user read and write it"
        ) from error


def _make(path: Path) -> str:
    token = secrets.token_urlsafe(24)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
    return token
