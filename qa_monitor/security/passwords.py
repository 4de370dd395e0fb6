"""Adapter: passwords and their hashes, by argon2-cffi. Hashing takes a core for a moment: not on the event loop."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 256
ONE_TIME_BYTES = 12

# argon2id with 19 MiB, two passes and one thread: the least that OWASP's Password Storage Cheat Sheet allows, since
# the cores here belong to live calls
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$cWFtb25pdG9ybm9ib2R5cw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""Matches no password: checked where an account has none, so that both take the same time."""


class PasswordRefused(Exception):
    """A new password is not good enough. Says why, and never what it was."""


def hash_password(password: str, *, account_id: str) -> str:
    """The hash of a new password. Raises `PasswordRefused`. Length counts, not which signs it is made of."""
    normal = _normal(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise PasswordRefused(f"password: found {len(normal)} characters; allowed: {SHORTEST} to {LONGEST}")
    if len(set(normal)) < 4 or account_id.lower() in normal.lower() and len(normal) < len(account_id) + SHORTEST // 2:
        raise PasswordRefused("password: too easy to guess: it repeats a few characters, or the account's name")
    return HASHER.hash(normal)


def is_password(hashed: str | None, password: str) -> bool:
    """Whether this is the password behind the hash; none: there is no account, which takes as long to say."""
    try:
        return HASHER.verify(hashed or NOBODYS, _normal(password[: LONGEST * 4])) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    """A password to hand out, which is changed at the first log-in."""
    return secrets.token_urlsafe(ONE_TIME_BYTES)


def _normal(password: str) -> str:
    """The same whichever keyboard wrote it: composed and decomposed accents are one."""
    # what came from outside may hold half a character, which cannot be hashed
    return unicodedata.normalize("NFKC", password.encode(errors="replace").decode())
