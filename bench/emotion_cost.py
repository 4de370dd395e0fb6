"""What judging one utterance costs beyond its encoder states and its pitch track."""

import time
from datetime import UTC, datetime

import numpy as np

from sentiment.baseline import SpeakerBaseline
from sentiment.pitch import PitchTracker
from sentiment.policy import customer_voice
from sentiment.prosody import Floats
from sentiment.voice import VoiceModel
from streams.records import (
    CallId,
    CallStarted,
    Consent,
    Embedding,
    Language,
    Notice,
    Speaker,
    Utterance,
    UtteranceId,
)

RATE_HZ = 16_000
LENGTH_S = 3.0
TIMES = 60
CALL = CallId("cost")


def ms_per_utterance() -> float:
    """Median milliseconds of one core: a score less the pitch track in it, utterances of `LENGTH_S`."""
    model, tracker, baseline = VoiceModel.load(), PitchTracker(), SpeakerBaseline()
    samples = _sound()
    call = CallStarted(
        call_id=CALL,
        channels=(Speaker.CUSTOMER,),
        rate_hz=RATE_HZ,
        started_at=datetime(2025, 3, 3, tzinfo=UTC),
        dialect="files",
        notice=Notice.CONTRACT,
        consent=Consent.GRANTED,
    )
    rng, spent_ms = np.random.default_rng(1), []
    for number in range(TIMES):
        embedding = Embedding(
            mean=rng.normal(0, 0.5, model.width).astype(np.float32),
            deviation=rng.uniform(0.5, 1.5, model.width).astype(np.float32),
        )
        voice = customer_voice(call, _utterance(number, embedding), samples, RATE_HZ)
        if voice is None:
            raise SystemExit("the voice was refused")
        before = time.thread_time()
        model.score(voice, baseline)
        between = time.thread_time()
        tracker.track(samples, RATE_HZ)
        spent_ms.append(1000 * (2 * between - before - time.thread_time()))
    return float(np.median(spent_ms))


def _utterance(number: int, embedding: Embedding) -> Utterance:
    start_s = number * (LENGTH_S + 1)
    return Utterance(
        call_id=CALL,
        utterance_id=UtteranceId(f"0-{start_s:.2f}"),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=start_s,
        end_s=start_s + LENGTH_S,
        text="",
        words=(),
        language=Language.EN,
        confidence=0.0,
        final=True,
        revision=1,
        embedding=embedding,
    )


def _sound() -> Floats:
    """A buzz in syllables."""
    at_s = np.arange(int(LENGTH_S * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 140 * order * at_s) / order for order in range(1, 24))
    found: Floats = (0.1 * buzz * np.abs(np.sin(2 * np.pi * 2 * at_s))).astype(np.float32)
    return found
