"""Ingest tokens of tenants: any number, by name, hashed at rest, in one file that the command line also writes."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from qa_monitor.records.errors import StoreError

FILE_NAME = "ingest-tokens.json"
_START = "qam_"
"""What every token begins with, so that one left in a text is recognised."""
_PREFIX = len(_START) + 8

log = structlog.get_logger()


class TokenError(StoreError):
    """The tokens' file cannot be used, or not so. The message says what to do."""


class NameTaken(TokenError):
    """There is a token of this name."""


class NoSuchToken(TokenError):
    """There is no token of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestToken:
    """What is kept of one token; the token itself is not."""

    name: str
    tenant: str
    prefix: str
    """Its first characters, which may be shown."""
    sha256: str
    """Of the whole token, which is 32 random bytes: nobody guesses what leads to it."""
    created_at: datetime
    max_calls: int | None = None
    """Calls at once."""
    calls_per_minute: int | None = None
    """New calls within a minute."""
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """A token to be made."""

    name: str
    tenant: str = "default"
    max_calls: int | None = None
    calls_per_minute: int | None = None


_FILE = TypeAdapter(tuple[IngestToken, ...])
_Mark = tuple[int, int, int]


class IngestTokens:
    """The tokens in `folder`. What another process changes counts from the next question on."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._mark: _Mark | None = None
        self._tokens: tuple[IngestToken, ...] = ()

    def all(self) -> tuple[IngestToken, ...]:
        """Every token, the revoked ones too. Raises TokenError where the file cannot be read."""
        return self._read()

    def find(self, token: str | None) -> IngestToken | None:
        """The token that this is, in constant time, while it is not revoked; an unreadable file lets nobody in."""
        if token is None:
            return None
        given, prefix = _sha256(token), token[:_PREFIX]
        found = [each for each in self._known() if each.prefix == prefix and not each.revoked]
        # a prefix that nobody has takes as long as one that somebody has
        matches = [compare_digest(given, each) for each in [one.sha256 for one in found] or [_sha256("")]]
        return next((one for one, same in zip(found, matches, strict=False) if same), None)

    def allows(self, prefix: str) -> bool:
        """Whether the token of this prefix is still in force."""
        return any(each.prefix == prefix and not each.revoked for each in self._known())

    def add(self, wish: TokenWish, now: datetime) -> tuple[IngestToken, str]:
        """Make one; the token itself is known only now. A revoked one of that name is replaced. Raises NameTaken."""
        token = _START + secrets.token_urlsafe(32)
        made = IngestToken(
            name=wish.name,
            tenant=wish.tenant,
            prefix=token[:_PREFIX],
            sha256=_sha256(token),
            created_at=now,
            max_calls=wish.max_calls,
            calls_per_minute=wish.calls_per_minute,
        )

        def added(tokens: tuple[IngestToken, ...]) -> tuple[IngestToken, ...]:
            if any(each.name == wish.name and not each.revoked for each in tokens):
                raise NameTaken(f"there is a token named {wish.name}: revoke it first, or choose another name")
            return (*(each for each in tokens if each.name != wish.name), made)

        self._change(added)
        return made, token

    def revoke(self, name: str) -> IngestToken:
        """From now on it opens nothing; calls that run go on. Again changes nothing. Raises NoSuchToken."""

        def revoked(tokens: tuple[IngestToken, ...]) -> tuple[IngestToken, ...]:
            if all(each.name != name for each in tokens):
                raise NoSuchToken(f"there is no token named {name}")
            return tuple(replace(each, revoked=True) if each.name == name else each for each in tokens)

        return next(each for each in self._change(revoked) if each.name == name)

    def _known(self) -> tuple[IngestToken, ...]:
        try:
            return self._read()
        except TokenError as error:
            log.error("no tenant's token is accepted", why=str(error))
            return ()

    def _read(self) -> tuple[IngestToken, ...]:
        """A look at the file's date each time, at the file only where that changed."""
        try:
            status = self._path.stat()
            mark = (status.st_mtime_ns, status.st_ino, status.st_size)
            if mark != self._mark:
                self._tokens = _FILE.validate_json(self._path.read_bytes())
                self._mark = mark
        except FileNotFoundError:
            self._tokens, self._mark = (), None
        except (OSError, ValidationError) as error:
            self._mark = None
            why = error.strerror if isinstance(error, OSError) else "it is not what this service writes"
            raise TokenError(
                f"{self._path}: cannot be read ({why}): put it back, or remove it and make new tokens"
            ) from (error)
        return self._tokens

    def _change(self, change: Callable[[tuple[IngestToken, ...]], tuple[IngestToken, ...]]) -> tuple[IngestToken, ...]:
        try:
            with self._alone():
                changed = change(self._read())
                _write(self._path, _FILE.dump_python(changed, mode="json"))
                return self._read()
        except OSError as error:
            raise TokenError(f"{self._path}: cannot be written ({error.strerror}): let this user write it") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process changes the file meanwhile."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _sha256(token: str) -> str:
    # what came from outside may hold half a character
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _write(path: Path, values: object) -> None:
    """Whole or not at all, for this user alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=1)
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
