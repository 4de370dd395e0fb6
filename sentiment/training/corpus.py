"""Recordings to the rows that the classifier is fitted and tested on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sentiment.pitch import PitchTracker
from sentiment.prosody import Floats, analysed, feature_row, measure
from sentiment.records import Emotion
from sentiment.training.emodb import Recording
from sentiment.training.encoder import TAIL_FRAMES, Encoder
from sentiment.training.telephone import LINE_HZ, Line, through

CLASSES = tuple(Emotion)
Whole = NDArray[np.int64]
LONGEST_TAIL_S = 6
"""By how much a longer neighbour in the batch may lengthen the silence after an utterance."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corpus:
    """One row per recording and line."""

    features: Floats
    spoken_s: Floats
    emotion: Whole
    """Index into `CLASSES`."""
    speaker: NDArray[np.str_]
    text: NDArray[np.str_]
    """Which sentence was spoken."""
    line: Whole
    """Which line it came by: 0 is a clean one. A speaker and a line make a caller."""

    def save(self, path: Path) -> None:
        """Keep the rows, so that fitting again need not encode again."""
        np.savez(path, **{name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def load(cls, path: Path) -> "Corpus":
        """Rows saved earlier."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(**{name: kept[name] for name in cls.__slots__})


class Reader:
    """Audio to rows, with the same measures and the same encoder as in a live call."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._pitch = encoder, PitchTracker()

    def row(self, samples: Floats, rate_hz: int, tail_frames: int = TAIL_FRAMES) -> Floats:
        """The features of one utterance."""
        part = analysed(samples, rate_hz)
        measures = measure(part, rate_hz, self._pitch.track(part, rate_hz))
        return feature_row(measures, self._encoder.embed(samples, rate_hz, tail_frames))

    def corpus(self, recordings: Iterable[Recording], lines: int, seed: int) -> Corpus:
        """Every recording by every line. Each speaker gets lines of their own; the first is clean."""
        rows, heard = [], [(line, recording) for line in range(lines) for recording in recordings]
        for line, recording in heard:
            callers = np.random.default_rng([seed, line, int(recording.speaker)])
            drawn = Line.draw(callers) if line else Line()
            noise = np.random.default_rng([seed, line, *recording.name.encode()])
            tail = TAIL_FRAMES * (1 + int(noise.integers(LONGEST_TAIL_S)) if line else 1)
            rows.append(self.row(through(drawn, recording.samples, recording.rate_hz, noise), LINE_HZ, tail))
        return Corpus(
            features=np.array(rows, dtype=np.float32),
            spoken_s=np.array([len(each.samples) / each.rate_hz for _, each in heard], dtype=np.float32),
            emotion=np.array([CLASSES.index(each.emotion) for _, each in heard]),
            speaker=np.array([each.speaker for _, each in heard]),
            text=np.array([each.name[2:5] for _, each in heard]),
            line=np.array([line for line, _ in heard]),
        )
