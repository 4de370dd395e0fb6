"""Recordings of acted emotion, read from the folder of a corpus."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from sentiment.prosody import Floats
from sentiment.training.feelings import Feeling
from sentiment.training.layouts import LAYOUTS, Label


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


def recordings(folder: Path, corpus: str = "emodb") -> list[Recording]:
    """Every usable recording anywhere under the folder.

    Raises ValueError where there is none, or where nothing is known of such a corpus.
    """
    if corpus not in LAYOUTS:
        raise ValueError(f"unknown corpus {corpus!r}: known are {', '.join(LAYOUTS)}")
    found = [_read(label, folder, corpus) for label in LAYOUTS[corpus].labels(folder)]
    if not found:
        raise ValueError(f"{folder}: no {corpus} recordings here")
    return found


def _read(label: Label, folder: Path, corpus: str) -> Recording:
    samples, rate_hz = soundfile.read(label.path, dtype="float32", always_2d=True)
    return Recording(
        name=label.path.relative_to(folder).with_suffix("").as_posix(),
        speaker=f"{corpus}/{label.speaker}",
        text=f"{corpus}/{label.text}",
        feeling=label.feeling,
        samples=np.ascontiguousarray(samples.mean(axis=1)),
        rate_hz=rate_hz,
    )
