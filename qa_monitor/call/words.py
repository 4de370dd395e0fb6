"""What is done with the words of one call once they came back: shown, judged, told and kept; or dropped, or lost."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from time import monotonic

from keywords.records import Redaction
from qa_monitor.call.equipment import Equipment
from qa_monitor.call.judging.judged import Judged
from streams.records import Utterance
from streams.utterances.transcriber import Transcribed


class CallWords:
    """One per call, used from its task. `now_s` is how far the call's audio has come."""

    def __init__(self, equipment: Equipment, on_said: Callable[[Utterance], None]) -> None:
        """`on_said` is told every partial and final as consoles see it, masked."""
        self._shared, self._heard, self._judge = equipment.shared, equipment.heard, equipment.judge
        self._teller, self._recorder, self._voice = equipment.teller, equipment.recorder, equipment.voice
        self._health, self._lateness = equipment.health, equipment.lateness
        self._on_said = on_said

    async def came(self, transcribed: Transcribed, now_s: float) -> None:
        """A partial or a final became known, or that there will be none."""
        if self._health.sounds_wrong:
            transcribed = replace(transcribed, utterance=replace(transcribed.utterance, trusted=False))
        text_at_s = monotonic()
        if not transcribed.utterance.final:
            await self._partial(transcribed, now_s, text_at_s)
            return
        if transcribed.lost:
            await self._lost(transcribed)
        if transcribed.distrust is not None and transcribed.distrust.dropped:
            self._shared.metrics.distrusted(transcribed.distrust)
            await self._dropped(transcribed.utterance, now_s, text_at_s)
            return
        await self._final(transcribed, now_s, text_at_s)

    async def judged(self, judged: Iterable[Judged], now_s: float, text_at_s: float | None = None) -> None:
        """Finals that may be shown and kept, with what follows from them."""
        for one in judged:
            for start_s, end_s in self._lateness.silenced(one):
                self._recorder.mute(start_s, end_s)
            self._count(one.redactions)
            self._lateness.overheard(one.utterance)
            self._shared.live.say(one.utterance, one.emotion)
            self._on_said(one.utterance)
            await self._teller.tell(one.decision, now_s, text_at_s)
            kept = replace(one.utterance, sought=one.sought)
            await self._teller.keep(self._shared.store.save_utterance(kept, one.emotion))
        await self._voice.judged()

    def gone(self, start_s: float, now_s: float) -> None:
        """What was said from `start_s` on will never be known: nobody is to hear it."""
        self._recorder.mute(start_s, now_s + self._shared.segments.post_roll_s)
        self._lateness.gone(now_s - start_s)

    async def _partial(self, transcribed: Transcribed, now_s: float, text_at_s: float) -> None:
        if transcribed.distrust is not None and transcribed.distrust.dropped:
            return
        shown, decision = self._judge.partial(transcribed.utterance, now_s)
        self._shared.live.say(shown)
        self._on_said(shown)
        await self._teller.tell(decision, now_s, text_at_s)

    async def _final(self, transcribed: Transcribed, now_s: float, text_at_s: float) -> None:
        heard_at_s = self._heard.wall_s(transcribed.last_speech_s)
        if heard_at_s is not None:
            self._shared.final_latencies.add(text_at_s - heard_at_s)
            self._shared.metrics.final(text_at_s - heard_at_s)
        if not self._lateness.final_came(transcribed, now_s):
            transcribed = replace(transcribed, utterance=replace(transcribed.utterance, embedding=None))
        judged = await asyncio.get_running_loop().run_in_executor(
            self._shared.listening, lambda: list(self._judge.final(transcribed, now_s))
        )
        await self.judged(judged, now_s, text_at_s)

    async def _dropped(self, utterance: Utterance, now_s: float, text_at_s: float) -> None:
        """Its text is not believed, so that nobody sees it; its sound may still be the answer that was asked for."""
        redactions = self._judge.dropped(utterance)
        for redaction in redactions:
            self._recorder.mute(redaction.start_s, redaction.end_s)
        self._count(redactions)
        await self._teller.tell(self._judge.unheard(utterance, now_s), now_s, text_at_s)
        self._shared.live.say(replace(utterance, text="", words=(), embedding=None))

    async def _lost(self, transcribed: Transcribed) -> None:
        """A stretch could not be transcribed in time: the call says so instead of looking calm.

        It is silenced too, for good: nobody knows whether a card number was read out in it.
        """
        utterance, sounds_wrong = transcribed.utterance, self._health.sounds_wrong
        self._recorder.mute(utterance.start_s, utterance.end_s + self._shared.segments.post_roll_s)
        self._judge.missed(utterance)
        await self._lateness.missed(transcribed, trusted=not sounds_wrong, attributed=self._judge.speakers.known)
        await self._health.missed()

    def _count(self, redactions: Iterable[Redaction]) -> None:
        for redaction in redactions:
            self._shared.metrics.redaction(redaction.kind)
