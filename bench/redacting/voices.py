"""Dialogues spoken by synthetic voices over G.711 and recognised as in a live call; what was heard is kept."""

import hashlib
import importlib.util
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr
from numpy.typing import NDArray

from bench.redacting.dialogues import Dialogue, Turn
from bench.redacting.kept import HeardDialogue, HeardUtterance, Kept, Said
from bench.spoken.hearing import Ear
from streams.records import CallId, Language, Speaker, UtteranceId
from streams.samples.codec import Encoding, decode, encode

VOICE_HZ = 24_000
"""Rate of what say.py speaks."""
LINE_HZ = 8_000
PAUSE_S = 0.9
LEVEL_DB = -25.0
VOICES = ("customer", "customer2")
SPEEDS = (0.9, 1.0, 1.1)
REMEMBERED = 500
"""Lines: questions are asked again and again, and speaking takes longer than all the rest."""
TOLD_EVERY_S = 30.0
Sound = NDArray[np.float32]
Line = NDArray[np.int16]


class Speaks(Protocol):
    """What say.py offers: mono samples at `VOICE_HZ`."""

    def say(self, text: str, lang: str, voice: str, speed: float = 1.0, pitch: float = 0.0) -> Sound:
        """Speak a line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is spoken of a dialogue, and by whom."""

    dialogue: Dialogue
    turns: tuple[Turn, ...]
    customer: str
    speed: float

    @property
    def key(self) -> str:
        """Names what is heard: any change of it changes it."""
        lines = [(turn.channel, readable(turn.text)) for turn in self.turns]
        return hashlib.sha256(repr((self.dialogue.language, self.customer, self.speed, lines)).encode()).hexdigest()[
            :16
        ]


class Voices:
    """Speaks and listens. The voices and the model are loaded when the first dialogue is not known yet."""

    def __init__(self, tool: Path | None, ear: Callable[[], Ear], kept: Kept) -> None:
        """`tool`: the folder that holds say.py; none: nothing new is spoken."""
        self._tool, self._ear, self._kept = tool, ear, kept
        self._line = lru_cache(REMEMBERED)(self._spoken_line)
        self._speaker: Speaks | None = None

    def heard(self, parts: Sequence[Part], at_most: int) -> Iterator[tuple[Part, HeardDialogue]]:
        """Those heard before, then so many new ones."""
        new = [part for part in parts if self._kept.get(part.key) is None]
        for part in parts:
            if (known := self._kept.get(part.key)) is not None:
                yield part, known
        began_s = told_s = time.monotonic()
        for count, part in enumerate(new[: at_most if self._tool else 0], 1):
            heard = self._hear(part)
            self._kept.add(heard)
            yield part, heard
            now_s = time.monotonic()
            if now_s - told_s >= TOLD_EVERY_S:
                told_s = now_s
                print(f"{count} of {len(new)} dialogues, {(now_s - began_s) / count:.1f} s each", flush=True)

    def _hear(self, part: Part) -> HeardDialogue:
        said, channels = self._spoken(part)
        found = [one for number, line in enumerate(channels) for one in self._recognised(part.dialogue, number, line)]
        return HeardDialogue(
            key=part.key, said=said, utterances=tuple(sorted(found, key=lambda one: one.utterance.end_s))
        )

    def _spoken(self, part: Part) -> tuple[tuple[Said, ...], Sequence[Line]]:
        """The turns one after the other, each on its channel."""
        said: list[Said] = []
        lines: list[tuple[int, int, Line]] = []
        at = LINE_HZ // 2
        for turn in part.turns:
            voice = "agent" if turn.channel else part.customer
            line = self._line(readable(turn.text), part.dialogue.language, voice, part.speed)
            said.append(Said(start_s=at / LINE_HZ, end_s=(at + len(line)) / LINE_HZ))
            lines.append((turn.channel, at, line))
            at += len(line) + int(PAUSE_S * LINE_HZ)
        channels = [np.zeros(at + LINE_HZ, np.int16) for _ in range(2)]
        for channel, start, line in lines:
            channels[channel][start : start + len(line)] = line
        return tuple(said), channels

    def _spoken_line(self, text: str, language: Language, voice: str, speed: float) -> Line:
        if self._speaker is None and self._tool is not None:
            self._speaker = speaker_of(self._tool)
        if self._speaker is None:
            raise ValueError("nobody speaks without say.py")
        return telephone(self._speaker.say(text, language.value, voice, speed))

    def _recognised(self, dialogue: Dialogue, channel: int, line: Line) -> Iterator[HeardUtterance]:
        for one in self._ear().hear(line, LINE_HZ, dialogue.language):
            utterance = replace(
                one.utterance,
                call_id=CallId("spoken"),
                utterance_id=UtteranceId(f"{channel}-{one.utterance.start_s:.3f}"),
                speaker=Speaker.AGENT if channel else Speaker.CUSTOMER,
                channel=channel,
            )
            yield HeardUtterance(utterance=utterance, dropped=one.distrust is not None and one.distrust.dropped)


def part_of(dialogue: Dialogue, turns: Sequence[Turn], number: int) -> Part:
    """The dialogue of this number; voices and paces take turns."""
    return Part(
        dialogue=dialogue,
        turns=tuple(turns),
        customer=VOICES[number % len(VOICES)],
        speed=SPEEDS[number // len(VOICES) % len(SPEEDS)],
    )


def speaker_of(folder: Path) -> Speaks:
    """The voices of say.py in this folder. Raises SystemExit where it holds none."""
    spec = importlib.util.spec_from_file_location("say", folder / "say.py")
    if spec is None or spec.loader is None or not (folder / "say.py").is_file():
        raise SystemExit(f"no say.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    make: Callable[[], Speaks] = module.Speaker
    return make()


def readable(text: str) -> str:
    """Digits in groups of more than two are read one by one, as people read them out."""
    words = []
    for word in text.split():
        long = sum(char.isdigit() for char in word) > 2 and not word.startswith("$")
        words.append(" ".join(char for char in word if char.isalnum()) if long else word)
    return " ".join(words)


def telephone(sound: Sound) -> Line:
    """At the level of a telephone, 8 kHz, through mu-law and back."""
    narrow = soxr.resample(sound, VOICE_HZ, LINE_HZ)
    level = 10 ** (LEVEL_DB / 20) / max(1e-6, float(np.sqrt((narrow**2).mean())))
    samples = (np.clip(narrow * level, -0.99, 0.99) * 32_767).astype(np.int16)
    return np.asarray(decode(encode(samples, Encoding.MULAW), Encoding.MULAW), np.int16)
