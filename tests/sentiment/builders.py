"""Small makers of records and sounds for the tests of sentiment. Every argument has a default that suits most tests."""

from datetime import UTC, datetime

import numpy as np

from sentiment.policy import CustomerVoice, customer_voice
from sentiment.prosody import Floats
from sentiment.records import Prosody
from streams.consent import Consent, Notice
from streams.records import (
    CallId,
    CallStarted,
    ChannelActivity,
    Embedding,
    Language,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)

CALL = CallId("call-1")
RATE_HZ = 8000
BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


def a_call(
    *,
    channels: tuple[Speaker, ...] = BOTH,
    notice: Notice = Notice.PLAYED,
    consent: Consent = Consent.GRANTED,
) -> CallStarted:
    return CallStarted(
        call_id=CALL,
        channels=channels,
        rate_hz=RATE_HZ,
        started_at=datetime(2025, 3, 3, 12, tzinfo=UTC),
        dialect="pcm",
        notice=notice,
        consent=consent,
    )


def an_utterance(
    *,
    speaker: Speaker = Speaker.CUSTOMER,
    channel: int = 0,
    start_s: float = 0.0,
    duration_s: float = 2.0,
    words: int = 6,
    embedding: Embedding | None = None,
) -> Utterance:
    step_s = duration_s / max(1, words)
    return Utterance(
        call_id=CALL,
        utterance_id=UtteranceId(f"{channel}-{start_s:.2f}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=start_s + duration_s,
        text=" ".join(["word"] * words),
        words=tuple(
            Word(text="word", start_s=start_s + index * step_s, end_s=start_s + (index + 1) * step_s, probability=1.0)
            for index in range(words)
        ),
        language=Language.FR,
        confidence=0.9,
        final=True,
        revision=1,
        embedding=embedding,
    )


def a_sound(
    *, pitch_hz: float = 120.0, level: float = 0.1, duration_s: float = 2.0, rate_hz: int = RATE_HZ, seed: int = 1
) -> Floats:
    """A buzz with overtones in syllables of a quarter of a second, over faint noise: voiced to any pitch tracker."""
    at_s = np.arange(int(duration_s * rate_hz)) / rate_hz
    drift = 1 + 0.02 * np.sin(2 * np.pi * 1.3 * at_s)
    phase = 2 * np.pi * np.cumsum(pitch_hz * drift) / rate_hz
    buzz = sum(np.sin(order * phase) / order for order in range(1, int(0.45 * rate_hz / pitch_hz)))
    syllables = 0.2 + 0.8 * np.abs(np.sin(2 * np.pi * 2 * at_s))
    noise = np.random.default_rng(seed).normal(0, 0.0005, len(at_s))
    found: Floats = (level * syllables * buzz + noise).astype(np.float32)
    return found


def an_embedding(width: int, seed: int = 1, scale: float = 1.0) -> Embedding:
    rng = np.random.default_rng(seed)
    return Embedding(
        mean=(scale * rng.normal(0, 0.5, width)).astype(np.float32),
        deviation=np.abs(scale * rng.normal(1, 0.2, width)).astype(np.float32),
    )


def a_voice(
    samples: Floats | None = None, *, embedding: Embedding | None, start_s: float = 0.0, words: int = 6
) -> CustomerVoice:
    sound = a_sound() if samples is None else samples
    utterance = an_utterance(start_s=start_s, duration_s=len(sound) / RATE_HZ, words=words, embedding=embedding)
    voice = customer_voice(a_call(), utterance, sound, RATE_HZ)
    assert voice is not None
    return voice


def a_prosody(
    *, pitch: float | None = 0.0, level: float | None = 0.0, pace: float | None = 1.0, voiced_s: float = 1.5
) -> Prosody:
    return Prosody(
        voiced_s=voiced_s,
        pitch_hz=120.0,
        pitch_range_st=5.0,
        level_db=-20.0,
        pace_wps=3.0,
        pitch_change_st=pitch,
        level_change_db=level,
        pace_change=pace,
    )


def an_activity(
    channel: int, start_s: float, end_s: float, *, is_open: bool = False, speaker: Speaker | None = None
) -> ChannelActivity:
    return ChannelActivity(
        call_id=CALL,
        channel=channel,
        speaker=speaker or BOTH[channel],
        start_s=start_s,
        end_s=end_s,
        open=is_open,
    )
