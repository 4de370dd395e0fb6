"""The directory of people as it is now, in memory and in the store, and whom flags go to by it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from qa_monitor.people.changes import Change, Did, Logged, find, put, remove, told
from qa_monitor.people.port import Kept, Password, PeopleStore, Written
from qa_monitor.people.records import Account, AccountId, Agent, Cover, Directory, Entry, PeopleError
from qa_monitor.people.rows import Kind, id_of, kind_of
from qa_monitor.people.sight import EVERYTHING, Sight, sight_of


class Register:
    """For one event loop. Reading takes no lock: what holds is one object, replaced when a change is on disk."""

    def __init__(self, store: PeopleStore, kept: Kept, clock: Callable[[], datetime], *, everyone: bool) -> None:
        self._store, self._clock, self._everyone = store, clock, everyone
        self._directory = kept.directory
        self._passwords: Mapping[AccountId, Password] = kept.passwords
        self._changing = asyncio.Lock()

    @property
    def directory(self) -> Directory:
        """Everyone, now."""
        return self._directory

    def account(self, account_id: AccountId) -> Account | None:
        """An account that may log in; none for one that is not there, or disabled."""
        found = self._directory.accounts.get(account_id)
        return None if found is None or found.disabled else found

    def password(self, account_id: AccountId) -> Password | None:
        """The hash of its password; none where none was ever given out."""
        return self._passwords.get(account_id)

    def sight(self, account: Account | None) -> Sight:
        """What this account may see at this moment; the operator, everything."""
        if account is None:
            return EVERYTHING
        return sight_of(account, self._directory, self._clock(), everyone=self._everyone)

    async def put(self, entries: Sequence[Entry], by: str) -> tuple[Change, ...]:
        """Make or change these, all or none. Gives what changed. Raises `PeopleError` or `StoreError`."""
        async with self._changing:
            after, changes, changed = self._directory, [], []
            for entry in entries:
                before = find(after, kind_of(entry), id_of(entry))
                after = put(after, entry)
                change = told(before, entry)
                if change is not None:
                    changes.append(change)
                    changed.append(entry)
            if changes:
                await self._store.write(Written(put=changed, log=self._log(changes, by)))
            self._directory = after
            return tuple(changes)

    async def remove(self, kind: Kind, name: str, by: str) -> Change:
        """Take an agent or a cover out. Raises `PeopleError` or `StoreError`."""
        async with self._changing:
            entry = find(self._directory, kind, name)
            if not isinstance(entry, Agent | Cover):
                raise PeopleError(
                    field="id", found=name, allowed="an agent or a cover; close teams and accounts instead"
                )
            change = told(entry, None)
            assert change is not None
            await self._store.write(Written(removed=[(kind, name)], log=self._log([change], by)))
            self._directory = remove(self._directory, entry)
            return change

    async def set_password(self, account_id: AccountId, hashed: str, by: str, *, must_change: bool) -> None:
        """From now on this one. Raises `StoreError`."""
        async with self._changing:
            at = self._clock()
            password = Password(account_id=account_id, hashed=hashed, must_change=must_change, set_at=at)
            change = Change(kind=Kind.ACCOUNT, whom=account_id, did=Did.PASSWORD)
            await self._store.write(Written(password=password, log=self._log([change], by)))
            self._passwords = {**self._passwords, account_id: password}

    async def changes(self, limit: int) -> tuple[Logged, ...]:
        """The log of changes, newest first. Raises `StoreError`."""
        return await self._store.changes(limit)

    def _log(self, changes: Sequence[Change], by: str) -> tuple[Logged, ...]:
        return tuple(Logged(change=change, by=by, at=self._clock()) for change in changes)
