"""All that is listened to: the clips, the prompts, the recordings. What was heard before is not heard again."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from bench.spoken.hearing import Ear, believed_text
from bench.spoken.kept import Heard, Kept
from bench.spoken.line import LEAD_S, LINE_HZ, on_the_line
from bench.spoken.plan import Clip
from bench.spoken.speaking import Speaking
from bench.transcribing.telephone_prompts import RATE_HZ as PROMPT_HZ
from bench.transcribing.telephone_prompts import Choice, prompts_of
from bench.transcribing.telephone_prompts import Clip as Prompt
from streams.records import Language, Samples

EVERY_PROMPT = Choice(shortest_s=0.3, longest_s=120.0, fewest_words=1)
SPEECH = Choice(shortest_s=2.0)
RECORDINGS = ("*.wav", "*.flac")
FOLDERS = ("calls", "telephone")
TOLD_EVERY_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OnLine:
    """What arrives, at 8 kHz, and the seconds between which a phrase is said in it; both 0 where none is."""

    samples: Samples
    start_s: float = 0.0
    end_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to listen to."""

    key: str
    """Names it: any change of what it is changes it."""
    language: Language
    sound: Callable[[], OnLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One channel of a recorded call."""

    file: Path
    channel: int
    language: Language

    @property
    def key(self) -> str:
        """Names it among what was heard."""
        return f"recording {self.file.name} {self.channel}"

    def item(self) -> Item:
        """To be listened to."""
        return Item(key=self.key, language=self.language, sound=lambda: _recorded(self))


class Listening:
    """Hears items with a model that is loaded when the first is not known yet."""

    def __init__(self, kept: Kept, ear: Callable[[], Ear], *, workers: int, at_most: int) -> None:
        self._kept, self._ear, self._workers, self._left = kept, ear, workers, at_most

    def hear(self, items: Sequence[Item], what: str) -> dict[str, Heard]:
        """What was heard, by key; items for which there was no time are not in it."""
        new = [item for item in items if self._kept.get(item.key) is None][: self._left]
        self._left -= len(new)
        if new:
            self._hear_all(new, what)
        return {item.key: heard for item in items if (heard := self._kept.get(item.key)) is not None}

    def _hear_all(self, items: Sequence[Item], what: str) -> None:
        ear = self._ear()
        began_s = told_s = time.monotonic()
        with ThreadPoolExecutor(self._workers) as pool:
            for count, heard in enumerate(pool.map(lambda item: _heard(ear, item), items), 1):
                self._kept.add(heard)
                now_s = time.monotonic()
                if now_s - told_s >= TOLD_EVERY_S or count == len(items):
                    told_s = now_s
                    print(f"{what}: {count} of {len(items)}, {(now_s - began_s) / count:.2f} s each", flush=True)


def clip_items(clips: Sequence[Clip], speaking: Speaking) -> list[Item]:
    """Clips, to be listened to; each is spoken when it is."""
    crowd = cache(_crowd)

    def sound(clip: Clip) -> OnLine:
        said = speaking.say(clip.spoken)
        samples = on_the_line(said.audio, clip, crowd())
        return OnLine(samples=samples, start_s=LEAD_S + said.start_s, end_s=LEAD_S + said.end_s)

    return [_clip_item(clip, sound) for clip in clips]


def _clip_item(clip: Clip, sound: Callable[[Clip], OnLine]) -> Item:
    return Item(key=clip.key, language=clip.spoken.language, sound=lambda: sound(clip))


def some_prompts(language: Language, most: int) -> list[Prompt]:
    """All prompts of a language whose text is known, or so many of them, chosen by lot: always the same ones."""
    prompts = prompts_of(language, EVERY_PROMPT)
    order = np.random.default_rng(list(language.encode())).permutation(len(prompts))
    return [prompts[index] for index in order[:most]]


def prompt_item(prompt: Prompt) -> Item:
    """A prompt, to be listened to."""
    key = f"prompt {prompt.language.value} {prompt.name}"
    return Item(key=key, language=prompt.language, sound=lambda: _prompted(prompt))


def every_recording() -> Iterator[Recording]:
    """The channels of all calls under QA_MONITOR_DATA; none where it is not set. French ones say so in their name."""
    data = os.environ.get("QA_MONITOR_DATA")
    if not data:
        return
    for file in sorted(file for folder in FOLDERS for kind in RECORDINGS for file in Path(data, folder).glob(kind)):
        language = Language.FR if "fr" in file.stem.lower().split("-") else Language.EN
        for channel in range(soundfile.info(file).channels):
            yield Recording(file=file, channel=channel, language=language)


def _crowd() -> list[NDArray[np.float32]]:
    prompts = [prompt for language in Language for prompt in prompts_of(language, SPEECH)]
    return [soxr.resample(prompt.audio, PROMPT_HZ, LINE_HZ).astype(np.float32) for prompt in prompts]


def _prompted(prompt: Prompt) -> OnLine:
    narrow = soxr.resample(prompt.audio, PROMPT_HZ, LINE_HZ)
    return OnLine(samples=(np.clip(narrow, -0.99, 0.99) * 32_767).astype(np.int16))


def _recorded(recording: Recording) -> OnLine:
    samples, rate_hz = soundfile.read(recording.file, dtype="int16", always_2d=True)
    return OnLine(samples=soxr.resample(samples[:, recording.channel], rate_hz, LINE_HZ))


def _heard(ear: Ear, item: Item) -> Heard:
    line = item.sound()
    return Heard(
        key=item.key,
        duration_s=len(line.samples) / LINE_HZ,
        start_s=line.start_s,
        end_s=line.end_s,
        utterances=tuple(believed_text(ear.hear(line.samples, LINE_HZ, item.language))),
    )
