"""One call from its first frame to its last flag: the whole story on one page.

Frames come in through a bounded queue: when the call is not followed fast enough, reading its socket waits. One task
per call takes what came, listens (voice activity in a worker thread), gives stretches of speech to the shared engine,
and judges what comes back. A card number is out of text and audio before anything is written.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from time import monotonic

from qa_monitor.call.heard import HeardClock
from qa_monitor.call.judge import CallJudge, Judged
from qa_monitor.call.recorder import CallRecorder
from qa_monitor.call.shared import Shared
from qa_monitor.call.teller import FlagTeller
from sentiment.policy import emotion_allowed
from streams.language import ChannelLanguage
from streams.listener import ChannelListener, Noticed
from streams.records import (
    AudioFrame,
    CallEnded,
    CallEvent,
    CallStarted,
    ChannelActivity,
    Dtmf,
    EndReason,
    Gap,
    LanguageChanged,
    Speaker,
)
from streams.segmenter import SpeechBegan, SpeechEnded
from streams.transcriber import ChannelFacts, ChannelTranscriber, Transcribed

INBOX = 500
"""Events of one call that may wait: about 5 s of two channels in frames of 20 ms."""
GATHER_S = 0.04
"""Frames are taken together this often: fewer, larger steps cost less."""
TICK_S = 0.5
"""Dead air and talk-over are looked at this often, in seconds of audio."""
KEEP_S = 1.0
"""Audio is written this often."""
UNNOTICED_S = 0.5
"""Speech that began this recently may not have been noticed yet."""
LAST_WORDS_S = 15.0
"""How long the finals of an ended call are waited for."""


class PipelineFailed(Exception):
    """A call cannot be followed any further; its connection is closed with "internal error"."""


class CallPipeline:
    """Give it the events of one call; `run` is its task."""

    def __init__(self, call: CallStarted, shared: Shared) -> None:
        self.call, self._shared = call, shared
        self._loop = asyncio.get_running_loop()
        self._inbox: deque[CallEvent] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._heard = HeardClock()
        self._judge = CallJudge(call, shared.judges)
        self._listeners = tuple(
            ChannelListener(shared.voice_activity, shared.segments, call.rate_hz) for _ in call.channels
        )
        self._transcribers = tuple(self._transcriber(channel) for channel in range(len(call.channels)))
        self._teller = FlagTeller(call, shared, self._heard)
        self._recorder = CallRecorder(call, shared.audio, shared.listening)
        self._now_s = 0.0
        self._ticked_s = 0.0
        self._backlog = self._failed = False

    @property
    def now_s(self) -> float:
        """How far the call's audio has come."""
        return self._now_s

    @property
    def waiting(self) -> int:
        """Events not looked at yet."""
        return len(self._inbox)

    async def put(self, event: CallEvent) -> None:
        """The next event of this call; waits while too many have not been looked at."""
        if isinstance(event, AudioFrame):
            self._heard.heard(event.end_s, monotonic())
        while len(self._inbox) >= INBOX and not self._failed and not isinstance(event, CallEnded):
            self._room.clear()
            await self._room.wait()
        if self._failed:
            if isinstance(event, CallEnded):
                return
            raise PipelineFailed(self.call.call_id)
        self._inbox.append(event)
        self._news.set()

    async def give_up(self) -> CallEnded:
        """After `run` has failed. Nothing more is taken: the connection is told so with its next event."""
        self._failed = True
        self._inbox.clear()
        self._room.set()
        await self._recorder.abandon()
        return CallEnded(call_id=self.call.call_id, end_s=self._now_s, reason=EndReason.ERROR)

    async def run(self) -> CallEnded:
        """Follow the call to its end; everything is judged and kept when this returns."""
        await self._recorder.open()
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER_S)
            self._news.clear()
            events, self._inbox = list(self._inbox), deque()
            self._room.set()
            ended = next((event for event in events if isinstance(event, CallEnded)), None)
            await self._listen(events)
            await self._collect()
            await self._tick()
            if ended is not None:
                await self._finish()
                return ended

    def _transcriber(self, channel: int) -> ChannelTranscriber:
        call, speaker = self.call, self.call.channels[channel]
        facts = ChannelFacts(
            call_id=call.call_id,
            channel=channel,
            speaker=speaker,
            languages=self._shared.languages,
            wants_embedding=speaker is Speaker.CUSTOMER and emotion_allowed(call),
        )
        announced = call.language if call.language in self._shared.languages else None
        language = ChannelLanguage(announced, self._shared.languages)
        return ChannelTranscriber(facts, self._shared.engine, language, self._wake)

    def _wake(self) -> None:
        """A pass has ended; called from the engine's threads."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    async def _listen(self, events: list[CallEvent]) -> None:
        heard = [event for event in events if isinstance(event, AudioFrame | Gap)]
        if heard:
            noticed = await self._loop.run_in_executor(self._shared.listening, self._notice, heard)
            self._now_s = max(listener.heard_s for listener in self._listeners)
            for channel, one in noticed:
                self._transcribe(channel, one)
        for event in events:
            await self._note(event)

    async def _note(self, event: CallEvent) -> None:
        """What an event means besides what is heard in it."""
        match event:
            case AudioFrame():
                self._recorder.add(event)
            case Gap():
                self._recorder.add_gap(event)
                self._shared.metrics.gap(event.duration_s)
                await self._teller.keep(self._shared.store.save_gap(event))
            case LanguageChanged(language=language):
                for transcriber in self._transcribers:
                    transcriber.language.change(language)
            case Dtmf():
                self._shared.metrics.dtmf()
            case _:
                pass  # pauses are gaps to what is heard; starts and ends are the switchboard's

    def _notice(self, events: Iterable[AudioFrame | Gap]) -> list[tuple[int, Noticed]]:
        noticed = []
        for event in events:
            listener = self._listeners[event.channel]
            found = listener.feed(event) if isinstance(event, AudioFrame) else listener.gap(event)
            noticed += [(event.channel, one) for one in found]
        return noticed

    def _transcribe(self, channel: int, noticed: Noticed) -> None:
        event = noticed.event
        if isinstance(event, SpeechBegan | SpeechEnded):
            ended = isinstance(event, SpeechEnded)
            self._judge.activity(
                ChannelActivity(
                    call_id=self.call.call_id,
                    channel=channel,
                    speaker=self.call.channels[channel],
                    start_s=event.start_s,
                    end_s=max(event.start_s, event.last_speech_s if isinstance(event, SpeechEnded) else event.start_s),
                    open=not ended,
                )
            )
        self._transcribers[channel].notice(noticed)

    async def _collect(self) -> None:
        for transcriber in self._transcribers:
            for transcribed in transcriber.collect():
                await self._understood(transcribed)

    async def _understood(self, transcribed: Transcribed) -> None:
        utterance, doubt = transcribed.utterance, transcribed.distrust
        text_at_s = monotonic()
        if not utterance.final:
            if doubt is None or not doubt.dropped:
                shown, decision = self._judge.partial(utterance, self._now_s)
                self._shared.live.say(shown)
                await self._teller.tell(decision, self._now_s, text_at_s)
            return
        if transcribed.lost:
            await self._lost(utterance.start_s, utterance.end_s)
        if doubt is not None and doubt.dropped:
            self._shared.metrics.distrusted(doubt)
            await self._teller.tell(self._judge.unheard(utterance, self._now_s), self._now_s, text_at_s)
            self._shared.live.say(replace(utterance, text="", words=(), embedding=None))
            return
        heard_at_s = self._heard.wall_s(transcribed.last_speech_s)
        if heard_at_s is not None:
            self._shared.final_latencies.add(text_at_s - heard_at_s)
            self._shared.metrics.final(text_at_s - heard_at_s)
        judged = await self._loop.run_in_executor(
            self._shared.listening, lambda: list(self._judge.final(transcribed, self._now_s))
        )
        await self._judged(judged, text_at_s)

    async def _judged(self, judged: Iterable[Judged], text_at_s: float | None = None) -> None:
        for one in judged:
            for redaction in one.redactions:
                self._recorder.mute(redaction.start_s, redaction.end_s)
                self._shared.metrics.redaction(redaction.kind)
            self._shared.live.say(one.utterance, one.emotion)
            await self._teller.tell(one.decision, self._now_s, text_at_s)
            await self._teller.keep(self._shared.store.save_utterance(one.utterance, one.emotion))

    async def _tick(self) -> None:
        if self._now_s - self._ticked_s < TICK_S:
            return
        self._ticked_s = self._now_s
        await self._judged(list(self._judge.waited(self._now_s)))
        dynamics, decisions = self._judge.time(self._now_s, self._known_until_s())
        self._shared.live.flow(self.call.call_id, dynamics)
        for decision in decisions:
            await self._teller.tell(decision, self._now_s)
        if self._now_s - self._recorder.written_s >= KEEP_S:
            await self._recorder.write(self._safe_until_s())

    def _known_until_s(self) -> list[float]:
        """Per channel, the second before which every utterance that began has been judged."""
        known = []
        for listener, transcriber in zip(self._listeners, self._transcribers, strict=True):
            limits = (listener.heard_s - UNNOTICED_S, listener.open_from_s, transcriber.pending_from_s)
            known.append(min(limit for limit in limits if limit is not None))
        return known

    def _safe_until_s(self) -> float:
        """Audio before this second has passed the card screen, with room for words that begin early."""
        open_from = [transcriber.pending_from_s for transcriber in self._transcribers]
        open_from += [listener.open_from_s for listener in self._listeners]
        open_from += [self._judge.hold_from_s, self._now_s]
        return min(second for second in open_from if second is not None) - self._shared.segments.pre_roll_s - 0.5

    async def _finish(self) -> None:
        for channel, listener in enumerate(self._listeners):
            for noticed in listener.finish():
                self._transcribe(channel, noticed)
        waits_until = monotonic() + LAST_WORDS_S
        while any(one.pending_from_s is not None for one in self._transcribers) and monotonic() < waits_until:
            self._news.clear()
            await self._collect()
            if any(one.pending_from_s is not None for one in self._transcribers):
                try:
                    await asyncio.wait_for(self._news.wait(), timeout=1.0)
                except TimeoutError:
                    continue
        for start_s in [one.pending_from_s for one in self._transcribers]:
            if start_s is not None:
                await self._lost(start_s, self._now_s)
        await self._judged(list(self._judge.finish(self._now_s)))
        dynamics, decision = self._judge.end(self._now_s)
        await self._teller.tell(decision, self._now_s)
        await self._teller.keep(self._shared.store.save_dynamics(self.call.call_id, dynamics))
        await self._recorder.close()

    async def _lost(self, start_s: float, end_s: float) -> None:
        """A stretch could not be transcribed: the call says so instead of looking calm.

        It is silenced too: nobody knows whether a card number was read out in it.
        """
        self._recorder.mute(start_s, end_s + self._shared.segments.post_roll_s)
        self._shared.metrics.lost()
        if not self._backlog:
            self._backlog = True
            await self._teller.keep(self._shared.store.save_blind(self.call.call_id, "backlog"))
            stored = await self._shared.store.call(self.call.call_id)
            if stored is not None:
                self._shared.feed.tell_call(stored)
