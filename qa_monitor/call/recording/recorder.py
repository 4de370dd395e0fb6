"""The audio of one call on its way to the store and to who listens: held until the screen has answered for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from math import inf

import structlog

from qa_monitor.call.recording.key_silence import KeySilence
from qa_monitor.call.recording.listeners import Listeners
from qa_monitor.call.recording.screened_audio import Block, ScreenedAudio
from qa_monitor.records.errors import StoreError
from qa_monitor.store.port import AudioStore
from streams.records import AudioFrame, CallStarted, Gap

log = structlog.get_logger()


class CallRecorder:
    """Keeps what may be kept. When the disk is full it stops keeping, says so, and tries again later.

    Without a store nothing is kept, and audio is held only while somebody listens, or while it may have to be sealed.
    """

    def __init__(
        self,
        call: CallStarted,
        store: AudioStore | None,
        executor: Executor,
        *,
        holds: bool = False,
        keys: KeySilence | None = None,
    ) -> None:
        """`holds`: what was not screened yet is held in any case, since it may have to be sealed away.

        `keys`: silences what is typed on a telephone, in what is sealed away too; none: it stays audible.
        """
        self._holds, self._keys = holds, keys
        self._call, self._store, self._executor = call, store, executor
        self._held = ScreenedAudio(len(call.channels), call.rate_hz)
        self.listeners = Listeners(call.rate_hz)
        """Who hears what is let through."""
        self.written_s = 0.0
        """Up to where audio was let through."""
        self.trouble: str | None = None

    async def open(self) -> None:
        """Begin the file."""
        if self._store is not None:
            store = self._store
            await self._try(lambda: store.open(self._call))

    @property
    def held_s(self) -> float:
        """How much is held back."""
        return self._held.held_s

    def add(self, frame: AudioFrame) -> None:
        """Hold a frame."""
        if self._wanted(frame.start_s):
            self._held.add(frame)
            if self._keys is not None:
                self._keys.add(frame)

    def add_gap(self, gap: Gap) -> None:
        """Nothing will come for these seconds."""
        if self._wanted(gap.start_s):
            self._held.add_gap(gap)
            if self._keys is not None:
                self._keys.add_gap(gap)

    def mute(self, start_s: float, end_s: float) -> None:
        """What was said here must not be heard."""
        if self._held.mute(start_s, end_s) > 0:
            log.error("audio was let through before it was known that it must be silenced", call_id=self._call.call_id)

    async def write(self, until_s: float) -> None:
        """Let through what lies before `until_s`."""
        await self._write(self._before(until_s))

    def take(self, until_s: float = inf) -> Block | None:
        """What lies before `until_s`, its words not screened, written nowhere: for whoever seals it away.

        Without: all of it.
        """
        block = self._rest() if until_s == inf else self._before(until_s)
        if block is not None:
            self.written_s = block.start_s + len(block.samples) / self._call.rate_hz
        return block

    async def close(self) -> None:
        """The call has ended and all of it was screened."""
        await self._write(self._rest())
        await self.abandon()

    async def abandon(self) -> None:
        """End the file; what is still held is dropped, since nobody has answered for it."""
        self.listeners.end()
        if self._store is not None:
            store = self._store
            await self._try(lambda: store.close(self._call.call_id))

    def _before(self, until_s: float) -> Block | None:
        if self._keys is not None:
            until_s = min(until_s, self._keys.silence(self._held))
        return self._held.release(until_s)

    def _rest(self) -> Block | None:
        if self._keys is not None:
            self._keys.silence_rest(self._held)
        return self._held.finish()

    def _wanted(self, at_s: float) -> bool:
        """Whether anybody is to get what comes now."""
        if self._holds:
            return True
        if self._store is None and self.listeners:
            self._held.begin(at_s)
        return self._store is not None or bool(self.listeners)

    async def _write(self, block: Block | None) -> None:
        if block is None:
            return
        self.written_s = block.start_s + len(block.samples) / self._call.rate_hz
        self.listeners.give(block)
        if self._store is None:
            return
        store = self._store
        await self._try(lambda: store.append(self._call.call_id, block.start_s, block.samples))

    async def _try(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._executor, work)
            self.trouble = None
        except StoreError as error:
            if self.trouble is None:
                log.warning("audio is not kept", why=str(error))
            self.trouble = str(error)
