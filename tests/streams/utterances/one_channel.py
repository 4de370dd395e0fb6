"""A transcriber with its engine at hand, and what a segmenter may tell it."""

from collections.abc import Sequence

from streams.activity.listener import Noticed
from streams.activity.segmenter import PartialDue, PauseBegan, SegmentEvent, SpeechBegan, SpeechEnded, SpeechResumed
from streams.engine.batching import Kind
from streams.records import CallId, Language, Speaker
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber, Transcribed
from tests.streams.scripted import LANGUAGES, HandEngine, some_audio


class Channel:
    """A transcriber with its engine at hand."""

    def __init__(self, *, language: Language | None = Language.FR, wants_embedding: bool = False) -> None:
        self.engine = HandEngine()
        self.woken = 0
        facts = ChannelFacts(
            call_id=CallId("call-1"),
            channel=1,
            speaker=Speaker.CUSTOMER,
            languages=LANGUAGES,
            wants_embedding=wants_embedding,
        )
        self.language = ChannelLanguage(language, LANGUAGES)
        self.transcriber = ChannelTranscriber(facts, self.engine, self.language, self._wake)

    def _wake(self) -> None:
        self.woken += 1

    def notice(self, *events: SegmentEvent) -> "Channel":
        for event in events:
            audio = None
            if isinstance(event, PartialDue | PauseBegan | SpeechEnded):
                audio = some_audio(event.end_s - event.start_s)
            self.transcriber.notice(Noticed(event=event, audio=audio))
        return self

    def collect(self) -> list[Transcribed]:
        return list(self.transcriber.collect())

    def kinds(self) -> list[Kind]:
        return [kind for _, kind, _ in self.engine.asked]


def began(start_s: float = 1.0) -> SpeechBegan:
    return SpeechBegan(start_s=start_s, first_speech_s=start_s)


def due(end_s: float, start_s: float = 1.0) -> PartialDue:
    return PartialDue(start_s=start_s, end_s=end_s)


def paused(end_s: float, start_s: float = 1.0) -> PauseBegan:
    return PauseBegan(start_s=start_s, end_s=end_s)


def resumed(start_s: float = 1.0) -> SpeechResumed:
    return SpeechResumed(start_s=start_s)


def ended(end_s: float, start_s: float = 1.0, *, voiced_s: float = 1.5, forced: bool = False) -> SpeechEnded:
    return SpeechEnded(
        start_s=start_s,
        end_s=end_s,
        last_speech_s=end_s - 0.2,
        voiced_s=voiced_s,
        decided_s=end_s + 0.3,
        forced=forced,
    )


def revisions(found: Sequence[Transcribed]) -> list[int]:
    return [one.utterance.revision for one in found]
