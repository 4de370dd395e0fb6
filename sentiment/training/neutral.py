"""How often calm speech in other languages is taken for anger: one folder of WAV files each, one neutral voice."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from sentiment.baseline import Prior
from sentiment.prosody import Floats
from sentiment.records import Emotion
from sentiment.training.calls import one_call
from sentiment.training.corpus import CLASSES, Corpus, Reader
from sentiment.training.head import Head

SHORTEST_S, LONGEST_S = 1.5, 15.0
PER_CALL = 20
ANGER, NEUTRAL = CLASSES.index(Emotion.ANGER), CLASSES.index(Emotion.NEUTRAL)
AT_LEAST, UTTERANCES, OF_LAST = 0.6, 3, 4
"""The starter rule: anger this probable in so many of the last few utterances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAnger:
    """What became of neutral speech."""

    utterances: int
    hours: float
    called_neutral: float
    called_anger: float
    over_threshold: float
    """Shares of all utterances."""
    flags: int
    """How often the starter rule would have been met."""


def neutral_corpus(folder: Path, reader: Reader, limit: int, seed: int) -> Corpus:
    """Up to `limit` sentences from a folder of recordings of one voice. Raises ValueError where there is none."""
    rows: list[Floats] = []
    spoken_s: list[float] = []
    paths = sorted(folder.glob("*.wav"))
    for path in np.random.default_rng(seed).permutation(np.array(paths, dtype=object)):
        samples, rate_hz = soundfile.read(path, dtype="float32")
        if SHORTEST_S <= len(samples) / rate_hz <= LONGEST_S and len(rows) < limit:
            rows.append(reader.row(samples, rate_hz))
            spoken_s.append(len(samples) / rate_hz)
    if not rows:
        raise ValueError(f"{folder}: no WAV files of {SHORTEST_S} to {LONGEST_S} s here")
    return Corpus(
        features=np.array(rows),
        spoken_s=np.array(spoken_s, dtype=np.float32),
        emotion=np.full(len(rows), NEUTRAL),
        speaker=np.full(len(rows), folder.name),
        text=np.arange(len(rows)).astype(str),
        line=np.zeros(len(rows), dtype=np.int64),
    )


def false_anger(corpus: Corpus, head: Head, prior: Prior) -> FalseAnger:
    """Judge the sentences as calls of `PER_CALL` utterances."""
    order, shares, flags = np.arange(len(corpus.features)), [], 0
    for start in range(0, len(order), PER_CALL):
        heard = one_call(corpus, order[start : start + PER_CALL], prior)
        probabilities = head.probabilities(heard.standardised)
        shares.append(probabilities)
        over = (probabilities[:, ANGER] >= AT_LEAST).astype(int)
        recent = np.convolve(over, np.ones(OF_LAST, dtype=int))[: len(over)] >= UTTERANCES
        flags += int((np.diff(np.concatenate(([0], recent.astype(int)))) == 1).sum())
    called = np.concatenate(shares).argmax(axis=1)
    return FalseAnger(
        utterances=len(order),
        hours=float(corpus.spoken_s.sum()) / 3600,
        called_neutral=float(np.mean(called == NEUTRAL)),
        called_anger=float(np.mean(called == ANGER)),
        over_threshold=float(np.mean(np.concatenate(shares)[:, ANGER] >= AT_LEAST)),
        flags=flags,
    )
