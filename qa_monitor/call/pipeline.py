"""One call from its first frame to its last flag: the whole story on one page.

Frames come in through a bounded queue: when the call is not followed fast enough, reading its socket waits. One task
per call takes what came, listens (voice activity in a worker thread), gives stretches of speech to the shared engine,
and has judged what comes back (`words.py`); what events mean besides their sound is in `signals.py`. Numbers to mask
are out of text and audio before anything is written.
"""

import asyncio
from collections.abc import Callable, Sequence
from time import monotonic

from qa_monitor.call.aside import Aside
from qa_monitor.call.equipment import equip
from qa_monitor.call.intake import Intake
from qa_monitor.call.listening import Heard
from qa_monitor.call.pace.pace import Standing
from qa_monitor.call.pacing import LivePacing, Pacing, a_pace_keeper
from qa_monitor.call.recording.listeners import Listeners
from qa_monitor.call.recording.unheard import UnheardCalls, UnheardSound
from qa_monitor.call.shared import Shared
from qa_monitor.call.signals import CallSignals
from qa_monitor.call.words import CallWords
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from streams.activity.segmenter import SpeechEnded
from streams.consent import Consent
from streams.health.call_health import CallHealth
from streams.records import (
    AudioFrame,
    CallEnded,
    CallEvent,
    CallStarted,
    ConsentChanged,
    EndReason,
    GapReason,
    Paused,
    Resumed,
    Utterance,
)

IDLE_S = 1.0
"""A call of which nothing comes is looked at this often."""
TICK_S = 0.5
"""Dead air and talk-over are looked at this often, in seconds of audio."""
KEEP_S = 1.0
"""Audio is written this often."""


class PipelineFailed(Exception):
    """A call cannot be followed any further; its connection is closed with "internal error"."""


