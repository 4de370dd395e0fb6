"""Adapter: the Whisper speech model through CTranslate2, encoding only what was said.

Every other server pads each pass to 30 s. Here a window is the utterance plus one second of silence; cached encoder
states of silence are grafted after it, so that the decoder sees the shape it was trained on and stops by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from math import exp
from pathlib import Path

import ctranslate2
import numpy as np
import soundfile
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray
from tokenizers import Tokenizer as TokenizerFile

from streams.gates import is_loop
from streams.records import Embedding, Language, Word

RATE_HZ = 16_000
FRAMES_PER_S = 100
POSITIONS_PER_S = 50
FULL_POSITIONS = 1500
TAIL_FRAMES = 100
"""One second of silence is encoded after every utterance; with less the decoder tends to loop."""
ROOM_AFTER = 100
"""Positions of grafted silence that even the longest utterance is followed by."""
ROOM_S = 29
"""The cached states come from one short word followed by this much silence, so that hardly a trace of it is left."""
TOKENS_PER_S = 8
"""Nobody speaks faster for long: the cap that ends a runaway decoder."""

Audio = NDArray[np.float32]
States = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """What the model is asked to transcribe."""

    audio: Audio
    """Mono, 16 kHz, -1 to 1, at most 28 s."""
    language: Language | None
    """None: choose among `languages`."""
    languages: tuple[Language, ...]
    wants_embedding: bool = False
    wants_times: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What the model heard. Word times are seconds from the start of the window."""

    text: str
    words: tuple[Word, ...]
    language: Language
    language_probability: float
    confidence: float
    """0 to 1: geometric mean of the token probabilities."""
    no_speech: float
    """0 to 1: how sure the model is that nobody spoke."""
    retried: bool
    """The decoder went round in circles and was given a full window."""
    looping: bool
    """It still did."""
    embedding: Embedding | None


