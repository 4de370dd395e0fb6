"""Recordings to the rows that the classifier is fitted and tested on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from sentiment.pitch import PitchTracker
from sentiment.prosody import Floats, analysed, feature_row, measure
from sentiment.records import Emotion
from sentiment.training.encoder import ENCODER_HZ, TAIL_FRAMES, Encoder
from sentiment.training.feelings import FEELINGS, PRODUCT
from sentiment.training.recordings import Recording
from sentiment.training.telephone import LINE_HZ, Line, through
from sentiment.trimming import spoken_part

CLASSES = tuple(Emotion)
Whole = NDArray[np.int64]
LONGEST_TAIL_S = 6
"""By how much a longer neighbour in the batch may lengthen the silence after an utterance."""
LONGEST_ROOM_S = 0.4
"""Silence left before and after an utterance, at most."""
NO_CLASS = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corpus:
    """One row per recording and line."""

    features: Floats
    spoken_s: Floats
    feeling: Whole
    """Index into `FEELINGS`."""
    speaker: NDArray[np.str_]
    text: NDArray[np.str_]
    """Which sentence was spoken."""
    line: Whole
    """Which line it came by: 0 is a clean one. A speaker and a line make a caller."""

    @property
    def emotion(self) -> Whole:
        """Index into `CLASSES`; `NO_CLASS` where the product has no class for what was played."""
        return product_classes()[self.feeling]

    def __getitem__(self, rows: Whole | slice) -> "Corpus":
        """Some of the rows."""
        return Corpus(**{name: getattr(self, name)[rows] for name in self.__slots__})

    def save(self, path: Path) -> None:
        """Keep the rows, so that fitting again need not encode again."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, **{name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def load(cls, path: Path) -> "Corpus":
        """Rows saved earlier."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(**{name: kept[name] for name in cls.__slots__})

    @classmethod
    def joined(cls, parts: Sequence["Corpus"]) -> "Corpus":
        """Several as one."""
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__})


def product_classes() -> Whole:
    """For each of `FEELINGS`: its index into `CLASSES`, or `NO_CLASS`."""
    return np.array([CLASSES.index(PRODUCT[each]) if each in PRODUCT else NO_CLASS for each in FEELINGS])


def _with_room(recording: Recording, rng: np.random.Generator) -> Floats:
    """With silence around it, as voice activity leaves some."""
    before, after = (rng.uniform(0, LONGEST_ROOM_S, 2) * recording.rate_hz).astype(int)
    return np.pad(recording.samples, (before, after))


class Reader:
    """Audio to rows, with the same measures and the same encoder as in a live call."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._pitch = encoder, PitchTracker()

    def row(self, samples: Floats, rate_hz: int, tail_frames: int = TAIL_FRAMES) -> Floats:
        """The features of one utterance."""
        spoken = soxr.resample(samples, rate_hz, ENCODER_HZ, quality="MQ").astype(np.float32)
        part = analysed(spoken, ENCODER_HZ)
        measures = measure(part, ENCODER_HZ, self._pitch.track(part, ENCODER_HZ))
        return feature_row(measures, self._encoder.embed(spoken, tail_frames), self._encoder.width)

    def corpus(self, recordings: Iterable[Recording], line: int, seed: int) -> Corpus:
        """Every recording by one line. Each speaker gets a line of their own; line 0 is clean for everyone."""
        kept, rows, spoken_s = list(recordings), [], []
        for each in kept:
            drawn = Line.draw(np.random.default_rng([seed, line, *each.speaker.encode()])) if line else Line()
            noise = np.random.default_rng([seed, line, *each.name.encode()])
            tail = TAIL_FRAMES * (1 + int(noise.integers(LONGEST_TAIL_S)) if line else 1)
            heard = through(drawn, _with_room(each, noise) if line else each.samples, each.rate_hz, noise)
            rows.append(self.row(heard if line else spoken_part(heard, LINE_HZ), LINE_HZ, tail))
            spoken_s.append(len(heard) / LINE_HZ)
        return Corpus(
            features=np.array(rows, dtype=np.float32),
            spoken_s=np.array(spoken_s, dtype=np.float32),
            feeling=np.array([FEELINGS.index(each.feeling) for each in kept]),
            speaker=np.array([each.speaker for each in kept]),
            text=np.array([each.text for each in kept]),
            line=np.full(len(kept), line),
        )
