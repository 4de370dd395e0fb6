"""Adapter: the Whisper speech model through CTranslate2, encoding only what was said.

Every other server pads each pass to 30 s. Here a window is the utterance plus one second of silence; cached encoder
states of silence are grafted after it, so that the decoder sees the shape it was trained on and stops by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from math import ceil
from pathlib import Path
from time import perf_counter

import ctranslate2
import numpy as np
import soundfile
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from streams.company import echoes, without_joint, words_without_joint
from streams.encoder_input import Frames, batch_of, lay
from streams.gates import is_loop
from streams.grafting import FULL_POSITIONS, POSITIONS_PER_S, States, grafted
from streams.guess import Guess, guess_of
from streams.hearings import hearings_of
from streams.holes import better_of, halves_of, hole_in
from streams.language_chances import Chances, chances_of, decided
from streams.loading import Place, load
from streams.recipe import USUAL, Recipe, Tail
from streams.records import Audio, Embedding, Language, Word
from streams.seeking import sought_in
from streams.text_scores import Scores, scores_on
from streams.vocabulary.scoring import repaired
from streams.window import Recognised, Window
from streams.word_times import evenly_spread, first_times, whole_words

RATE_HZ = 16_000
FRAMES_PER_S = 100
DETECTED_POSITIONS = 200
"""The language is told by so many positions, 4 s: more of them cost more and say no more."""
DETECTION = Recipe(near=25, far=25)
"""Silence behind those: without it, English prompts were taken for Hawaiian or Tamil; with more it costs more."""
ROOM_S = 29
"""The cached states come from one short word followed by this much silence, so that hardly a trace of it is left."""


class SpeechModel:
    """The loaded model, shared by all calls and threads. Holds no state of any call."""

    def __init__(
        self,
        folder: Path,
        *,
        device: str = "cpu",
        compute_type: str = "int8",
        workers: int = 2,
        threads: int = 1,
        whole: bool = False,
    ) -> None:
        """`whole`: with the pieces of words of all languages, for comparison (see `narrowing.py`)."""
        place = Place(device=device, compute_type=compute_type, workers=workers, threads=threads)
        loaded = load(folder, place, whole=whole)
        self._model = loaded.model
        self.whole_because = loaded.whole_because
        """Why it weighs the pieces of all languages, which costs about a tenth more; none where it does not."""
        self._mel = FeatureExtractor(feature_size=self._model.n_mels)
        self._tokenizers = {
            language: Tokenizer(
                loaded.tokenizer, self._model.is_multilingual, task="transcribe", language=language.value
            )
            for language in Language
        }
        self._silence = self._states_of_silence()

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """Transcribe together; one result each, in order."""
        frames = [self._frames(window.shown) for window in windows]
        own = self._encode(frames, recipe)
        states = grafted(own, self._silence, recipe)
        languages = self._languages(windows, own)
        guesses = self._generate(states, [spoken.language for spoken in languages], windows, recipe)
        results = []
        for index, (window, guess) in enumerate(zip(windows, guesses, strict=True)):
            view, tokens, retried = own[index], guess, False
            if recipe.retry and is_loop(guess.tokens):
                view = self._padded(frames[index])
                (tokens,) = self._generate(view[None], [languages[index].language], [window], recipe)
                retried = True
            result = self._result(window, view, tokens, languages[index], retried=retried)
            if window.before is not None and echoes(result.text, window.before.text):
                results += self.recognise([replace(window, before=None)], recipe)
                continue
            mended = self._in_halves(window, result, recipe) if recipe.halvings else None
            results.append(mended or self._with_sought(window, view, result, tokens, recipe))
        return results

    def _in_halves(self, window: Window, whole: Recognised, recipe: Recipe) -> Recognised | None:
        """What was heard in two halves of the audio where a part of it had been passed over; none where that is all."""
        hole = hole_in(whole, window.audio) if window.final and window.wants_times else None
        if hole is None:
            return None
        _let_others_go_first(window)
        halves = halves_of(window.audio, hole)
        alone = replace(window, language=whole.language, before=None, wants_embedding=False)
        windows, began_s = [replace(alone, audio=half) for half in halves], perf_counter()
        heard = self.recognise(windows, replace(recipe, halvings=recipe.halvings - 1))
        better = better_of(whole, heard, len(halves[0]) / RATE_HZ)
        return None if better is None else replace(better, again_s=perf_counter() - began_s)

    def _with_sought(self, window: Window, view: States, found: Recognised, guess: Guess, recipe: Recipe) -> Recognised:
        """The same with phrases that may have been said where other words were recognised."""
        if window.seeker is None:
            return found
        tokenizer = self._tokenizers[found.language]
        others = [_text(one, tokenizer, window) for one in guess.others]
        hearings = hearings_of(window.audio, found.confidence) if window.twice else []
        _let_others_go_first(window)
        began_s = perf_counter()
        guesses = [*self._heard_again(hearings, window, found.language, recipe), *others]
        again_s = perf_counter() - began_s if hearings else 0.0
        _let_others_go_first(window)
        scores = self._scores(view, window, found.language)
        sought = sought_in(window.seeker, found.words, found.language, scores, guesses)
        return replace(found, sought=sought, again_s=again_s)

    def _heard_again(
        self, hearings: Sequence[Sequence[Audio]], window: Window, language: Language, recipe: Recipe
    ) -> list[str]:
        """The text of each hearing, all in one batch."""
        asked = Window(
            audio=window.audio, language=language, languages=window.languages, wants_times=False, beam=window.beam
        )
        parts = [replace(asked, audio=part) for hearing in hearings for part in hearing]
        texts = iter([found.text for found in self.recognise(parts, recipe)] if parts else [])
        return [" ".join(next(texts) for _ in hearing) for hearing in hearings]

    def _scores(self, view: States, window: Window, language: Language) -> Scores:
        tokenizer, told = self._tokenizers[language], self._told(window, language)
        return scores_on(view, lambda states, texts: self._forced(states, texts, tokenizer, told))

    def embedding(self, audio: Audio, recipe: Recipe = USUAL) -> Embedding:
        """What the emotion model is shown of an utterance of at most `ROOM_S`, without finding out what was said."""
        (own,) = self._encode([self._frames(audio)], recipe)
        return _pooled(own, len(audio) / RATE_HZ)

    def _frames(self, audio: Audio) -> Frames:
        frames: Frames = self._mel(audio, padding=0).astype(np.float32)
        return frames

    def _encode(self, frames: Sequence[Frames], recipe: Recipe) -> list[States]:
        """The states of each window and its tail."""
        groups = [list(frames)] if recipe.encode_together else [[frame] for frame in frames]
        return [states for group in groups for states in self._encode_group(group, recipe)]

    def _encode_group(self, frames: Sequence[Frames], recipe: Recipe) -> list[States]:
        batch = batch_of(frames, recipe, self._model.n_mels)
        encoded = np.asarray(self._model.encode(_view(batch), to_cpu=True), np.float32)
        return [
            states[: min(FULL_POSITIONS, (frame.shape[1] + recipe.tail_frames) // 2)]
            for states, frame in zip(encoded, frames, strict=True)
        ]

    def _padded(self, frame: Frames) -> States:
        """The states of a window filled up to 30 s."""
        batch = np.zeros((1, self._model.n_mels, 2 * FULL_POSITIONS), np.float32)
        lay(batch[0], frame, Tail.OWN_BAND)
        states: States = np.asarray(self._model.encode(_view(batch), to_cpu=True), np.float32)[0]
        return states

    def _languages(self, windows: Sequence[Window], own: Sequence[States]) -> list["_Spoken"]:
        """Of each window: as told, or by the sound of its first seconds."""
        asked = [index for index, window in enumerate(windows) if window.language is None]
        found = iter(self._detected([own[index] for index in asked]) if asked else ())
        spoken = []
        for window in windows:
            if window.language is not None:
                spoken.append(_Spoken(language=window.language, probability=1.0, chances=None))
                continue
            chances = chances_of(next(found), window.languages)
            language, probability = decided(window.prior, chances, len(window.audio) / RATE_HZ)
            spoken.append(_Spoken(language=language, probability=probability, chances=chances))
        return spoken

    def _detected(self, own: Sequence[States]) -> list[list[tuple[str, float]]]:
        """Each language the model knows with its probability, for each window."""
        states = grafted([one[:DETECTED_POSITIONS] for one in own], self._silence, DETECTION)
        if states.shape[1] == self._model.n_mels:  # CTranslate2 would take these states for mel bands
            states = np.concatenate([states, np.repeat(self._silence[None, -1:], len(own), axis=0)], axis=1)
        found: list[list[tuple[str, float]]] = self._model.detect_language(_view(states))
        return found

    def _generate(
        self, states: States, languages: Sequence[Language], windows: Sequence[Window], recipe: Recipe
    ) -> list[Guess]:
        told = [self._told(window, language) for window, language in zip(windows, languages, strict=True)]
        prompts = [
            [*self._tokenizers[language].sot_sequence, self._tokenizers[language].no_timestamps, *tokens]
            for language, tokens in zip(languages, told, strict=True)
        ]
        longest_s = max(len(window.audio) for window in windows) / RATE_HZ
        beam = max(recipe.beam, min(window.beam or 1 for window in windows))
        found = self._model.generate(
            _view(states),
            prompts,
            beam_size=beam,
            num_hypotheses=beam,
            max_length=min(448, 2 * (max(map(len, prompts)) + 8 + int(recipe.tokens_per_s * longest_s))),
            return_scores=True,
            return_no_speech_prob=True,
        )
        ends = {self._tokenizers[language].eot for language in languages}
        return [
            guess_of(result.sequences_ids, result.scores[0], result.no_speech_prob, ends, len(tokens))
            for result, tokens in zip(found, told, strict=True)
        ]

    def _told(self, window: Window, language: Language) -> list[int]:
        """The text of the company, as the decoder would have written it."""
        if window.before is None:
            return []
        told: list[int] = self._tokenizers[language].encode(" " + window.before.text)
        return told

    def _result(self, window: Window, view: States, guess: Guess, spoken: "_Spoken", *, retried: bool) -> Recognised:
        tokenizer = self._tokenizers[spoken.language]
        duration_s = len(window.audio) / RATE_HZ
        tokens = [token for token in guess.tokens if token < tokenizer.eot]
        text = _text(guess.tokens, tokenizer, window)
        words = (
            self._words(view, tokens, window, spoken.language)
            if window.wants_times
            else evenly_spread(text, duration_s, guess.confidence)
        )
        if window.vocabulary is not None:
            scores = self._scores(view, window, spoken.language)
            named = repaired(window.vocabulary, words, spoken.language, scores)
            text, words = (text, words) if named == words else (" ".join(word.text for word in named), named)
        return Recognised(
            text=text,
            words=words,
            language=spoken.language,
            language_probability=spoken.probability,
            chances=spoken.chances,
            confidence=guess.confidence,
            no_speech=guess.no_speech,
            retried=retried,
            looping=retried and is_loop(guess.tokens),
            embedding=_pooled(view[round(window.before_s * POSITIONS_PER_S) :], duration_s)
            if window.wants_embedding
            else None,
        )

    def _words(self, own: States, tokens: list[int], window: Window, language: Language) -> tuple[Word, ...]:
        if not tokens:
            return ()
        tokenizer, told = self._tokenizers[language], self._told(window, language)
        duration_s, before_s = len(window.audio) / RATE_HZ, window.before_s
        alignments, chances = self._aligned(own, [*told, *tokens], tokenizer, before_s + duration_s)
        texts, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
        ends = np.cumsum([len(group) for group in groups[:-1]])
        starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        seconds = first_times(alignments, len(told) + len(tokens) + 1)[len(told) :]
        times = [min(max(0.0, second - before_s), duration_s) for second in seconds]
        words = []
        for text, start, end in zip(texts, starts, ends, strict=False):
            chance = float(np.mean(chances[len(told) :][start:end]))
            words.append(Word(text=text, start_s=times[start], end_s=max(times[start], times[end]), probability=chance))
        whole = whole_words(words)
        return whole if window.before is None else words_without_joint(whole)

    def _aligned(
        self, own: States, tokens: list[int], tokenizer: Tokenizer, duration_s: float
    ) -> tuple[Sequence[tuple[int, int]], Sequence[float]]:
        """Pairs of token and position, and the probability of each token.

        On the window's own states alone: silence behind them only costs time.
        """
        if len(own) == self._model.n_mels:  # CTranslate2 would take these states for mel bands
            own = np.concatenate([own, self._silence[-1:]])
        frames = max(2, min(2 * len(own), int(duration_s * FRAMES_PER_S)))
        (aligned,) = self._model.align(
            _view(own[None]), tokenizer.sot_sequence, [tokens], frames, median_filter_width=7
        )
        return aligned.alignments, aligned.text_token_probs

    def _forced(
        self, own: States, texts: Sequence[str], tokenizer: Tokenizer, told: Sequence[int] = ()
    ) -> list[list[float]]:
        """The probability of each token of texts that are forced on the same states, all behind the tokens `told`."""
        if len(own) == self._model.n_mels:  # CTranslate2 would take these states for mel bands
            own = np.concatenate([own, self._silence[-1:]])
        tokens = [[*told, *tokenizer.encode(f" {text}")] for text in texts]
        batch = np.repeat(own[None], len(texts), axis=0)
        found = self._model.align(_view(batch), tokenizer.sot_sequence, tokens, 2 * len(own), median_filter_width=7)
        return [one.text_token_probs[len(told) :] for one in found]

    def _states_of_silence(self) -> States:
        with resources.files("streams").joinpath("data/room.flac").open("rb") as file:
            word, rate = soundfile.read(file, dtype="float32")
        room = np.zeros(ROOM_S * rate, np.float32)
        room[: len(word)] = word
        return self._padded(self._frames(room))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    language: Language
    probability: float
    chances: Chances | None


def _let_others_go_first(window: Window) -> None:
    if window.pause is not None:
        window.pause()


def _text(tokens: Sequence[int], tokenizer: Tokenizer, window: Window) -> str:
    written: str = tokenizer.decode([token for token in tokens if token < tokenizer.eot])
    return written.strip() if window.before is None else without_joint(written.strip())


def _view(array: NDArray[np.float32]) -> object:
    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array))


def _pooled(states: States, duration_s: float) -> Embedding:
    own = states[: max(1, ceil(duration_s * POSITIONS_PER_S))]
    return Embedding(mean=own.mean(axis=0), deviation=own.std(axis=0))