class SpeechModel:
    """The loaded model, shared by all calls and threads. Holds no state of any call."""

    def __init__(
        self, folder: Path, *, device: str = "cpu", compute_type: str = "int8", workers: int = 2, threads: int = 1
    ) -> None:
        self._model = ctranslate2.models.Whisper(
            str(folder), device=device, compute_type=compute_type, inter_threads=workers, intra_threads=threads
        )
        self._mel = FeatureExtractor(feature_size=self._model.n_mels)
        file = TokenizerFile.from_file(str(folder / "tokenizer.json"))
        self._tokenizers = {
            language: Tokenizer(file, self._model.is_multilingual, task="transcribe", language=language.value)
            for language in Language
        }
        self._silence = self._states_of_silence()

    def warm_up(self, languages: tuple[Language, ...]) -> None:
        """One real pass, so that the first call does not wait for memory."""
        self.recognise([Window(audio=np.zeros(RATE_HZ, np.float32), language=None, languages=languages)])

    def recognise(self, windows: Sequence[Window], positions: int = 750) -> list[Recognised]:
        """Transcribe together; one result each, in order. `positions`: the fewest the decoder is shown."""
        frames = [self._frames(window.audio) for window in windows]
        states = self._encode(frames, positions)
        languages = self._languages(windows, states)
        guesses = self._generate(states, [language for language, _ in languages], windows)
        results = []
        for index, (window, guess) in enumerate(zip(windows, guesses, strict=True)):
            view, tokens, retried = states[index : index + 1], guess, False
            if is_loop(guess.tokens):
                view = self._padded(frames[index])
                (tokens,) = self._generate(view, [languages[index][0]], [window])
                retried = True
            results.append(self._result(window, view, tokens, languages[index], retried=retried))
        return results

    def _frames(self, audio: Audio) -> NDArray[np.float32]:
        frames: NDArray[np.float32] = self._mel(audio, padding=0).astype(np.float32)
        return frames

    def _encode(self, frames: Sequence[NDArray[np.float32]], positions: int) -> States:
        longest = max(frame.shape[1] for frame in frames) + TAIL_FRAMES
        width = _safe_width(longest, self._model.n_mels)
        batch = np.zeros((len(frames), self._model.n_mels, width), np.float32)
        for row, frame in zip(batch, frames, strict=True):
            _lay(row, frame)
        encoded = np.asarray(self._model.encode(_view(batch), to_cpu=True))
        shown = min(FULL_POSITIONS, max(positions, encoded.shape[1] + ROOM_AFTER))
        states = np.repeat(self._silence[None, :shown], len(frames), axis=0)
        for row, state, frame in zip(states, encoded, frames, strict=True):
            own = min((frame.shape[1] + TAIL_FRAMES) // 2, encoded.shape[1])
            row[:own] = state[:own]
        return states

    def _padded(self, frame: NDArray[np.float32]) -> States:
        batch = np.zeros((1, self._model.n_mels, 2 * FULL_POSITIONS), np.float32)
        _lay(batch[0], frame)
        return np.asarray(self._model.encode(_view(batch), to_cpu=True), np.float32)

    def _languages(self, windows: Sequence[Window], states: States) -> list[tuple[Language, float]]:
        if all(window.language is not None for window in windows):
            return [(window.language or Language.EN, 1.0) for window in windows]
        found = self._model.detect_language(_view(states))
        return [
            (window.language, 1.0) if window.language is not None else _best(probabilities, window.languages)
            for window, probabilities in zip(windows, found, strict=True)
        ]

    def _generate(self, states: States, languages: Sequence[Language], windows: Sequence[Window]) -> list["_Guess"]:
        prompts = [
            [*self._tokenizers[language].sot_sequence, self._tokenizers[language].no_timestamps]
            for language in languages
        ]
        longest_s = max(len(window.audio) for window in windows) / RATE_HZ
        found = self._model.generate(
            _view(states),
            prompts,
            beam_size=1,
            max_length=min(448, 2 * (len(prompts[0]) + 8 + int(TOKENS_PER_S * longest_s))),
            return_scores=True,
            return_no_speech_prob=True,
        )
        ends = {self._tokenizers[language].eot for language in languages}
        return [
            _Guess(
                tokens=tuple(token for token in result.sequences_ids[0] if token not in ends),
                confidence=exp(min(0.0, result.scores[0])),
                no_speech=result.no_speech_prob,
            )
            for result in found
        ]

    def _result(
        self, window: Window, view: States, guess: "_Guess", language: tuple[Language, float], *, retried: bool
    ) -> Recognised:
        tokenizer = self._tokenizers[language[0]]
        duration_s = len(window.audio) / RATE_HZ
        tokens = [token for token in guess.tokens if token < tokenizer.eot]
        words = self._words(view, tokens, tokenizer, duration_s) if window.wants_times and tokens else ()
        return Recognised(
            text=tokenizer.decode(tokens).strip(),
            words=words,
            language=language[0],
            language_probability=language[1],
            confidence=guess.confidence,
            no_speech=guess.no_speech,
            retried=retried,
            looping=retried and is_loop(guess.tokens),
            embedding=_pooled(view[0], duration_s) if window.wants_embedding else None,
        )

    def _words(self, view: States, tokens: list[int], tokenizer: Tokenizer, duration_s: float) -> tuple[Word, ...]:
        frames = max(2, min(2 * view.shape[1], int(duration_s * FRAMES_PER_S)))
        (aligned,) = self._model.align(_view(view), tokenizer.sot_sequence, [tokens], frames, median_filter_width=7)
        texts, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
        ends = np.cumsum([len(group) for group in groups[:-1]])
        starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        first_time = _first_times(aligned.alignments, len(tokens) + 1)
        words = []
        for text, start, end in zip(texts, starts, ends, strict=False):
            begins, stops = min(first_time[start], duration_s), min(first_time[end], duration_s)
            chance = float(np.mean(aligned.text_token_probs[start:end]))
            words.append(Word(text=text, start_s=begins, end_s=max(begins, stops), probability=chance))
        return _joined(words)

    def _states_of_silence(self) -> States:
        with resources.files("streams").joinpath("data/room.flac").open("rb") as file:
            word, rate = soundfile.read(file, dtype="float32")
        room = np.zeros(ROOM_S * rate, np.float32)
        room[: len(word)] = word
        states: States = self._padded(self._frames(room))[0]
        return states


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    tokens: tuple[int, ...]
    confidence: float
    no_speech: float


def _lay(row: NDArray[np.float32], frame: NDArray[np.float32]) -> None:
    """Silence after the utterance is as quiet as its own quietest band (measured: fewer errors than plain zeros)."""
    row[:] = frame.min()
    row[:, : frame.shape[1]] = frame


def _safe_width(frames: int, mels: int) -> int:
    """An even number of frames whose positions CTranslate2 cannot take for mel bands."""
    width = frames + frames % 2
    return width + 2 if width // 2 == mels else width


def _view(array: NDArray[np.float32]) -> object:
    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array))


def _best(probabilities: Sequence[tuple[str, float]], allowed: tuple[Language, ...]) -> tuple[Language, float]:
    chances = {token.strip("<|>"): chance for token, chance in probabilities}
    total = sum(chances.get(language.value, 0.0) for language in allowed) or 1.0
    best = max(allowed, key=lambda language: chances.get(language.value, 0.0))
    return best, chances.get(best.value, 0.0) / total


def _pooled(states: States, duration_s: float) -> Embedding:
    own = states[: max(1, int(np.ceil(duration_s * POSITIONS_PER_S)))]
    return Embedding(mean=own.mean(axis=0), deviation=own.std(axis=0))


def _first_times(alignments: Sequence[tuple[int, int]], tokens: int) -> list[float]:
    """Seconds at which each token (and the end) begins: the first frame aligned to it."""
    times = [0.0] * tokens
    seen = -1
    for token, frame in alignments:
        while seen < token and seen + 1 < tokens:
            seen += 1
            times[seen] = frame / POSITIONS_PER_S
    for index in range(seen + 1, tokens):
        times[index] = times[index - 1] if index else 0.0
    return times


def _joined(pieces: list[Word]) -> tuple[Word, ...]:
    """Whole words: only a space begins a new one, so that "j'appelle" and "rendez-vous" stay in one piece."""
    words: list[Word] = []
    for piece in pieces:
        if words and not piece.text.startswith(" "):
            last, spoken = words[-1], any(letter.isalnum() for letter in piece.text)
            words[-1] = Word(
                text=last.text + piece.text,
                start_s=last.start_s,
                end_s=piece.end_s if spoken else last.end_s,
                probability=min(last.probability, piece.probability) if spoken else last.probability,
            )
        else:
            words.append(piece)
    return tuple(replace(word, text=word.text.strip()) for word in words if word.text.strip())
