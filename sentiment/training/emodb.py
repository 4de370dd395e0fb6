"""The Berlin Database of Emotional Speech as product classes.

File names are `SSTTTEv`: speaker, text, emotion, version.
"""

from dataclasses import dataclass
from pathlib import Path

import soundfile

from sentiment.prosody import Floats
from sentiment.records import Emotion

LETTERS = {
    "W": Emotion.ANGER,
    "A": Emotion.DISTRESS,
    "T": Emotion.DISTRESS,
    "N": Emotion.NEUTRAL,
    "L": Emotion.NEUTRAL,
    "F": Emotion.HAPPY,
}
"""Wut, Angst, Trauer, neutral, Langeweile, Freude. Disgust (E) has no class of its own and is left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """One acted sentence."""

    name: str
    speaker: str
    emotion: Emotion
    samples: Floats
    rate_hz: int


def recordings(folder: Path) -> list[Recording]:
    """Every usable recording, in the order of the names. Raises ValueError where the folder holds none."""
    found = [_read(path) for path in sorted(folder.glob("*.flac")) if path.stem[5] in LETTERS]
    if not found:
        raise ValueError(f"{folder}: no EmoDB recordings (SSTTTEv.flac) here")
    return found


def _read(path: Path) -> Recording:
    samples, rate_hz = soundfile.read(path, dtype="float32")
    return Recording(
        name=path.stem, speaker=path.stem[:2], emotion=LETTERS[path.stem[5]], samples=samples, rate_hz=rate_hz
    )
