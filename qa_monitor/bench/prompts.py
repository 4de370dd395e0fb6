"""Adapter: real telephone prompts with their texts, as Debian's asterisk-core-sounds packages have them.

`asterisk-core-sounds-fr-wav` and `-en-wav` hold the sound (8 kHz, one voice per language), `asterisk-core-sounds-fr`
and `-en` the texts. Where they are not installed, the lines of the bundled calls serve: synthetic voices.
"""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import soundfile

from qa_monitor.bench.words import words_of
from qa_monitor.demo.truth import bundled_calls
from qa_monitor.simulator.recording import read_recording
from streams.records import Language, Samples, Speaker

RATE_HZ = 8000
LONGEST_S = 14.0
SHORTEST_S = 1.0
SOUNDS: Mapping[Language, Path] = MappingProxyType(
    {
        Language.FR: Path("/usr/share/asterisk/sounds/fr_CA_f_June"),
        Language.EN: Path("/usr/share/asterisk/sounds/en_US_f_Allison"),
    }
)
TEXTS = "/usr/share/doc/asterisk-core-sounds-{0}/core-sounds-{0}.txt.gz"
_NOT_SPOKEN = re.compile(r"[\[\](<]")


class PromptsMissing(Exception):
    """The packages are not installed; the message says which and how to install them."""

    def __init__(self, language: Language) -> None:
        super().__init__(
            f"the telephone prompts for {language} are not installed: "
            f"apt-get install asterisk-core-sounds-{language} asterisk-core-sounds-{language}-wav"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prompt:
    """A clip of one voice with its text: 8 kHz, 16 bits, read-only."""

    key: str
    language: Language
    text: str
    samples: Samples

    @property
    def duration_s(self) -> float:
        """Seconds of sound."""
        return len(self.samples) / RATE_HZ


def are_installed() -> bool:
    """Whether sound and texts of both languages are here."""
    return all(_texts(language).is_file() and SOUNDS[language].is_dir() for language in Language)


def prompts_of(language: Language, *, least_words: int = 2) -> list[Prompt]:
    """All prompts of 1 to 14 s with at least so many words, in the order of their list. Raises `PromptsMissing`."""
    if not _texts(language).is_file() or not SOUNDS[language].is_dir():
        raise PromptsMissing(language)
    listed = ((prompt, words_of(prompt.text)) for prompt in _listed(language))
    return [prompt for prompt, words in listed if len(words) >= least_words and not _is_spelled(words)]


def _is_spelled(words: Sequence[str]) -> bool:
    """Mostly letters by themselves: written together by any recogniser, so that no word of them is ever found."""
    return 2 * sum(len(word) == 1 for word in words) > len(words)


def bundled_lines(language: Language, *, least_words: int = 2) -> list[Prompt]:
    """The lines of the bundled calls, each as a clip."""
    found = []
    for path, truth in bundled_calls():
        if truth.language is not language:
            continue
        samples = read_recording(path).samples
        for number, line in enumerate(truth.utterances):
            column = 0 if line.speaker is Speaker.CUSTOMER else 1
            clip = samples[round(line.start_s * RATE_HZ) : round(line.end_s * RATE_HZ), column]
            if _fits(clip) and len(words_of(line.text)) >= least_words:
                key = f"{truth.call_id}-{number}"
                found.append(Prompt(key=key, language=language, text=line.text, samples=_kept(clip)))
    return found


def _texts(language: Language) -> Path:
    return Path(TEXTS.format(language.value))


def _listed(language: Language) -> Iterator[Prompt]:
    for line in gzip.decompress(_texts(language).read_bytes()).decode().splitlines():
        name, separator, text = line.partition(": ")
        path = SOUNDS[language] / f"{name}.wav"
        if line.startswith(";") or not separator or _NOT_SPOKEN.search(text) or not path.is_file():
            continue
        samples, rate_hz = soundfile.read(path, dtype="int16")
        if rate_hz == RATE_HZ and _fits(samples):
            yield Prompt(key=name, language=language, text=text, samples=_kept(samples))


def _fits(samples: Samples) -> bool:
    return samples.ndim == 1 and SHORTEST_S <= len(samples) / RATE_HZ <= LONGEST_S


def _kept(samples: Samples) -> Samples:
    kept: Samples = np.ascontiguousarray(samples, np.int16)
    kept.flags.writeable = False
    return kept