class CallPipeline:
    """Give it the events of one call; `run` is its task."""

    def __init__(self, call: CallStarted, shared: Shared, pacing: Pacing | None = None) -> None:
        """`pacing`: when it takes what came and what became known; none: as it comes."""
        self._shared = shared
        self._pacing = pacing or LivePacing(a_pace_keeper(call, shared))
        self.closed: GapReason | None = None
        """Why nothing is let through to it at the moment; set by whoever holds it back."""
        self.over = False
        """Nothing more is taken, and all of it is judged."""
        self.source_reads = False
        """Its source asked for the text."""
        self.on_said: Callable[[Utterance], None] = lambda utterance: None
        """Told every partial and final as consoles see it, masked."""
        self._inbox = self._pacing.inbox
        parts = equip(call, shared, self._inbox.wake_soon, lambda channel: self._pacing.passes(channel, shared.engine))
        self._parts, self._heard, self._judge, self._ears = parts, parts.heard, parts.judge, parts.ears
        self._teller, self._recorder, self._voice = parts.teller, parts.recorder, parts.voice
        self._health, self._lateness = parts.health, parts.lateness
        self._words = CallWords(parts, lambda utterance: self.on_said(utterance))
        self._signals = CallSignals(parts)
        self._aside = None if shared.unheard is None else self._an_aside(shared.unheard)
        self._intake = Intake(self._inbox, self._recorder, self._ears, len(call.channels))
        self._arrived: tuple[float, float] | None = None
        self._now_s = 0.0
        self._ticked_s = 0.0
        self._recalled_s = 0.0

    def _an_aside(self, calls: UnheardCalls) -> Aside:
        sound = UnheardSound(self.call.call_id, calls)
        return Aside(sound, self._recorder, self._judge, self._ears, self._shared.metrics)

    @property
    def call(self) -> CallStarted:
        """The call as it is now: it may have been handed to another agent."""
        return self._teller.call

    @property
    def now_s(self) -> float:
        """How far the call's audio has come."""
        return self._now_s

    @property
    def listeners(self) -> Listeners:
        """Who listens to it as it goes on."""
        return self._recorder.listeners

    @property
    def waiting(self) -> int:
        """Events not looked at yet."""
        return self._inbox.waiting

    @property
    def follows(self) -> bool:
        """It is transcribed as it goes on."""
        return self._lateness.follows

    @property
    def standing(self) -> Standing:
        """What the load and others decide about it at this moment."""
        shedding = self._shared.shedding.now
        return Standing(
            level=shedding.level,
            company=shedding.care.company,
            beam=shedding.care.beam,
            twice=shedding.care.twice,
            follows=self._lateness.follows,
            closed=self.closed,
        )

    def put_off(self) -> None:
        """Only record it from now on; it is listened to when there is room."""
        self._lateness.put_off(self._now_s)

    def skip(self, known_until_s: Sequence[float]) -> None:
        """Per channel, up to where what was said is known already: to be recalled, not to be listened to."""
        self._ears.skip(known_until_s)

    def recall(self, kept: StoredUtterance) -> None:
        """It was said, judged and kept before: what comes is judged in its light."""
        self._judge.recall(kept, max(self._now_s, kept.utterance.end_s))

    def recall_voice(self, channel: int, usual: bytes) -> None:
        """What was usual for the customer's voice before."""
        self._judge.recall_voice(channel, usual)

    def recall_hold(self, hold: OnHold, *, began_here: bool) -> None:
        """The customer was on hold then, as was known before. `began_here`: its beginning came here too."""
        self._judge.flow.recall_hold(hold, self._now_s, began_here=began_here)

    def recall_end(self, end_s: float) -> None:
        """What came up to this second, the end of the call, was followed before and is not to come."""
        self._recalled_s = end_s

    def follow(self) -> None:
        """Transcribe it as it goes on."""
        self._lateness.follow()

    @property
    def health(self) -> CallHealth | None:
        """How well it is heard, as of the last look; none before the first."""
        return self._health.latest

    async def put(self, event: CallEvent) -> None:
        """The next event of this call; waits while too many have not been looked at."""
        if isinstance(event, AudioFrame) and self.follows:
            self.arrived(event)
        if not await self._inbox.put(event) and not isinstance(event, CallEnded):
            raise PipelineFailed(self.call.call_id)

    def arrived(self, frame: AudioFrame) -> None:
        """This audio is here now."""
        self._arrived = (monotonic(), frame.end_s)
        self._heard.heard(frame.end_s, self._arrived[0])

    def push(self, event: CallEvent) -> None:
        """The next event, without waiting: for the few that are no audio."""
        self._inbox.push(event)

    def consented(self, change: ConsentChanged) -> None:
        """The customer was told or has answered. What is not wanted stops now; the rest is done in its turn."""
        if change.consent is not Consent.GRANTED:
            self._judge.hush()
        self.push(change)

    async def give_up(self) -> CallEnded:
        """After `run` has failed. Nothing more is taken: the connection is told so with its next event."""
        self._inbox.close()
        self.over = True
        self._lateness.ended = True
        await self._health.missed()
        await self._lateness.over(self._health.lasting)
        await self._recorder.abandon()
        return CallEnded(call_id=self.call.call_id, end_s=self._now_s, reason=EndReason.ERROR)

    async def run(self) -> CallEnded:
        """Follow the call to its end; everything is judged and kept when this returns."""
        await self._recorder.open()
        while True:
            await self._inbox.news(IDLE_S)
            await self._pacing.gather(hurried=self.follows)
            await self._turn()
            if self._aside is not None and self._aside.on:
                ended = await self._record(self._aside)
                if ended is not None:
                    return ended
                continue
            events = self._intake.take()
            self._pacing.took(events, self.standing)
            ended = next((event for event in events if isinstance(event, CallEnded)), None)
            self._lateness.apply(self._ears, self._now_s, card_open=self._judge.hold_from_s is not None)
            await self._listen(events)
            await self._collect()
            await self._tick()
            if not events:
                await self._let_through()
            if ended is not None:
                await self._finish()
                return ended

    async def _turn(self) -> None:
        """From following to recording, or back, where the load has decided so."""
        if self._aside is None or self._aside.on is not self.follows:
            return
        if self.follows:
            await self._aside.end(self._now_s)
            self._health.start_over()
            return
        self._pacing.forget()
        self._arrived = None
        await self._aside.begin(self.call, self._lateness.besides)
        await self._teller.tell(self._judge.unconfirmed(self._now_s), self._now_s)
        await self._signals.keep_holds()

    async def _record(self, aside: Aside) -> CallEnded | None:
        """What came is put aside: nobody listens to it now. Gives the end of the call, where it came."""
        events = self._inbox.take()
        for event in events:
            await self._signals.note(event, self._now_s, self.closed)
            if isinstance(event, AudioFrame):
                self._now_s = max(self._now_s, event.end_s)
            if isinstance(event, Paused | Resumed):
                self._judge.flow.note_hold(self._now_s)
                await self._signals.keep_holds()
        await aside.keep(events, self._now_s)
        await self._signals.keep_gaps()
        await self._health.recorded(self._now_s, self.closed)
        ended = next((event for event in events if isinstance(event, CallEnded)), None)
        if ended is not None:
            await aside.end(self._now_s)
            self._lateness.ended = True
            await self._health.recorded(self._now_s, self.closed)
            await self._over()
        return ended

    async def _listen(self, events: list[CallEvent]) -> None:
        noticed: list[Heard] = []
        if self._arrived is not None:
            self._health.arrived(*self._arrived)
            self._arrived = None
        if events:
            noticed = await asyncio.get_running_loop().run_in_executor(self._shared.listening, self._hear, events)
            self._now_s = self._ears.now_s
        # before anything is judged: nobody is, while nobody can tell who speaks
        await self._health.look(self._now_s, self.closed)
        await self._voice.mind(self._now_s)
        for heard in noticed:
            self._notice(heard)
        for channel, sound in self._ears.sounds():
            self._judge.flow.sounded(channel, sound)
        for event in events:
            await self._signals.note(event, self._now_s, self.closed)

    def _hear(self, events: list[CallEvent]) -> list[Heard]:
        for event in events:
            self._health.hear(event)
        return self._ears.hear(events)

    def _notice(self, heard: Heard) -> None:
        activity = self._ears.notice(heard)
        if activity is not None:
            self._judge.flow.activity(activity)
        if isinstance(heard, tuple) and isinstance(heard[1].event, SpeechEnded):
            self._health.spoke(heard[0], heard[1].event.last_speech_s, heard[1].event.voiced_s)

    async def _collect(self) -> None:
        await self._pacing.collecting()
        for transcribed in self._ears.collect():
            await self._words.came(transcribed, self._now_s)

    async def _tick(self) -> None:
        if self._now_s - self._ticked_s < TICK_S:
            return
        self._ticked_s = self._now_s
        await self._signals.keep_gaps()
        await self._words.judged(list(self._judge.waited(self._now_s, self._ears.known_until_s())), self._now_s)
        trusted = not self._health.sounds_wrong
        dynamics, decisions = self._judge.time(self._now_s, self._ears.known_until_s(), trusted=trusted)
        self._shared.live.flow(self.call.call_id, dynamics)
        for decision in decisions:
            await self._teller.tell(decision, self._now_s)
        await self._signals.keep_holds()
        await self._let_through()

    async def _let_through(self) -> None:
        """Audio that the screen has answered for."""
        if self._now_s - self._recorder.written_s >= KEEP_S:
            await self._recorder.write(self._parts.safe_until_s(self._now_s))

    async def _finish(self) -> None:
        for heard in self._ears.finish():
            self._notice(heard)
        began_s = monotonic()
        while self._ears.pending_from_s and self._pacing.waits(monotonic() - began_s):
            self._inbox.quiet()
            await self._collect()
            if self._ears.pending_from_s:
                await self._inbox.news(IDLE_S)
        for start_s in self._ears.pending_from_s:
            self._words.gone(start_s, self._now_s)
        await self._words.judged(list(self._judge.finish(self._now_s)), self._now_s)
        if self._recalled_s > self._now_s:
            for channel, sound in self._ears.sounds_over():
                self._judge.flow.sounded(channel, sound)
        dynamics, decision = self._judge.end(max(self._now_s, self._recalled_s), trusted=not self._health.sounds_wrong)
        await self._teller.tell(decision, self._now_s)
        await self._signals.keep_gaps()
        await self._signals.keep_holds()
        self._lateness.ended = True
        await self._health.look(self._now_s, self.closed, at_once=True)
        await self._teller.keep(self._shared.store.save_dynamics(self.call.call_id, dynamics))
        await self._over()
        await self._teller.keep(self._pacing.ended())

    async def _over(self) -> None:
        """Nothing more is taken, and all of it is judged or put aside."""
        for event in self._inbox.take():
            if isinstance(event, ConsentChanged):
                await self._signals.consented(event, self._now_s)
        self.over = True
        await self._voice.ended(self._now_s)
        await self._lateness.over(self._health.lasting)
        await self._recorder.close()
