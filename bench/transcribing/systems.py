"""Two ways to transcribe the same clips with the same model: our windows, and faster-whisper padded to 30 s."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import faster_whisper
import numpy as np

from bench.transcribing.telephone_prompts import Clip
from bench.transcribing.word_errors import errors, normalised, numbered
from streams.model.gates import is_loop
from streams.model.recipe import Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of one clip."""

    text: str
    retried: bool
    """Its first pass went round in circles, and it got another one, where the recipe has one."""
    looping: bool
    """The text still goes round in circles."""
    words: tuple[Word, ...] = ()


class System(Protocol):
    """Anything that can be measured."""

    def transcribe(self, clips: Sequence[Clip]) -> list[Heard]:
        """All clips, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Our windows, a batch at a time, on as many threads as the model has workers."""

    model: SpeechModel
    recipe: Recipe
    batch: int = 1
    workers: int = 1
    wants_times: bool = False

    def transcribe(self, clips: Sequence[Clip]) -> list[Heard]:
        """Batches hold clips of similar length, as the service's do."""
        order = sorted(range(len(clips)), key=lambda index: len(clips[index].audio)) if self.batch > 1 else None
        ranked = list(range(len(clips))) if order is None else order
        groups = [ranked[start : start + self.batch] for start in range(0, len(ranked), self.batch)]
        with ThreadPoolExecutor(self.workers) as pool:
            found = list(pool.map(lambda group: self._together([clips[index] for index in group]), groups))
        heard = dict(zip(ranked, (one for group in found for one in group), strict=True))
        return [heard[index] for index in range(len(clips))]

    def _together(self, clips: Sequence[Clip]) -> list[Heard]:
        windows = [
            Window(audio=clip.audio, language=clip.language, languages=(clip.language,), wants_times=self.wants_times)
            for clip in clips
        ]
        return [
            Heard(
                text=found.text,
                retried=found.retried,
                looping=found.looping or goes_round(found.text),
                words=found.words,
            )
            for found in self.model.recognise(windows, self.recipe)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Padded:
    """Plain faster-whisper, one clip at a time, no temperature ladder, no text carried on: its fastest fair setting."""

    model: faster_whisper.WhisperModel
    beam: int

    def transcribe(self, clips: Sequence[Clip]) -> list[Heard]:
        """One after the other."""
        return [self._one(clip) for clip in clips]

    def _one(self, clip: Clip) -> Heard:
        segments, _ = self.model.transcribe(
            clip.audio,
            language=clip.language.value,
            beam_size=self.beam,
            temperature=0,
            without_timestamps=True,
            condition_on_previous_text=False,
        )
        found = list(segments)
        return Heard(
            text=" ".join(segment.text for segment in found),
            retried=False,
            looping=any(is_loop(segment.tokens) or goes_round(segment.text) for segment in found),
        )


def padded(folder: Path, beam: int) -> Padded:
    """On one thread."""
    model = faster_whisper.WhisperModel(str(folder), compute_type="int8", cpu_threads=1, num_workers=1)
    return Padded(model=model, beam=beam)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well and how fast one system did on one set of clips."""

    wrong: tuple[int, ...]
    """Of each clip, words to change, add or remove."""
    said: tuple[int, ...]
    """Of each clip, words in its text."""
    wrong_numbered: int
    """Word errors when numbers are counted alike in words and in figures."""
    said_numbered: int
    retried: int
    looping: int
    wall_s: float
    cpu_s: float

    @property
    def wer(self) -> float:
        """Word error rate over all clips."""
        return sum(self.wrong) / sum(self.said)

    @property
    def wer_numbered(self) -> float:
        """The same, numbers in one form."""
        return self.wrong_numbered / self.said_numbered

    def share(self, count: int) -> float:
        """Of the clips."""
        return count / len(self.wrong)


def goes_round(text: str) -> bool:
    """Whether a text says the same words again and again: also seen where nobody looked at the tokens."""
    words = normalised(text)
    return is_loop([words.index(word) for word in words])


def measure(system: System, clips: Sequence[Clip]) -> Figures:
    """Transcribe everything, after one clip to warm up."""
    system.transcribe(clips[:1])
    began_s, cpu_s = time.perf_counter(), time.process_time()
    heard = system.transcribe(clips)
    wall_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
    return Figures(
        wrong=tuple(
            errors(normalised(clip.text), normalised(one.text)) for clip, one in zip(clips, heard, strict=True)
        ),
        said=tuple(len(normalised(clip.text)) for clip in clips),
        wrong_numbered=sum(
            errors(numbered(clip.text, clip.language), numbered(one.text, clip.language))
            for clip, one in zip(clips, heard, strict=True)
        ),
        said_numbered=sum(len(numbered(clip.text, clip.language)) for clip in clips),
        retried=sum(one.retried for one in heard),
        looping=sum(one.looping for one in heard),
        wall_s=wall_s,
        cpu_s=cpu_s,
    )


def points_apart(ours: Figures, theirs: Figures) -> tuple[float, float]:
    """Where the difference of the two word error rates lies with 95 % certainty: clips drawn again 2000 times."""
    draws = np.random.default_rng(7).integers(len(ours.wrong), size=(2000, len(ours.wrong)))
    more = (np.array(ours.wrong) - np.array(theirs.wrong))[draws].sum(axis=1) / np.array(ours.said)[draws].sum(axis=1)
    low, high = np.quantile(more, [0.025, 0.975])
    return float(low), float(high)
