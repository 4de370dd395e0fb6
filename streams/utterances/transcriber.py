"""One channel of one call: stretches of speech to passes of the shared engine, and passes to utterances in order."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from streams.activity.listener import Noticed
from streams.activity.segmenter import PartialDue, PauseBegan, SpeechBegan, SpeechEnded, SpeechResumed
from streams.engine.batching import Kind
from streams.engine.engine import EngineFull, Pass
from streams.engine.passes import Passes
from streams.model.company import Company
from streams.model.gates import Distrust, Heard, distrust
from streams.model.window import Window
from streams.records import Audio, CallId, Language, Speaker, Timing, Utterance, UtteranceId, Word
from streams.samples.loudness import level_db, tonality
from streams.samples.resample import SPEECH_RATE_HZ
from streams.utterances.attempt import Attempt
from streams.utterances.language import ChannelLanguage
from streams.vocabulary.seeking import Seeker
from streams.vocabulary.terms import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transcribed:
    """An utterance as far as it is known, with the audio it is about (16 kHz mono)."""

    utterance: Utterance
    audio: Audio
    last_speech_s: float
    distrust: Distrust | None
    lost: bool = False
    """The engine had no room or no time for it, or failed: `audio` is what may be transcribed later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """What does not change for a channel during its call."""

    call_id: CallId
    channel: int
    speaker: Speaker
    languages: tuple[Language, ...]
    wants_embedding: bool
    vocabulary: Vocabulary | None = None
    """Names to be written where they are said."""


