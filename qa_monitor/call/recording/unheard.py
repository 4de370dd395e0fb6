"""Calls that are only recorded, and those whose sound waits to be listened to when there is room."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Coroutine
from concurrent.futures import Executor
from typing import TypeVar

import structlog

from qa_monitor.call.recording.recorded import Part, Stretch, packed
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.erasing.records import AudioErased
from qa_monitor.records.calls import BACKLOG
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.store.unheard.sealed import KEY_BYTES
from qa_monitor.store.unheard_port import SealedSound, UnheardCall, UnheardLedger
from streams.records import CallId

log = structlog.get_logger()
T = TypeVar("T")


class UnheardCalls:
    """One per application; for one event loop."""

    def __init__(self, sound: SealedSound, ledger: UnheardLedger, executor: Executor, *, keeps: bool) -> None:
        """`keeps`: audio may be kept, and so may keys; otherwise what waits ends with the service."""
        self.sound, self.ledger, self._executor, self._keeps = sound, ledger, executor, keeps
        self._keys: dict[CallId, bytes] = {}
        self._seconds: dict[CallId, float] = {}
        self._untold: dict[CallId, str | None] = {}
        """What the database could not be told when it was in trouble."""
        self.lost: set[CallId] = set()
        """Calls of which something will never be known."""

    @property
    def waiting_s(self) -> float:
        """Seconds of calls that nobody has listened to yet, both sides at once."""
        return sum(self._seconds.values())

    def has(self, call_id: CallId) -> bool:
        """Whether sound of this call waits."""
        return call_id in self._seconds

    @property
    def known(self) -> Collection[CallId]:
        """All of which sound waits, live ones too."""
        return self._seconds.keys()

    def seconds_of(self, call_id: CallId) -> float:
        """How much of it."""
        return self._seconds.get(call_id, 0.0)

    def key_of(self, call: UnheardCall) -> bytes | None:
        """What opens its sound; none where that ended with another run of the service."""
        return self._keys.get(call.call_id, call.key)

    async def begin(self, call_id: CallId, blind: str | None) -> bytes:
        """A call is to be recorded: its key. `blind`: as for `note`."""
        if call_id not in self._keys:
            self._keys[call_id] = secrets.token_bytes(KEY_BYTES)
            self._seconds[call_id] = 0.0
            await self._tell(call_id, blind, self._begun(call_id, blind))
        return self._keys[call_id]

    async def note(self, call_id: CallId, blind: str | None) -> None:
        """Why a call cannot be judged even when all that waits of it was listened to; what is lost here stays so.

        It is kept, since a service that is killed forgets what it has in memory.
        """
        if self.has(call_id):
            known = blind or (BACKLOG if call_id in self.lost else None)
            # where its beginning could not be told, there is nothing yet to add a note to
            begins = call_id in self._untold
            await self._tell(
                call_id, known, self._begun(call_id, known) if begins else self.ledger.note(call_id, known)
            )

    async def catch_up(self) -> None:
        """Tell the database what it could not be told. Raises `StoreError` where it still cannot."""
        for call_id in list(self._untold):
            blind = self._untold.pop(call_id)
            try:
                await self._begun(call_id, blind)
            except NotKept:
                continue  # of this call nothing is kept
            except StoreError:
                self._untold.setdefault(call_id, blind)
                raise

    def _begun(self, call_id: CallId, blind: str | None) -> Coroutine[None, None, None]:
        return self.ledger.begin(call_id, self._keys.get(call_id) if self._keeps else None, blind)

    async def _tell(self, call_id: CallId, blind: str | None, writing: Awaitable[None]) -> None:
        try:
            await writing
        except StoreError as error:
            log.warning("a recorded call is not noted yet", why=str(error))
            self._untold[call_id] = blind
        else:
            self._untold.pop(call_id, None)

    def waits(self, call_id: CallId, seconds: float) -> None:
        """So much more of a call waits."""
        self._seconds[call_id] = self._seconds.get(call_id, 0.0) + seconds

    async def work(self, what: Callable[[], T]) -> T:
        """Something that blocks on the disk."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, what)

    async def settle(self, call_id: CallId, blind: str | None, until_s: float) -> None:
        """Nothing of it waits any more: neither sound nor key is left. `blind`: beside what was noted.

        Raises `StoreError`.
        """
        await self.ledger.settle(call_id, blind or self._untold.get(call_id), until_s)
        self._forget(call_id)
        await self.work(lambda: self.sound.erase(call_id))

    async def erase(self, call_id: CallId) -> AudioErased:
        """This call is deleted: its sound is gone, and so is the key but for the database's. Raises `StoreError`."""
        erased = await self.work(lambda: self.sound.erase(call_id))
        self._forget(call_id)
        return erased

    def _forget(self, call_id: CallId) -> None:
        self._untold.pop(call_id, None)
        self._keys.pop(call_id, None)
        self._seconds.pop(call_id, None)
        self.lost.discard(call_id)


class UnheardSound:
    """What is recorded of one live call. To be used from its task."""

    def __init__(self, call_id: CallId, calls: UnheardCalls) -> None:
        self._call_id, self._calls = call_id, calls
        self._key = b""
        self._number = 0
        self._began: Stretch | None = None
        """Where recording began, until that is kept."""
        self.trouble: str | None = None
        """Why something was not kept lately."""

    @property
    def waits(self) -> bool:
        """Whether anything of this call waits to be listened to."""
        return self._calls.has(self._call_id)

    async def begin(self, blind: str | None) -> None:
        """From now on the call is only recorded. `blind`: see `UnheardCalls.note`."""
        self._key = await self._calls.begin(self._call_id, blind)

    async def add(self, part: Part, rate_hz: int) -> float:
        """Keep a part; gives how many seconds of sound could not be kept, which are gone."""
        seconds = len(part.samples) / rate_hz if isinstance(part, Block) else 0.0
        if isinstance(part, Stretch):
            self._began = part
        # what follows means nothing without it: it is tried again until there is room
        if self._began is not None and not await self._keep(self._began):
            return seconds
        is_kept = self._began is part or await self._keep(part)
        self._began = None
        if not is_kept:
            return seconds
        self._calls.waits(self._call_id, seconds)
        return 0.0

    async def _keep(self, part: Part) -> bool:
        data = packed(part)
        if data is None:
            return True
        try:
            key, number = self._key, self._number
            await self._calls.work(lambda: self._calls.sound.add(self._call_id, key, number, data))
        except StoreError as error:
            first, self.trouble = self.trouble is None, str(error)
            self._calls.lost.add(self._call_id)
            if first:
                log.warning("a recorded call is not kept", why=str(error))
                await self._calls.note(self._call_id, BACKLOG)
            return False
        self._number, self.trouble = self._number + 1, None
        return True
