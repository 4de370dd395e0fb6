"""Listens to calls that were only recorded, one after the other, when live calls leave room: the way of an import.

All of a call goes through the whole pipeline in a store of its own; what comes of it is copied into the call, then the
sound and its key are deleted. Every copy replaces itself, and the key goes last: a service that is killed in between
begins the call again, and nothing is lost or there twice.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import structlog

from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.recording.recorded import Part, UnreadPart, unpacked
from qa_monitor.call.recording.unheard import UnheardCalls
from qa_monitor.erasing.records import AudioErased
from qa_monitor.faults import fault_of
from qa_monitor.late_listening.joining import joined_audio
from qa_monitor.late_listening.put_aside import PutAside, beginning_of
from qa_monitor.late_listening.results import keep_results, near_live
from qa_monitor.records.calls import BACKLOG
from qa_monitor.records.errors import StoreError
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.answers import Answering
from qa_monitor.replay.one_call import FOLDER, Stage, apart, as_it_began, followed
from qa_monitor.replay.pacing import Progress, ReplayPacing
from qa_monitor.replay.sound import SoundInFrames
from qa_monitor.store.audio.files import AudioFiles
from qa_monitor.store.port import Blocks
from qa_monitor.store.unheard_port import DamagedSound, UnheardCall
from streams.consent import Consent
from streams.records import CallId, CallStarted

log = structlog.get_logger()

LOOK_S = 0.5
"""How often it looks whether something waits and there is room."""
AGAIN_S = 5.0
"""After a store in trouble."""
TRIES = 3
"""After so many faults a call is given up: it says that text is missing."""


class Left(Exception):
    """A call is deleted while it is listened to."""


class HearLater:
    """One per application; `work` is its task."""

    def __init__(self, stage: Stage, calls: UnheardCalls) -> None:
        self._stage, self._calls, self._shared = stage, calls, stage.shared
        self._failed: Counter[CallId] = Counter()
        """How often a call could not be listened to."""
        self._left: set[CallId] = set()
        """Calls that are being deleted: none of them is begun."""
        self._now: tuple[CallId, asyncio.Event] | None = None
        """The call that is listened to, and what is set once it is no more."""
        self._going: asyncio.Task[CallRecord] | None = None
        """That part of it of which nothing is kept yet."""

    async def work(self) -> None:
        """Until cancelled. Raises `StoreError` where it cannot even begin."""
        await self._begin()
        while True:
            try:
                await self._calls.catch_up()
                one = await self._next() if self._room() else None
                if one is None or one.call_id in self._left:
                    await asyncio.sleep(LOOK_S)
                    continue
                await self._attend(one)
            except StoreError as error:
                log.warning("a recorded call cannot be listened to yet", why=str(error))
                await asyncio.sleep(AGAIN_S)

    @asynccontextmanager
    async def left(self, call_id: CallId) -> AsyncIterator[AudioErased]:
        """See `erasing.port.Unfinished`."""
        self._left.add(call_id)
        try:
            if self._now is not None and self._now[0] == call_id:
                if self._going is not None:
                    self._going.cancel()
                await self._now[1].wait()
            erased = await self._calls.erase(call_id)
            self._failed.pop(call_id, None)
            yield erased
        finally:
            self._left.discard(call_id)

    async def _attend(self, one: UnheardCall) -> None:
        self._now = one.call_id, asyncio.Event()
        try:
            await self._hear(one)
        except Left:
            log.info("a recorded call is deleted while it is listened to")
        finally:
            self._now[1].set()
            self._now = None

    async def _begin(self) -> None:
        """What belongs to no call is erased; what an earlier run left is known to wait."""
        known = [one.call_id for one in await self._calls.ledger.waiting()]
        # begun again after a fault, there are calls that go on
        await self._calls.work(lambda: self._calls.sound.keep_only([*known, *self._calls.known]))
        for call_id in known:
            self._calls.waits(call_id, 0.0)

    def _room(self) -> bool:
        """Only while nothing at all is left out: what is followed comes before what was put aside."""
        return self._shared.shedding.now.level == 0 and self._stage.room()

    async def _next(self) -> UnheardCall | None:
        """The call that began first of those that are over, and of which nothing else is still to come.

        One that could not be listened to comes after the others.
        """
        waiting = sorted(await self._calls.ledger.waiting(), key=lambda one: self._failed[one.call_id])
        return next((one for one in waiting if not self._shared.later.unsettled(one.call_id)), None)

    async def _hear(self, one: UnheardCall) -> None:
        seconds, record = self._calls.seconds_of(one.call_id), await self._shared.store.record(one.call_id)
        if record is None:
            return
        until_s, blind = 0.0, None
        try:
            aside, blind = await self._heard(record, self._calls.key_of(one))
            until_s = aside.end_s
            self._shared.metrics.later_done(aside.sound_s)
            if aside.sound_s < seconds - LOOK_S:
                blind = blind or self._given_up(seconds - aside.sound_s)
        except UnreadPart as error:
            log.error("a recorded call cannot be listened to", why=str(error))
            blind = self._given_up(seconds)
        except (Left, StoreError) as error:
            self._failed[one.call_id] += isinstance(error, StoreError)
            raise
        except Exception as error:
            # one call's fault must not keep the others waiting
            log.error("a recorded call cannot be listened to", **fault_of(error))
            self._failed[one.call_id] += 1
            if self._failed[one.call_id] < TRIES:
                return
            blind = self._given_up(seconds)
        self._failed.pop(one.call_id, None)
        await self._calls.settle(one.call_id, blind, until_s)
        stored = await self._shared.store.call(one.call_id)
        if stored is not None:
            self._shared.feed.tell_call(stored)

    def _given_up(self, seconds: float) -> str:
        """It will never be known: the call says so, and the others go on."""
        self._shared.metrics.lost()
        self._shared.metrics.later_lost(seconds)
        return BACKLOG

    async def _heard(self, record: CallRecord, key: bytes | None) -> tuple[PutAside, str | None]:
        """Listen to a call and keep what comes of it. Gives that, and why the call cannot be judged."""
        if key is None:
            raise UnreadPart("its key ended with the service that recorded it")
        call_id = record.call.call.call_id
        beginning = beginning_of(self._parts(call_id, key))
        if beginning is None:
            raise UnreadPart("its sound is gone or damaged: a backup does not hold it")
        call = as_it_began(record.call, beginning)
        aside = PutAside(
            call=call,
            kept=record.utterances,
            holds=record.holds,
            lawful=record.call.call.consent is Consent.GRANTED,
            duration_s=record.call.duration_s or 0.0,
            care=self._shared.most_care,
        )
        folder = self._stage.data_dir / FOLDER
        await asyncio.to_thread(folder.mkdir, mode=0o700, exist_ok=True)
        with TemporaryDirectory(dir=folder) as own:
            sound = None if self._shared.audio is None else AudioFiles(Path(own) / "late", floor_bytes=0)
            found = await self._unless_left(call_id, self._gone_through(call, aside, key, sound))
            near = near_live(found.utterances, aside.spans, record.call.duration_s or aside.end_s)
            if sound is not None and isinstance(self._stage.audio, AudioFiles):
                main, whole = self._stage.audio, AudioFiles(Path(own) / "whole", floor_bytes=0)
                silent = [(one.start_s, one.end_s) for one in near]
                await asyncio.to_thread(joined_audio, call, main, sound, aside.spans, silent, whole)
                await asyncio.to_thread(main.adopt, call_id, whole)
        await keep_results(self._shared, record, found, near, aside)
        return aside, found.call.blind or (BACKLOG if call_id in self._calls.lost else None)

    async def _unless_left(self, call_id: CallId, through: Coroutine[None, None, CallRecord]) -> CallRecord:
        """Raises `Left` where the call is deleted meanwhile. What comes after it is short, and is waited for."""
        self._going = asyncio.create_task(through)
        if call_id in self._left:
            self._going.cancel()
        try:
            return await self._going
        except asyncio.CancelledError:
            own = asyncio.current_task()
            if call_id in self._left and own is not None and not own.cancelling():
                raise Left from None
            raise
        finally:
            self._going = None

    async def _gone_through(
        self, call: CallStarted, aside: PutAside, key: bytes, sound: AudioFiles | None
    ) -> CallRecord:
        async with apart(self._stage, sound, at_once=1) as (shared, spare, executor):
            answering = Answering(spare=spare, answers={}, needed=frozenset())
            frames = SoundInFrames(call, lambda first, count: _silence(call, count))
            pacing = ReplayPacing(aside.steps(self._parts(call.call_id, key)), frames, answering, executor, Progress())
            pacing.room = self._room

            def prepare(pipeline: CallPipeline) -> None:
                aside.pipeline = pipeline

            return await followed(call, shared, pacing, prepare=prepare)

    def _parts(self, call_id: CallId, key: bytes) -> Iterator[Part]:
        """Up to where it is damaged, if it is: the call then says that text is missing, and keeps what was before."""
        try:
            for part in self._calls.sound.parts(call_id, key):
                yield unpacked(part, call_id)
        except DamagedSound as error:
            log.error("the rest of a recorded call cannot be listened to", why=str(error))
            self._calls.lost.add(call_id)


def _silence(call: CallStarted, count: int) -> Blocks:
    """All sound comes as frames: none is asked for."""
    return np.zeros((count, len(call.channels)), np.int16)
