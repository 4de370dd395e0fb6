"""Transcribes what waited, one utterance at a time, whenever there is room: also while its call still goes on.

The text passes the screen before it is kept, is marked as late, and is judged by the rules about words; the audio is
asked about their phrases as it is for finals while there is time.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import structlog

from alerts.records import RedFlag
from keywords.records import KeywordHit, Screened
from qa_monitor.call.missing import note_missing
from qa_monitor.call.shared import Shared
from qa_monitor.erasing.records import AudioErased
from qa_monitor.faults import fault_of
from qa_monitor.records.calls import LATER
from qa_monitor.records.errors import StoreError
from qa_monitor.shedding.care import Care
from qa_monitor.shedding.flac import restored
from qa_monitor.shedding.late_call import LateCall
from qa_monitor.shedding.late_text import late_text
from qa_monitor.shedding.later import Piece
from streams.engine.batching import Kind
from streams.engine.engine import EngineFull
from streams.model.window import Window
from streams.records import Audio, CallId, Utterance

log = structlog.get_logger()

LOOK_S = 0.1
"""How often it looks whether something waits and there is room."""


class AfterCall:
    """One per application; `work` is its task."""

    def __init__(self, shared: Shared, room: Callable[[], bool] | None = None) -> None:
        """`room`: whether live calls leave time now; none: as the load says."""
        self._shared, self._room = shared, room or shared.makes_up
        self._closing = False
        self._idle = asyncio.Event()
        self._turn = asyncio.Lock()
        """Held while text is kept, and while a call is deleted."""

    async def work(self) -> None:
        """Until cancelled."""
        while True:
            await self._settle()
            piece = self._shared.later.take() if self._closing or self._room() else None
            if piece is not None:
                await self._make_up(piece)
                continue
            if self._shared.later.idle:
                self._idle.set()
            await asyncio.sleep(LOOK_S)

    async def drain(self, limit_s: float) -> None:
        """The service is about to end and no call is live: make up for what can be within this time."""
        self._closing = True
        await self.caught_up(limit_s)

    async def caught_up(self, limit_s: float) -> None:
        """Wait until nothing waits any more, no longer than this."""
        self._idle.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await self._idle.wait()

    async def give_up(self) -> None:
        """After `work` was cancelled: what still waits will never be transcribed, and its calls say so."""
        while (piece := self._shared.later.take()) is not None:
            self._lost(piece)
        await self._settle()

    @asynccontextmanager
    async def left(self, call_id: CallId) -> AsyncIterator[AudioErased]:
        """See `erasing.port.Unfinished`. All of it is in memory."""
        async with self._turn:
            self._shared.later.forget(call_id)
            yield AudioErased()

    async def _make_up(self, piece: Piece) -> None:
        try:
            await self._heard(piece)
        except EngineFull:
            self._shared.later.put_back(piece)
            await asyncio.sleep(LOOK_S)
        except asyncio.CancelledError:
            self._shared.later.put_back(piece)
            raise
        except Exception as error:
            # one utterance's fault must not keep the others waiting: its call stays incomplete
            log.error("speech cannot be transcribed later either", **fault_of(error))
            self._lost(piece)
        else:
            piece.late.waiting -= 1
            self._shared.metrics.later_done(piece.duration_s)
            await note_missing(self._shared, piece.late)

    async def _heard(self, piece: Piece) -> None:
        utterance = await self._transcribed(piece)
        if utterance is not None:
            late, hides = piece.late, piece.hides_numbers or piece.late.interleaved
            async with self._turn:
                if not late.forgotten:
                    await self._keep(late, late.heard(utterance, attributed=piece.attributed, hides_numbers=hides))

    async def _transcribed(self, piece: Piece) -> Utterance | None:
        """Its text; none where nothing was said after all."""
        loop = asyncio.get_running_loop()
        audio: Audio = await loop.run_in_executor(self._shared.listening, restored, piece.flac)
        done = await asyncio.wrap_future(self._shared.engine.submit(self._window(piece, audio), Kind.LATER))
        return await loop.run_in_executor(self._shared.listening, late_text, piece, audio, done.recognised)

    def _window(self, piece: Piece, audio: Audio) -> Window:
        late, care = piece.late, self._care
        seekers = self._shared.asking(late.seekers, care) if piece.trusted else {}
        return Window(
            audio=audio,
            language=piece.language,
            languages=self._shared.languages,
            vocabulary=self._shared.vocabularies.of_team(late.call.team),
            seeker=seekers.get(piece.utterance.speaker),
            twice=care.twice,
            beam=care.beam,
            final=True,
        )

    @property
    def _care(self) -> Care:
        """Nobody waits for this text, unless the service is about to end: then more of it counts for more."""
        most = self._shared.most_care
        return replace(most, company=False, twice=False) if self._closing else most

    async def _keep(self, late: LateCall, screened: Iterable[Screened]) -> None:
        for one in screened:
            utterance = one.utterance
            for redaction in one.redactions:
                self._shared.metrics.redaction(redaction.kind)
            plain = replace(utterance, sought=())
            self._shared.live.say(plain, late=True)
            await self._try(self._shared.store.save_utterance(utterance, late=True))
            hits = late.hits(utterance)
            if hits:
                await self._judge(late, plain, hits)

    async def _judge(self, late: LateCall, utterance: Utterance, hits: tuple[KeywordHit, ...]) -> None:
        shared = self._shared
        decision = late.judge(utterance, hits, await self._told(late), max(late.now_s, utterance.end_s))
        for flag in decision.told:
            stored = await shared.feed.tell(flag, late.call)
            shared.metrics.flag(stored.flag.rule_id, stored.flag.state)
        for held in decision.held:
            shared.metrics.held(held.reason)
            await self._try(shared.store.save_held(held))

    async def _told(self, late: LateCall) -> tuple[RedFlag, ...]:
        """The call's flags so far. None where they cannot be read: told twice is better than missed."""
        try:
            record = await self._shared.store.record(late.call.call_id)
        except StoreError as error:
            log.warning("flags of a call cannot be read", why=str(error))
            return ()
        return () if record is None else tuple(stored.flag for stored in record.flags)

    async def _settle(self) -> None:
        """Calls of which all there was has been made up for, or is lost."""
        async with self._turn:
            for late in self._shared.later.settled():
                await self._keep(late, late.finish())
                reason = LATER if await note_missing(self._shared, late) else late.besides
                await self._try(self._shared.store.save_blind(late.call.call_id, reason))
                await self._tell_call(late)

    async def _tell_call(self, late: LateCall) -> None:
        try:
            stored = await self._shared.store.call(late.call.call_id)
        except StoreError as error:
            log.warning("change of a call not told", why=str(error))
            return
        if stored is not None:
            self._shared.feed.tell_call(stored)

    def _lost(self, piece: Piece) -> None:
        piece.late.lost = True
        piece.late.waiting -= 1
        self._shared.metrics.lost()
        self._shared.metrics.later_lost(piece.duration_s)

    async def _try(self, saving: Awaitable[object]) -> None:
        """A store in trouble never stops the next text."""
        try:
            await saving
        except StoreError as error:
            self._shared.metrics.store_failed()
            log.warning("not saved", why=str(error))
