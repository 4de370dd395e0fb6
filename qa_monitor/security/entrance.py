"""Logging in and out: by name and password, or with the access token of the installation."""

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum

import structlog

from qa_monitor.people.port import PeopleStore, Session
from qa_monitor.people.records import Account, AccountId, PeopleError
from qa_monitor.people.register import Register
from qa_monitor.people.rows import log_in_name
from qa_monitor.records.errors import StoreError
from qa_monitor.security.passwords import hash_password, is_password, one_time_password
from qa_monitor.security.sessions import Sessions
from qa_monitor.security.throttle import Throttle
from qa_monitor.security.visitor import OPERATOR, Visitor, visitor_of

log = structlog.get_logger()
AT_ONCE = 2
"""Passwords checked at a time: each takes a core that live calls need."""
TOKEN = " access token"
"""What guesses of the token are counted under; no account can be called so."""


class Refusal(StrEnum):
    """Why a log-in failed. Nobody is told whether the account exists."""

    MISSING = "missing"
    WRONG = "wrong"
    NAME_OR_PASSWORD = "password"
    SLOW = "slow"


class LogInRefused(Exception):
    """Not let in."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(f"log-in refused: {why}")
        self.why = why


class Entrance:
    """For one event loop. `is_token` knows the access token."""

    def __init__(
        self,
        *,
        register: Register,
        sessions: Sessions,
        throttle: Throttle,
        store: PeopleStore,
        is_token: Callable[[str | None], bool],
    ) -> None:
        self._register, self._sessions, self._throttle = register, sessions, throttle
        self._store, self._is_token = store, is_token
        self._few = asyncio.Semaphore(AT_ONCE)

    def who(self, cookie: str | None, bearer: str | None) -> Visitor | None:
        """Whose cookie or bearer token this is, as accounts stand at this moment."""
        if self._is_token(bearer):
            return OPERATOR
        session = self._sessions.of(cookie)
        if session is None or session.account_id is None:
            return None if session is None else OPERATOR
        account = self._register.account(session.account_id)
        password = self._register.password(session.account_id)
        # a session is no older than the password it was opened with, even where its end could not be kept
        if account is None or password is None or session.began_at < password.set_at:
            return None
        return visitor_of(account, must_change=password.must_change)

    async def log_in_with_token(self, token: str, address: str) -> str:
        """The cookie of a new session of the operator. Raises `LogInRefused`."""
        if self._throttle.waits(TOKEN, address):
            raise LogInRefused(Refusal.SLOW)
        if not token.strip():
            raise LogInRefused(Refusal.MISSING)
        if not self._is_token(token.strip()):
            self._throttle.failed(TOKEN, address)
            raise LogInRefused(Refusal.WRONG)
        return await self._begin(None)

    async def log_in(self, name: str, password: str, address: str) -> str:
        """The cookie of a new session of this account. Raises `LogInRefused`."""
        if not name.strip() or not password:
            raise LogInRefused(Refusal.MISSING)
        account = await self._account(name, password, address)
        return await self._begin(account.account_id)

    async def log_out(self, cookie: str | None) -> None:
        """End this session."""
        await self._ended(self._sessions.end(cookie))

    async def change_password(self, account: Account, *, old: str, new: str, address: str) -> str:
        """An account's own choice: all its sessions end, and a new one begins, whose cookie this gives.

        Raises `LogInRefused`, `PasswordRefused` or `StoreError`.
        """
        await self._account(account.account_id, old, address)
        async with self._few:
            hashed = await asyncio.to_thread(hash_password, new, account_id=account.account_id)
        await self._register.set_password(account.account_id, hashed, account.account_id, must_change=False)
        await self._ended(self._sessions.end_all(account.account_id))
        return await self._begin(account.account_id)

    async def hand_out_password(self, account_id: AccountId, by: str) -> str:
        """A new password for an account, shown once and changed at the first log-in; its sessions end.

        Raises `PeopleError` for an account that is not there, and `StoreError`.
        """
        if self._register.account(account_id) is None:
            raise PeopleError(field="id", found=account_id, allowed="an account that is set up and not closed")
        password = one_time_password()
        async with self._few:
            hashed = await asyncio.to_thread(hash_password, password, account_id=account_id)
        await self._register.set_password(account_id, hashed, by, must_change=True)
        await self._ended(self._sessions.end_all(account_id))
        return password

    async def end_disabled(self) -> None:
        """Accounts that were disabled have nobody logged in any more; `who` knows them no longer at once."""
        closed = [account for account in self._register.directory.accounts.values() if account.disabled]
        for account in closed:
            await self._ended(self._sessions.end_all(account.account_id))

    async def _account(self, name: str, password: str, address: str) -> Account:
        try:
            account_id = log_in_name(name)
        except PeopleError:
            # counted and checked like any other: how long it takes tells nothing of which names there are
            account_id = AccountId("-")
        async with self._few:
            # asked when its turn has come: guesses that came together would all have found the way free
            if self._throttle.waits(account_id, address):
                raise LogInRefused(Refusal.SLOW)
            account, kept = self._register.account(account_id), self._register.password(account_id)
            hashed = kept.hashed if kept is not None and account is not None else None
            right = await asyncio.to_thread(is_password, hashed, password)
            if account is None or not right:
                self._throttle.failed(account_id, address)
                log.warning("a log-in failed", address=address)
                raise LogInRefused(Refusal.NAME_OR_PASSWORD)
            return account

    async def _begin(self, account_id: AccountId | None) -> str:
        name, session = self._sessions.begin(account_id)
        await self._ended(self._sessions.tidy())
        await self._kept(session)
        return name

    async def _kept(self, session: Session) -> None:
        try:
            await self._store.begin_session(session)
        except StoreError as error:
            # people must come in while the disk is full: they log in once more after a restart
            log.warning("a session is not kept", why=str(error))

    async def _ended(self, digests: Sequence[str]) -> None:
        try:
            await self._store.end_sessions(digests)
        except StoreError as error:
            log.warning("the end of a session is not kept", why=str(error))
