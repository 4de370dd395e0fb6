"""Who shows what: a token, a log-in of an address, a signed key, or nothing on an open machine."""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from hmac import compare_digest

from qa_monitor.security.tokens import Tokens
from qa_monitor.telephony.announced import AnnouncedCalls
from qa_monitor.telephony.credential import INSTALLATION, OPEN, Credential
from qa_monitor.telephony.settings import Address, Telephony
from qa_monitor.telephony.tokens import IngestTokens

_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Everything by which telephony may be known. Never raises, whatever is shown; compares in constant time."""

    installation: Tokens
    tenants: IngestTokens
    telephony: Telephony
    announced: AnnouncedCalls
    open_loopback: bool

    def of_token(self, token: str | None) -> Credential | None:
        """Whose lasting token this is: the installation's, or a tenant's."""
        if token is None:
            return None
        if self.installation.allows_telephony(token):
            return INSTALLATION
        found = self.tenants.find(token)
        if found is None:
            return None
        return Credential(
            name=f"token {found.name}",
            tenant=found.tenant,
            max_calls=found.max_calls,
            calls_per_minute=found.calls_per_minute,
            prefix=found.prefix,
        )

    def of_header(self, address: Address, authorization: str | None) -> Credential | None:
        """Who connects with this `Authorization`, bearer or basic: the address's own log-in, a token as the bearer or
        as the password, or the one-time token of an announced call, which is not spent by it.

        None: nobody known. That refuses a connection which sent a header; without one the start message may still
        carry a token, unless `asks_for_log_in`.
        """
        known = self._shown(address, authorization or "")
        return OPEN if known is None and self.open_loopback else known

    def of_audiohook_key(self, key: str) -> Credential | None:
        """Whose API key this is, once its signature was found right."""
        found = self.telephony.audiohook.keys.get(key)
        if found is None:
            return None
        tenant = found.tenant or self.telephony.log_in(Address.AUDIOHOOK).tenant
        return Credential(name=f"audiohook {key[:_SHOWN]}…", tenant=tenant)

    def asks_for_log_in(self, address: Address) -> bool:
        """Whether nobody may connect to this address without being known."""
        return self.telephony.log_in(address).asks_for_log_in and not self.open_loopback

    def in_force(self, credential: Credential) -> bool:
        """Whether the token behind it was not revoked meanwhile."""
        return credential.prefix is None or self.tenants.allows(credential.prefix)

    def _shown(self, address: Address, authorization: str) -> Credential | None:
        scheme, _, value = authorization.partition(" ")
        match scheme.lower():
            case "bearer":
                return self._of_bearer(address, value.strip())
            case "basic":
                user, password = _basic(value.strip())
                return self._of_log_in(address, user, password) or self._of_secret(password)
            case _:
                return None

    def _of_bearer(self, address: Address, token: str) -> Credential | None:
        login = self.telephony.log_in(address)
        if login.bearer is not None and _same(token, login.bearer):
            return Credential(name=f"route {address}", tenant=login.tenant)
        return self._of_secret(token)

    def _of_log_in(self, address: Address, user: str, password: str) -> Credential | None:
        login = self.telephony.log_in(address)
        if login.basic_user is None or login.basic_password is None:
            return None
        right = _same(user, login.basic_user) & _same(password, login.basic_password)
        return Credential(name=f"route {address}", tenant=login.tenant) if right else None

    def _of_secret(self, token: str) -> Credential | None:
        known = self.of_token(token)
        if known is not None:
            return known
        announcement = self.announced.still_of_token(token)
        if announcement is None:
            return None
        return Credential(name=announcement.by.name, tenant=announcement.tenant, ticket=token)


def _basic(value: str) -> tuple[str, str]:
    """User and password; empty where they cannot be read."""
    try:
        user, _, password = b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return user, password


def _same(given: str, secret: str) -> bool:
    return compare_digest(given.encode(errors="surrogatepass"), secret.encode())
