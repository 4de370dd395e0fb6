"""A channel of telephone sound to utterances, cut and recognised by what follows live calls."""

import threading
from collections.abc import Iterator
from pathlib import Path

from streams.activity.listener import ChannelListener, Noticed
from streams.activity.segmenter import SegmentPolicy, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.engine.engine import SpeechEngine
from streams.model.whisper import SpeechModel
from streams.records import AudioFrame, CallId, Language, Samples, Speaker, Utterance
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber, Transcribed
from streams.vocabulary.seeking import Seeker

LONGEST_FRAME_S = 1.0
CALL = CallId("bench")


class LostError(Exception):
    """The engine did not transcribe an utterance: nothing can be said of the clip."""


class Ear:
    """The model with its engine, shared by all clips and threads; `close` it once."""

    def __init__(self, folder: Path, workers: int, seeker: Seeker | None = None, beam: int | None = None) -> None:
        """`beam`: guesses followed at once in finals, as in a live call while the workers have time; none: one."""
        self._seeker, self._beam = seeker, beam
        self._voices = VoiceModel()
        # the clock stands still, so that nothing is ever late: a machine that is busy with something else may take long
        self._engine = SpeechEngine(
            SpeechModel(folder, workers=workers), workers=workers, batch_size=1, clock=lambda: 0.0
        )

    def close(self) -> None:
        """End the engine's threads."""
        self._engine.close()

    def hear(self, samples: Samples, rate_hz: int, language: Language) -> list[Transcribed]:
        """The utterances of one channel, in order, of a call announced in `language`. Raises LostError."""
        woken = threading.Event()
        facts = ChannelFacts(
            call_id=CALL, channel=0, speaker=Speaker.CUSTOMER, languages=tuple(Language), wants_embedding=False
        )
        believed = ChannelLanguage(language, tuple(Language))
        transcriber = ChannelTranscriber(facts, self._engine, believed, woken.set)
        transcriber.seeker, transcriber.beam = self._seeker, self._beam
        transcriber.hears_twice = self._beam is not None
        found: list[Transcribed] = []
        for noticed in self._ended(samples, rate_hz):
            transcriber.notice(noticed)
            while transcriber.pending_from_s is not None:
                woken.wait()
                woken.clear()
                found.extend(transcriber.collect())
        if any(one.lost for one in found):
            raise LostError("an utterance was not transcribed")
        return found

    def _ended(self, samples: Samples, rate_hz: int) -> Iterator[Noticed]:
        listener = ChannelListener(self._voices, SegmentPolicy(), rate_hz)
        step = int(LONGEST_FRAME_S * rate_hz)
        for start in range(0, len(samples), step):
            piece = samples[start : start + step]
            frame = AudioFrame(call_id=CALL, channel=0, start_s=start / rate_hz, samples=piece, rate_hz=rate_hz)
            yield from (noticed for noticed in listener.feed(frame) if isinstance(noticed.event, SpeechEnded))
        yield from (noticed for noticed in listener.finish() if isinstance(noticed.event, SpeechEnded))


def believed_text(heard: list[Transcribed]) -> list[Utterance]:
    """The utterances that would be shown: what the guards dropped is not among them."""
    return [one.utterance for one in heard if one.distrust is None or not one.distrust.dropped]
