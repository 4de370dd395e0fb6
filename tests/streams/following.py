"""The real path of one channel, faster than real time: listener, transcriber and engine, with every pass waited for."""

from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from streams.activity.listener import ChannelListener
from streams.activity.segmenter import SegmentPolicy
from streams.activity.vad import VoiceModel
from streams.engine.batching import Kind
from streams.engine.engine import DEADLINE_S, Pass, SpeechEngine
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import AudioFrame, CallId, Language, Samples, Speaker
from streams.samples.loudness import level_db
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber, Transcribed

CALL = CallId("call-1")
LANGUAGES = (Language.FR, Language.EN)


class PatientEngine(SpeechEngine):
    """The engine, with its passes at hand: audio that comes faster than real time must not overtake its partials."""

    def __init__(self, model: SpeechModel, *, workers: int) -> None:
        super().__init__(model, workers=workers)
        self._passes: list[Future[Pass]] = []

    def submit(
        self, window: Window, kind: Kind, *, deadline_s: float = DEADLINE_S, source: Hashable = None
    ) -> "Future[Pass]":
        self._passes.append(super().submit(window, kind, deadline_s=deadline_s, source=source))
        return self._passes[-1]

    def settle(self) -> None:
        """Wait for everything submitted."""
        for future in self._passes:
            with suppress(CancelledError):
                future.exception(timeout=60)
        self._passes.clear()


def frames_of(samples: Samples, rate_hz: int, frame_s: float = 0.5, channel: int = 0) -> Iterator[AudioFrame]:
    """Samples cut to frames."""
    step = round(frame_s * rate_hz)
    for start in range(0, len(samples), step):
        yield AudioFrame(
            call_id=CALL,
            channel=channel,
            start_s=start / rate_hz,
            samples=samples[start : start + step],
            rate_hz=rate_hz,
        )


def follow(
    samples: Samples,
    *,
    engine: PatientEngine,
    voice: VoiceModel,
    rate_hz: int = 8000,
    language: Language | None = None,
    policy: SegmentPolicy | None = None,
) -> list[Transcribed]:
    """Everything that became known about a channel, in order: partials and finals, dropped ones too."""
    facts = ChannelFacts(call_id=CALL, channel=0, speaker=Speaker.CUSTOMER, languages=LANGUAGES, wants_embedding=False)
    listener = ChannelListener(voice, policy or SegmentPolicy(), rate_hz)
    transcriber = ChannelTranscriber(facts, engine, ChannelLanguage(language, LANGUAGES), lambda: None)
    found: list[Transcribed] = []
    for frame in frames_of(samples, rate_hz):
        for noticed in listener.feed(frame):
            transcriber.notice(noticed)
            engine.settle()
            found += transcriber.collect()
    for noticed in listener.finish():
        transcriber.notice(noticed)
    engine.settle()
    found += transcriber.collect()
    assert transcriber.pending_from_s is None
    return found


def shown(found: Sequence[Transcribed]) -> list[Transcribed]:
    """What a coach gets to see, grey or not."""
    return [one for one in found if one.distrust is None or not one.distrust.dropped]


def at_level(samples: Samples, wanted_db: float) -> Samples:
    """The same, its louder half at `wanted_db` relative to full scale."""
    wave: NDArray[np.float32] = samples.astype(np.float32) / np.float32(32768)
    gain = np.float32(10 ** ((wanted_db - level_db(wave)) / 20))
    levelled: Samples = np.clip(np.round(wave * gain * 32767), -32768, 32767).astype(np.int16)
    return levelled