class ChannelTranscriber:
    """Feed what the listener noticed; collect utterances when told that a pass has ended. All in one thread."""

    def __init__(
        self, facts: ChannelFacts, engine: Passes, language: ChannelLanguage, wake: Callable[[], None]
    ) -> None:
        self._facts, self._engine, self.language, self._wake = facts, engine, language, wake
        self.minds_voice = True
        """False while nobody can tell whose voice this is: its states are not asked for."""
        self.wants_partials = True
        """False: nothing is transcribed before its end; a pass under way is still shown."""
        self.wants_times = True
        """False: words are only about where they are said."""
        self._follows = True
        self.wants_company = True
        """False: fragments are heard alone."""
        self.beam: int | None = None
        """How many guesses of a final are followed at once, where that is more than the engine's recipe says."""
        self.hears_twice = False
        """True: unsure finals are heard a second time for those phrases."""
        self.seeker: Seeker | None = None
        """Finals are asked about these phrases, where words are measured."""
        self._company = Company()
        self._partial: Attempt | None = None
        self._early: Attempt | None = None
        self._finals: deque[tuple[Attempt, SpeechEnded]] = deque()
        self._revision = 0
        self._began_s: float | None = None

    @property
    def follows(self) -> bool:
        """False: the engine is asked for nothing more, and every utterance comes out as lost at its end.

        So do those whose turn has not come yet: what is asked for of other calls does not wait behind them.
        """
        return self._follows

    @follows.setter
    def follows(self, follows: bool) -> None:
        if self._follows and not follows:
            for attempt in (self._partial, self._early, *(attempt for attempt, _ in self._finals)):
                if attempt is not None and attempt.future is not None:
                    attempt.future.cancel()
        self._follows = follows

    @property
    def pending_from_s(self) -> float | None:
        """Start of the earliest utterance whose final is not known yet, if there is one."""
        starts = [attempt.start_s for attempt, _ in self._finals]
        if self._began_s is not None:
            starts.append(self._began_s)
        return min(starts, default=None)

    @property
    def awaits_final(self) -> bool:
        """An utterance has ended whose final is not known yet."""
        return bool(self._finals)

    def handed(self) -> None:
        """Somebody else speaks here from now on."""
        self._company.forget()

    def notice(self, noticed: Noticed) -> None:
        """Start, reuse or give up passes."""
        event = noticed.event
        match event:
            case SpeechBegan():
                self._began_s = event.start_s
            case PartialDue() if self._may_show and noticed.audio is not None:
                self._partial = self._attempt(event.start_s, event.end_s, event.end_s, noticed.audio, Kind.PARTIAL)
            case PauseBegan() if self.follows and noticed.audio is not None:
                self._early = self._attempt(event.start_s, event.end_s, event.end_s, noticed.audio, Kind.EARLY)
            case SpeechResumed() if self._early is not None:
                self._resumed(self._early)
            case SpeechEnded() if noticed.audio is not None:
                self._ended(event, noticed.audio)

    def collect(self) -> Iterator[Transcribed]:
        """What has become known: at most one partial of the utterance in progress, and finals in order."""
        while self._finals and self._finals[0][0].is_done:
            attempt, ended = self._finals.popleft()
            yield self._final(attempt, ended)
        partial = self._partial
        if partial is not None and partial.is_done:
            self._partial = None
            current = self._began_s is not None and partial.start_s == self._began_s
            transcribed = self._transcribed(partial, final=False) if current else None
            if transcribed is not None:
                yield transcribed

    def _resumed(self, early: Attempt) -> None:
        """It was not the end: what the early pass finds is worth as much as a partial."""
        self._early = None
        if self._partial is None and early.future is not None and not early.future.cancel():
            self._partial = early

    @property
    def _may_show(self) -> bool:
        return self.follows and self.wants_partials and self._partial is None

    def _ended(self, event: SpeechEnded, audio: Audio) -> None:
        early, self._early = self._early, None
        if self._partial is not None and self._partial.future is not None:
            self._partial.future.cancel()
        self._partial = None
        attempt = None if early is None else self._kept(early, event)
        if attempt is None:
            attempt = self._attempt(event.start_s, event.end_s, event.last_speech_s, audio, Kind.FINAL)
        attempt.voiced_s, attempt.last_speech_s = event.voiced_s, event.last_speech_s
        self._finals.append((attempt, event))
        self._began_s = None

    def _kept(self, early: Attempt, event: SpeechEnded) -> Attempt | None:
        """What was tried ahead of time, if it was about this very utterance and the engine has not given it up."""
        if early.future is None:
            return None
        same = early.start_s == event.start_s and abs(early.end_s - event.end_s) <= 0.01
        # while the call is not followed, what nobody has begun is not begun any more either
        if (not same or not self.follows) and early.future.cancel():
            return None
        return early if same and self._engine.promote(early.future) else None

    def _attempt(self, start_s: float, end_s: float, last_speech_s: float, audio: Audio, kind: Kind) -> Attempt:
        future: Future[Pass] | None = None
        try:
            if self.follows:
                future = self._engine.submit(self._window(audio, kind, start_s), kind, source=self._facts.call_id)
                future.add_done_callback(lambda _: self._wake())
        except EngineFull:
            pass  # the engine counts it; the utterance says that it is lost
        if future is None:
            self._wake()
        return Attempt(
            start_s=start_s,
            end_s=end_s,
            last_speech_s=last_speech_s,
            voiced_s=end_s - start_s,
            audio=audio,
            future=future,
        )

    def _window(self, audio: Audio, kind: Kind, start_s: float) -> Window:
        duration_s, final = len(audio) / SPEECH_RATE_HZ, kind is not Kind.PARTIAL
        language = self.language.choose(duration_s)
        return Window(
            audio=audio,
            language=language,
            languages=self._facts.languages,
            prior=self.language.prior,
            wants_embedding=self._facts.wants_embedding and self.minds_voice and final,
            wants_times=self.wants_times,
            final=final,
            twice=self.hears_twice and final,
            vocabulary=self._facts.vocabulary if final else None,
            seeker=self.seeker if final and self.wants_times else None,
            before=self._company.before(start_s, duration_s, language) if final and self.wants_company else None,
            beam=self.beam if final else None,
        )

    def _final(self, attempt: Attempt, ended: SpeechEnded) -> Transcribed:
        transcribed = self._transcribed(attempt, final=True)
        if transcribed is None:
            nothing = self._utterance(
                attempt, text="", words=(), language=self.language.current or Language.EN, confidence=0.0, final=True
            )
            return Transcribed(
                utterance=nothing,
                audio=attempt.audio,
                last_speech_s=ended.last_speech_s,
                distrust=Distrust.NOTHING,
                lost=True,
            )
        timing = transcribed.utterance.timing
        assert timing is not None
        waited = replace(timing, endpoint_s=ended.decided_s - ended.last_speech_s)
        return replace(transcribed, utterance=replace(transcribed.utterance, timing=waited))

    def _transcribed(self, attempt: Attempt, *, final: bool) -> Transcribed | None:
        """None where the pass was given up or failed; the engine counts those."""
        future = attempt.future
        if future is None or future.cancelled() or future.exception() is not None:
            return None
        done = future.result()
        found = done.recognised
        heard = Heard(
            duration_s=len(attempt.audio) / SPEECH_RATE_HZ,
            voiced_s=attempt.voiced_s,
            level_db=level_db(attempt.audio),
            tonality=tonality(attempt.audio),
        )
        doubt = distrust(
            found.text,
            confidence=found.confidence,
            no_speech=found.no_speech,
            looping=found.looping,
            heard=heard,
        )
        if final and (doubt is None or not doubt.dropped):
            self.language.learn(
                found.language, found.language_probability, found.confidence, heard.duration_s, found.chances
            )
        if final and doubt is None and self.wants_times:
            self._company.heard(attempt.audio, found.words, found.language, attempt.end_s)
        utterance = self._utterance(
            attempt,
            text=found.text,
            words=found.words,
            language=found.language,
            confidence=found.confidence,
            final=final,
        )
        timing = Timing(endpoint_s=0.0, queued_s=done.queued_s, speech_s=done.speech_s)
        utterance = replace(
            utterance, trusted=doubt is None, embedding=found.embedding, timing=timing, sought=found.sought
        )
        return Transcribed(
            utterance=utterance, audio=attempt.audio, last_speech_s=attempt.last_speech_s, distrust=doubt
        )

    def _utterance(
        self,
        attempt: Attempt,
        *,
        text: str,
        words: tuple[Word, ...],
        language: Language,
        confidence: float,
        final: bool,
    ) -> Utterance:
        self._revision += 1
        facts = self._facts
        return Utterance(
            call_id=facts.call_id,
            utterance_id=UtteranceId(f"{facts.channel}-{round(attempt.start_s * 1000):08d}"),
            speaker=facts.speaker,
            channel=facts.channel,
            start_s=attempt.start_s,
            end_s=max(attempt.start_s, attempt.last_speech_s),
            text=text,
            words=tuple(attempt.placed(word) for word in words),
            language=language,
            confidence=confidence,
            final=final,
            revision=self._revision,
            trusted=False,
        )
