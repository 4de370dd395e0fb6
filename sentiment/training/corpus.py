"""Recordings to the rows that the classifier is fitted and tested on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from sentiment.clipping import clipped_share
from sentiment.pitch import PitchTracker
from sentiment.prosody import Floats, analysed, feature_row, measure
from sentiment.records import Emotion
from sentiment.training.conditions import CONDITIONS, Condition, line_of, spoken_in
from sentiment.training.encoder import ENCODER_HZ, TAIL_FRAMES, Encoder
from sentiment.training.feelings import FEELINGS, PRODUCT
from sentiment.training.recordings import Recording
from sentiment.training.telephone import LINE_HZ, through
from sentiment.trimming import spoken_part

CLASSES = tuple(Emotion)
Whole = NDArray[np.int64]
LONGEST_TAIL_S = 2
"""By how much a longer neighbour in a batch may lengthen the silence after an utterance, where any are batched."""
LONGEST_ROOM_S = 0.4
"""Silence left before and after an utterance, at most."""
NO_CLASS = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corpus:
    """One row per recording and condition."""

    features: Floats
    spoken_s: Floats
    feeling: Whole
    """Index into `FEELINGS`."""
    speaker: NDArray[np.str_]
    text: NDArray[np.str_]
    """Which sentence was spoken."""
    line: Whole
    """Index into `CONDITIONS`, or which call it was. A speaker and a line make a caller."""
    clipped: Floats
    """Share of samples at the end of the scale."""

    @property
    def emotion(self) -> Whole:
        """Index into `CLASSES`; `NO_CLASS` where the product has no class for what was played."""
        return product_classes()[self.feeling]

    def __getitem__(self, rows: Whole | slice) -> "Corpus":
        """Some of the rows."""
        return Corpus(**{name: getattr(self, name)[rows] for name in self.__slots__})

    def with_only(self, columns: slice) -> "Corpus":
        """Every row, with some of its features."""
        return replace(self, features=np.ascontiguousarray(self.features[:, columns]))

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


def _with_room(samples: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """With silence around it, as voice activity leaves some."""
    before, after = (rng.uniform(0, LONGEST_ROOM_S, 2) * rate_hz).astype(int)
    return np.pad(samples, (before, after))


def _wide(samples: Floats, rate_hz: int) -> Floats:
    wide: Floats = soxr.resample(samples, rate_hz, ENCODER_HZ, quality="MQ").astype(np.float32)
    return wide


class Reader:
    """Audio to rows, with the same measures and the same encoder as in a live call."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._pitch = encoder, PitchTracker()

    def row(self, samples: Floats, rate_hz: int, tail_frames: int = TAIL_FRAMES) -> Floats:
        """The features of one utterance."""
        spoken = _wide(samples, rate_hz)
        part = analysed(spoken, ENCODER_HZ)
        measures = measure(part, ENCODER_HZ, self._pitch.track(part, ENCODER_HZ))
        return feature_row(measures, self._encoder.embed(spoken, tail_frames), self._encoder.width)

    def corpus(self, recordings: Iterable[Recording], condition: Condition, seed: int) -> Corpus:
        """Every recording in one condition. Each speaker gets a line of their own."""
        kept, line = list(recordings), CONDITIONS.index(condition)
        heard = [self._heard(each, kept, condition, seed) for each in kept]
        return Corpus(
            features=np.array([row for row, _, _ in heard], dtype=np.float32),
            spoken_s=np.array([spoken_s for _, spoken_s, _ in heard], dtype=np.float32),
            feeling=np.array([FEELINGS.index(each.feeling) for each in kept]),
            speaker=np.array([each.speaker for each in kept]),
            text=np.array([each.text for each in kept]),
            line=np.full(len(kept), line),
            clipped=np.array([clipped for _, _, clipped in heard], dtype=np.float32),
        )

    def _heard(
        self, said: Recording, everyone: list[Recording], condition: Condition, seed: int
    ) -> tuple[Floats, float, float]:
        """Features, seconds, and the share that is clipped."""
        number = CONDITIONS.index(condition)
        line = line_of(condition, np.random.default_rng([seed, number, *said.speaker.encode()]))
        rng = np.random.default_rng([seed, number, *said.name.encode()])
        others = [each for each in everyone if each.speaker != said.speaker] or everyone
        spoken = spoken_in(condition, said, others, rng)
        if condition is Condition.PLAIN:
            part, tail = spoken_part(through(line, spoken, said.rate_hz, rng), LINE_HZ), TAIL_FRAMES
        else:
            tail = TAIL_FRAMES * (1 + int(rng.integers(LONGEST_TAIL_S)))
            roomy = spoken if condition is Condition.SHORT else _with_room(spoken, said.rate_hz, rng)
            part = through(line, roomy, said.rate_hz, rng)
        return self.row(part, LINE_HZ, tail), len(part) / LINE_HZ, clipped_share(_wide(part, LINE_HZ))
