"""Deletes a call wholly and says what was done."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from qa_monitor.erasing.port import AudioErasing, ErasureStore, Unfinished
from qa_monitor.erasing.records import AudioErased, Erased, Erasure, Gone, digest_of
from qa_monitor.erasing.traces import count_traces
from streams.records import CallId

LOG_TRIES = 3


class Eraser:
    """One per application. Who may ask for it is decided before."""

    def __init__(
        self, store: ErasureStore, audio: AudioErasing, folder: Path, unfinished: Sequence[Unfinished] = ()
    ) -> None:
        self._store, self._audio, self._folder, self._unfinished = store, audio, folder, unfinished
        self._turn = asyncio.Lock()

    async def erase(self, call_id: CallId, by: str, at: datetime, *, search: bool = False) -> Erased:
        """Audio first: were it to end in between, the call is still listed and can be deleted again.

        Nobody listens any more to what waited of it. `search`: afterwards read the whole folder for what is left of it.
        Raises `NotKept`, `StillLive` or `StoreError`; where audio could not be removed, the rows stay too.
        """
        async with self._turn:
            gone = await self._gone(call_id, by, at)
            await self._store.forget_words()
            emptied = await self._emptied()
            traces = None
            if search:
                wanted = (call_id.encode(), digest_of(call_id).encode() + b".wav", *gone.known)
                traces = await asyncio.to_thread(count_traces, self._folder, wanted)
        return Erased(erasure=gone.erasure, log_emptied=emptied, traces=traces)

    async def proofs(self, limit: int) -> Sequence[Erasure]:
        """Of deletions so far, newest first. Raises `StoreError`."""
        return await self._store.latest(limit)

    async def _gone(self, call_id: CallId, by: str, at: datetime) -> Gone:
        await self._store.check(call_id)
        async with AsyncExitStack() as stack:
            audio = AudioErased()
            for one in self._unfinished:
                audio += await stack.enter_async_context(one.left(call_id))
            audio += await asyncio.to_thread(self._audio.erase, call_id)
            return await self._store.erase(call_id, by, at, audio)

    async def _emptied(self) -> bool:
        for _ in range(LOG_TRIES):
            if await self._store.empty_log():
                return True
        return False
