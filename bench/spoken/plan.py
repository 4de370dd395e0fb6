"""Which clips are made: every sentence by three voices in frames chosen by seed, at every level of noise. Pure."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bench.spoken.script import HELD_OUT, Script, Sentence
from streams.records import Language
from streams.samples.codec import Encoding

VOICES_EACH = 3


class Noise(StrEnum):
    """What is heard behind the speaker."""

    BABBLE = "babble"
    """Other people's speech, many at once."""
    PINK = "pink"
    """As of a street or a fan: the lower the louder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """One voice: a mix of the tool's, its pace and its height."""

    mix: str
    speed: float
    pitch: float
    """Semitones."""

    @property
    def name(self) -> str:
        """For tables."""
        return f"{self.mix} {self.speed:.2f} {self.pitch:+.0f}"


TUNED = (
    VoiceChoice(mix="agent", speed=1.0, pitch=0.0),
    VoiceChoice(mix="customer", speed=1.0, pitch=0.0),
    VoiceChoice(mix="customer2", speed=1.0, pitch=0.0),
    VoiceChoice(mix="agent", speed=1.1, pitch=2.0),
    VoiceChoice(mix="customer", speed=0.9, pitch=-2.0),
    VoiceChoice(mix="customer2", speed=1.1, pitch=2.0),
)
HELD = (
    VoiceChoice(mix="agent", speed=0.95, pitch=-2.0),
    VoiceChoice(mix="customer", speed=1.1, pitch=2.0),
    VoiceChoice(mix="customer2", speed=0.9, pitch=-1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is spoken in one go: a sentence, or the frame before or after it."""

    language: Language
    voice: VoiceChoice
    text: str

    @property
    def key(self) -> str:
        """Names the sound."""
        return _hash(self.language, self.voice, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One sentence in its frame, as one voice says it, without noise."""

    language: Language
    sentence: Sentence
    before: str
    after: str
    voice: VoiceChoice

    @property
    def pieces(self) -> tuple[Piece, Piece, Piece]:
        """The frame, the sentence, the frame: spoken apart, so that each is spoken once however often it is used."""
        frame, sentence, rest = (
            Piece(language=self.language, voice=self.voice, text=text)
            for text in (self.before, self.sentence.text, self.after)
        )
        return frame, sentence, rest

    @property
    def text(self) -> str:
        """All that is said."""
        return f"{self.before} {self.sentence.text}, {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """The same on a telephone line."""

    spoken: Spoken
    snr_db: float
    """How far the speech stands above the noise."""
    noise: Noise
    encoding: Encoding

    @property
    def key(self) -> str:
        """Names what is heard: any change of the recipe changes it."""
        return _hash(self.spoken.voice, self.spoken.text, self.snr_db, self.noise, self.encoding)


def clips_of(script: Script, snrs_db: Sequence[float], seed: int) -> list[Clip]:
    """The clips of a language, round after round: in each, every sentence once, in an order of its own.

    Voices and noise rotate, so that each round is balanced; a voice is used at every noise before the next one is.
    """
    generator = np.random.default_rng([seed, *script.language.encode()])
    spoken = [list(_said(script, sentence, at, generator)) for at, sentence in enumerate(script.sentences)]
    clips = [[list(_on_the_line(one, snrs_db, generator)) for one in said] for said in spoken]
    return [
        clips[at][_turn(at, round_ // len(snrs_db))][(at // HELD_OUT // VOICES_EACH + round_) % len(snrs_db)]
        for round_ in range(rounds(snrs_db))
        for at in generator.permutation(len(clips))
    ]


def rounds(snrs_db: Sequence[float]) -> int:
    """How many rounds there are: every voice of a sentence at every level of noise."""
    return VOICES_EACH * len(snrs_db)


def _turn(at: int, again: int) -> int:
    """Which voice of a sentence speaks; of three in a row one is held out: counted in threes, all voices get those."""
    return (at // HELD_OUT + again) % VOICES_EACH


def _said(script: Script, sentence: Sentence, at: int, generator: np.random.Generator) -> Iterator[Spoken]:
    frames, voices = (script.held, HELD) if sentence.held else (script.tuned, TUNED)
    for turn in range(VOICES_EACH):
        place = (VOICES_EACH * at + turn) % len(voices)
        # every voice knows a part of the frames: speaking takes longer than all the rest
        share = slice(place // VOICES_EACH, None, len(voices) // VOICES_EACH)
        yield Spoken(
            language=script.language,
            sentence=sentence,
            before=_one_of(frames.before[share], generator),
            after=_one_of(frames.after[share], generator),
            voice=voices[place],
        )


def _one_of(texts: Sequence[str], generator: np.random.Generator) -> str:
    return texts[int(generator.integers(len(texts)))]


def _on_the_line(spoken: Spoken, snrs_db: Sequence[float], generator: np.random.Generator) -> Iterator[Clip]:
    for snr_db in snrs_db:
        yield Clip(
            spoken=spoken,
            snr_db=snr_db,
            noise=tuple(Noise)[generator.integers(len(Noise))],
            encoding=(Encoding.MULAW, Encoding.ALAW)[generator.integers(2)],
        )


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
