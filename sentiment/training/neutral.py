"""How often calm speech is taken for anger: calls strung from prompts of one neutral voice, and real calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from sentiment.clipping import clipped_share
from sentiment.prosody import Floats
from sentiment.records import Emotion
from sentiment.training.calls import Ear, one_call
from sentiment.training.corpus import CLASSES, Corpus, Reader
from sentiment.training.encoder import ENCODER_HZ
from sentiment.training.feelings import FEELINGS, Feeling
from sentiment.training.head import Head
from streams.activity.listener import ChannelListener, Noticed
from streams.activity.segmenter import SegmentPolicy, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.records import AudioFrame, CallId, Samples

SHORTEST_S = 0.6
"""As for the product: less is not scored."""
PER_CALL = 20
PAUSE_S = 0.9
FRAME_S = 0.2
CUSTOMER = 0
"""The channel of a recorded call that is judged: never the agent's."""
ANGER, NEUTRAL = CLASSES.index(Emotion.ANGER), CLASSES.index(Emotion.NEUTRAL)
AT_LEAST, UTTERANCES, OF_LAST = 0.6, 3, 4
"""The starter rule: anger this probable in so many of the last few utterances."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line8k:
    """One side of one call as it arrives."""

    samples: Samples
    rate_hz: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAnger:
    """What became of neutral speech."""

    utterances: int
    hours: float
    """Of speech."""
    called_neutral: float
    called_anger: float
    over_threshold: float
    """Shares of all utterances."""
    flags: int
    """How often the starter rule would have been met."""


def strung(folder: Path, seed: int) -> Iterator[Line8k]:
    """All recordings of one voice, in random order, `PER_CALL` to a call. Raises ValueError where there is none."""
    paths = sorted(folder.glob("*.wav"))
    if not paths:
        raise ValueError(f"{folder}: no WAV files here")
    order = np.random.default_rng(seed).permutation(len(paths))
    for start in range(0, len(order), PER_CALL):
        said = [soundfile.read(paths[index], dtype="int16") for index in order[start : start + PER_CALL]]
        rate_hz = said[0][1]
        pause = np.zeros(round(PAUSE_S * rate_hz), np.int16)
        yield Line8k(samples=np.concatenate([part for each, _ in said for part in (each, pause)]), rate_hz=rate_hz)


def real_calls(data: Path) -> Iterator[Line8k]:
    """The customer's side of each recorded call, and each single telephone recording."""
    for path in [*sorted((data / "calls").glob("*.flac")), *sorted((data / "telephone").glob("*.wav"))]:
        samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
        yield Line8k(samples=np.ascontiguousarray(samples[:, CUSTOMER]), rate_hz=rate_hz)


def utterances(line: Line8k, voice: VoiceModel) -> Iterator[Floats]:
    """What the product's own voice activity finds in it, at 16 kHz."""
    listener, step = ChannelListener(voice, SegmentPolicy(), line.rate_hz), round(FRAME_S * line.rate_hz)
    for start in range(0, len(line.samples), step):
        frame = AudioFrame(
            call_id=CallId("neutral"),
            channel=CUSTOMER,
            start_s=start / line.rate_hz,
            samples=line.samples[start : start + step],
            rate_hz=line.rate_hz,
        )
        yield from _ended(listener.feed(frame))
    yield from _ended(listener.finish())


def _ended(noticed: Iterator[Noticed]) -> Iterator[Floats]:
    for each in noticed:
        if isinstance(each.event, SpeechEnded) and each.audio is not None:
            yield each.audio


def neutral_corpus(lines: Iterator[Line8k], name: str, reader: Reader) -> Corpus:
    """Each call's utterances, in order; the calls are its `line`s."""
    voice = VoiceModel()
    heard = [
        (index, audio)
        for index, line in enumerate(lines)
        for audio in utterances(line, voice)
        if len(audio) >= SHORTEST_S * ENCODER_HZ
    ]
    return Corpus(
        features=np.array([reader.row(audio, ENCODER_HZ) for _, audio in heard], dtype=np.float32),
        spoken_s=np.array([len(audio) / ENCODER_HZ for _, audio in heard], dtype=np.float32),
        feeling=np.full(len(heard), FEELINGS.index(Feeling.NEUTRAL)),
        speaker=np.full(len(heard), name),
        text=np.arange(len(heard)).astype(str),
        line=np.array([index for index, _ in heard]),
        clipped=np.array([clipped_share(audio) for _, audio in heard], dtype=np.float32),
    )


def false_anger(corpus: Corpus, head: Head, ear: Ear) -> FalseAnger:
    """Judge call by call, as live."""
    shares, flags = [], 0
    for call in np.unique(corpus.line):
        heard = one_call(corpus, np.flatnonzero(corpus.line == call), ear)
        probabilities = head.probabilities(heard.standardised)
        shares.append(probabilities)
        over = (probabilities[:, ANGER] >= AT_LEAST).astype(int)
        recent = np.convolve(over, np.ones(OF_LAST, dtype=int))[: len(over)] >= UTTERANCES
        flags += int((np.diff(np.concatenate(([0], recent.astype(int)))) == 1).sum())
    found = np.concatenate(shares)
    called = found.argmax(axis=1)
    return FalseAnger(
        utterances=len(found),
        hours=float(corpus.spoken_s.sum()) / 3600,
        called_neutral=float(np.mean(called == NEUTRAL)),
        called_anger=float(np.mean(called == ANGER)),
        over_threshold=float(np.mean(found[:, ANGER] >= AT_LEAST)),
        flags=flags,
    )
