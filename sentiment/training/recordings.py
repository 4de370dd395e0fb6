"""Corpora of acted emotion whose licence lets weights be made from them, by the names of their files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import numpy as np
import soundfile

from sentiment.prosody import Floats
from sentiment.records import Emotion


class Feeling(StrEnum):
    """What an actor was asked to play."""

    ANGER = "anger"
    BOREDOM = "boredom"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPINESS = "happiness"
    NEUTRAL = "neutral"
    SADNESS = "sadness"


FEELINGS = tuple(Feeling)
PRODUCT: Mapping[Feeling, Emotion] = MappingProxyType(
    {
        Feeling.ANGER: Emotion.ANGER,
        Feeling.FEAR: Emotion.DISTRESS,
        Feeling.SADNESS: Emotion.DISTRESS,
        Feeling.NEUTRAL: Emotion.NEUTRAL,
        Feeling.BOREDOM: Emotion.NEUTRAL,
        Feeling.HAPPINESS: Emotion.HAPPY,
    }
)
"""What the product calls it. Disgust has no class of its own and is left out."""
AFFECT: Mapping[Feeling, tuple[float, float]] = MappingProxyType(
    {
        Feeling.ANGER: (0.8, -0.7),
        Feeling.BOREDOM: (-0.6, -0.3),
        Feeling.DISGUST: (0.1, -0.7),
        Feeling.FEAR: (0.6, -0.6),
        Feeling.HAPPINESS: (0.6, 0.8),
        Feeling.NEUTRAL: (-0.1, 0.0),
        Feeling.SADNESS: (-0.6, -0.7),
    }
)
"""Arousal and valence, -1 to 1: where each lies on the circle of affect, by convention and not measured."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """One acted sentence."""

    name: str
    speaker: str
    """With the corpus before it: two corpora may number their speakers alike."""
    text: str
    """Which sentence."""
    feeling: Feeling
    samples: Floats
    rate_hz: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a corpus names its files."""

    pattern: re.Pattern[str]
    """The stem, with groups `speaker`, `text` and `feeling`."""
    feelings: Mapping[str, Feeling]
    """What it does not name is left out."""


NAMINGS: Mapping[str, Naming] = MappingProxyType(
    {
        "emodb": Naming(
            pattern=re.compile(r"(?P<speaker>\d\d)(?P<text>[a-z]\d\d)(?P<feeling>[A-Z])[a-z]"),
            feelings={
                "W": Feeling.ANGER,
                "L": Feeling.BOREDOM,
                "E": Feeling.DISGUST,
                "A": Feeling.FEAR,
                "F": Feeling.HAPPINESS,
                "N": Feeling.NEUTRAL,
                "T": Feeling.SADNESS,
            },
        ),
        "crema-d": Naming(
            pattern=re.compile(r"(?P<speaker>\d{4})_(?P<text>[A-Z]{3})_(?P<feeling>[A-Z]{3})_[A-Z]{2}"),
            feelings={
                "ANG": Feeling.ANGER,
                "DIS": Feeling.DISGUST,
                "FEA": Feeling.FEAR,
                "HAP": Feeling.HAPPINESS,
                "NEU": Feeling.NEUTRAL,
                "SAD": Feeling.SADNESS,
            },
        ),
        "jl-corpus": Naming(
            pattern=re.compile(r"(?P<speaker>(?:fe)?male\d)_(?P<feeling>[a-z]+)_(?P<text>\d+)[a-z]?_\d+"),
            feelings={
                "angry": Feeling.ANGER,
                "happy": Feeling.HAPPINESS,
                "neutral": Feeling.NEUTRAL,
                "sad": Feeling.SADNESS,
            },
        ),
        "subesco": Naming(
            pattern=re.compile(r"(?P<speaker>[FM]_\d+)_[A-Z]+_S_(?P<text>\d+)_(?P<feeling>[A-Z]+)_\d+"),
            feelings={
                "ANGRY": Feeling.ANGER,
                "DISGUST": Feeling.DISGUST,
                "FEAR": Feeling.FEAR,
                "HAPPY": Feeling.HAPPINESS,
                "NEUTRAL": Feeling.NEUTRAL,
                "SAD": Feeling.SADNESS,
            },
        ),
    }
)


def recordings(folder: Path, corpus: str = "emodb") -> list[Recording]:
    """Every usable recording anywhere under the folder, in the order of the names.

    Raises ValueError where there is none, or where nothing is known of such a corpus.
    """
    if corpus not in NAMINGS:
        raise ValueError(f"unknown corpus {corpus!r}: known are {', '.join(NAMINGS)}")
    naming = NAMINGS[corpus]
    paths = sorted(path for ending in ("flac", "wav") for path in folder.rglob(f"*.{ending}"))
    found = [each for path in paths for each in _read(path, corpus, naming)]
    if not found:
        raise ValueError(f"{folder}: no {corpus} recordings here")
    return found


def _read(path: Path, corpus: str, naming: Naming) -> Iterator[Recording]:
    named = naming.pattern.fullmatch(path.stem)
    if named is None or named["feeling"] not in naming.feelings:
        return
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    yield Recording(
        name=path.stem,
        speaker=f"{corpus}/{named['speaker']}",
        text=f"{corpus}/{named['text']}",
        feeling=naming.feelings[named["feeling"]],
        samples=np.ascontiguousarray(samples.mean(axis=1)),
        rate_hz=rate_hz,
    )
