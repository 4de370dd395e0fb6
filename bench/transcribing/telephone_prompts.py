"""Real telephone prompts with their texts, one voice per language.

Debian packages `asterisk-core-sounds-{fr,en}` (texts) and `-wav` (8 kHz) or `-g722` (16 kHz); CC BY-SA 3.0.
"""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from streams.records import Audio, Language
from streams.samples.g722 import G722Decoder

RATE_HZ = 16_000
SOUNDS = {
    Language.FR: Path("/usr/share/asterisk/sounds/fr_CA_f_June"),
    Language.EN: Path("/usr/share/asterisk/sounds/en_US_f_Allison"),
}
TEXTS = "/usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """One prompt."""

    name: str
    audio: Audio
    """16 kHz, mono, -1 to 1."""
    text: str
    language: Language

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return len(self.audio) / RATE_HZ


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which prompts are taken."""

    wideband: bool = False
    """From the 16 kHz recordings instead of the 8 kHz ones."""
    shortest_s: float = 1.0
    longest_s: float = 14.0
    fewest_words: int = 2


def prompts_of(language: Language, choice: Choice, count: int | None = None) -> list[Clip]:
    """The prompts of the wanted length, in the order of their list; `count` of them, evenly spread."""
    texts = Path(TEXTS.format(language=language))
    if not texts.is_file():
        raise SystemExit(f"{texts} is missing: apt-get install asterisk-core-sounds-{language}{{,-wav,-g722}}")
    clips = []
    for line in gzip.decompress(texts.read_bytes()).decode().splitlines():
        name, separator, text = line.partition(": ")
        if line.startswith(";") or not separator or re.search(r"[\[\](<]", text):
            continue
        audio = _audio(SOUNDS[language] / name, wideband=choice.wideband)
        clip = Clip(name=name, audio=audio, text=text, language=language)
        if choice.shortest_s <= clip.duration_s <= choice.longest_s and _words(text) >= choice.fewest_words:
            clips.append(clip)
    if count is None:
        return clips
    return clips[:: max(1, len(clips) // count)][:count]


def _words(text: str) -> int:
    return len(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def _audio(stem: Path, *, wideband: bool) -> Audio:
    """Empty where this prompt was not recorded so."""
    if wideband:
        path = stem.with_name(f"{stem.name}.g722")
        samples = G722Decoder().feed(path.read_bytes()) if path.is_file() else np.zeros(0, np.int16)
        return (samples / np.float32(32768)).astype(np.float32)
    path = stem.with_name(f"{stem.name}.wav")
    if not path.is_file():
        return np.zeros(0, np.float32)
    audio, rate = soundfile.read(path, dtype="float32")
    resampled: Audio = soxr.resample(audio, rate, RATE_HZ).astype(np.float32)
    return resampled
