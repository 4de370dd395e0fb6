"""What the vocabulary is measured on: sentences with names, spoken and sent over G.711; prompts without any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

import numpy as np
import soundfile
import soxr
import yaml

from bench.transcribing.telephone_prompts import RATE_HZ, Choice, prompts_of
from bench.transcribing.voices import VOICE_RATE, Voice
from streams.records import Audio, Language
from streams.samples.codec import Encoding, decode, encode
from streams.vocabulary.spelling import bare

SENTENCES = Path(__file__).with_name("vocabulary.yaml")
STYLES = ("agent", "customer_2", "customer_3", "agent_2")
LEVEL_DB = -25.0
TELEPHONE_HZ = 8_000
SILENCE_S = 0.2
SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """A sentence as sound (16 kHz), with the term that is in it; none in a prompt."""

    language: Language
    text: str
    term: str | None
    audio: Audio


def terms_of(part: str) -> list[str]:
    """The terms of a part of the file, of both languages."""
    return [term for _, term, _ in _sentences(part)]


def spoken(part: str, folder: Path | None) -> list[Named]:
    """Every sentence of a part, each by one of four voices, over G.711. `folder`: where spoken lines are kept."""
    voice: Voice | None = None
    clips = []
    for number, (language, term, lines) in enumerate(_sentences(part)):
        for place, text in enumerate(lines):
            file = None if folder is None else folder / f"{language}-{bare(term)}-{place}.wav"
            if file is None or not file.is_file():
                voice = voice or Voice()
                sound = _telephone(voice.say(text, language.value, STYLES[(number + place) % len(STYLES)]).samples)
                if file is not None:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    soundfile.write(file, sound, TELEPHONE_HZ, subtype="PCM_16")
            else:
                sound, _ = soundfile.read(file, dtype="float32")
            clips.append(Named(language=language, text=text, term=term, audio=_heard(sound)))
    return clips


def without_names(count: int, part: str) -> list[Named]:
    """Real telephone prompts; those of `tune` are not among those of `held`."""
    clips = []
    for language in Language:
        every = prompts_of(language, Choice())
        held = every[:: max(1, len(every) // count)][:count]
        names = {clip.name for clip in held}
        others = [clip for clip in every if clip.name not in names]
        chosen = held if part == "held" else others[:: max(1, len(others) // count)][:count]
        clips += [Named(language=language, text=clip.text, term=None, audio=clip.audio) for clip in chosen]
    return clips


def other_names(count: int, clips: Sequence[Named]) -> list[str]:
    """Names of places that are in none of the clips, the same ones in every run."""
    said = {bare(word) for clip in clips for word in clip.text.split()}
    places = {zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones() if "/" in zone}
    names = sorted(place for place in places if len(bare(place)) >= SHORTEST_NAME and place.replace(" ", "").isalpha())
    free = [name for name in names if said.isdisjoint(bare(word) for word in name.split())]
    if count > len(free):
        raise SystemExit(f"there are {len(free)} other names, not {count}")
    return [free[index] for index in np.random.default_rng(1).permutation(len(free))[:count]]


def _sentences(part: str) -> Iterator[tuple[Language, str, list[str]]]:
    read = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    for language in Language:
        for one in read[language.value][part]:
            yield language, one["term"], one["lines"]


def _telephone(sound: Audio) -> Audio:
    """At the level of a telephone, 8 kHz, through mu-law and back."""
    narrow = soxr.resample(sound, VOICE_RATE, TELEPHONE_HZ)
    level = 10 ** (LEVEL_DB / 20) / np.sqrt((narrow**2).mean())
    samples = (np.clip(narrow * level, -0.99, 0.99) * 32_767).astype(np.int16)
    heard: Audio = (decode(encode(samples, Encoding.MULAW), Encoding.MULAW) / np.float32(32_768)).astype(np.float32)
    return heard


def _heard(sound: Audio) -> Audio:
    silence = np.zeros(int(SILENCE_S * RATE_HZ), np.float32)
    wide = soxr.resample(sound, TELEPHONE_HZ, RATE_HZ).astype(np.float32)
    return np.concatenate([silence, wide, silence])
