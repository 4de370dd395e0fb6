"""Adapter: the Whisper speech model through CTranslate2, encoding only what was said.

Every other server pads each pass to 30 s. Here a window is the utterance plus one second of silence; cached encoder
states of silence are grafted after it, so that the decoder sees the shape it was trained on and stops by itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from faster_whisper.tokenizer import Tokenizer

from streams.model.company import echoes, without_joint, words_without_joint
from streams.model.detector import Detector, Spoken
from streams.model.encoder import RATE_HZ, Encoder, pooled, storage_of
from streams.model.forcing import Forcing
from streams.model.gates import is_loop
from streams.model.grafting import POSITIONS_PER_S, States, grafted
from streams.model.guess import Guess, guess_of
from streams.model.hearings import hearings_of
from streams.model.holes import better_of, halves_of, hole_in
from streams.model.loading import Place, load
from streams.model.recipe import USUAL, Recipe
from streams.model.window import Recognised, Window
from streams.model.word_times import evenly_spread, first_times, whole_words
from streams.records import Audio, Embedding, Language, Word
from streams.vocabulary.scoring import repaired
from streams.vocabulary.seeking import sought_in
from streams.vocabulary.text_scores import Scores, scores_on


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
        """`whole`: with the pieces of words of all languages, for comparison (see `streams.model_files.narrowing`)."""
        place = Place(device=device, compute_type=compute_type, workers=workers, threads=threads)
        loaded = load(folder, place, whole=whole)
        self._model = loaded.model
        self.whole_because = loaded.whole_because
        """Why it weighs the pieces of all languages, which costs about a tenth more; none where it does not."""
        self._encoder = Encoder(self._model)
        self._detector = Detector(self._model, self._encoder.silence)
        self._forcing = Forcing(self._model, self._encoder.silence)
        self._tokenizers = {
            language: Tokenizer(
                loaded.tokenizer, self._model.is_multilingual, task="transcribe", language=language.value
            )
            for language in Language
        }

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """Transcribe together; one result each, in order."""
        frames = [self._encoder.frames(window.shown) for window in windows]
        own = self._encoder.encode(frames, recipe)
        states = grafted(own, self._encoder.silence, recipe)
        languages = self._detector.languages(windows, own)
        guesses = self._generate(states, [spoken.language for spoken in languages], windows, recipe)
        results = []
        for index, (window, guess) in enumerate(zip(windows, guesses, strict=True)):
            view, tokens, retried = own[index], guess, False
            if recipe.retry and is_loop(guess.tokens):
                view = self._encoder.padded(frames[index])
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
        return scores_on(view, lambda states, texts: self._forcing.chances(states, texts, tokenizer, told))

    def embedding(self, audio: Audio, recipe: Recipe = USUAL) -> Embedding:
        """What the emotion model is shown of an utterance of at most `encoder.ROOM_S`; its words are not found out."""
        (own,) = self._encoder.encode([self._encoder.frames(audio)], recipe)
        return pooled(own, len(audio) / RATE_HZ)

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
            storage_of(states),
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

    def _result(self, window: Window, view: States, guess: Guess, spoken: Spoken, *, retried: bool) -> Recognised:
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
            embedding=pooled(view[round(window.before_s * POSITIONS_PER_S) :], duration_s)
            if window.wants_embedding
            else None,
        )

    def _words(self, own: States, tokens: list[int], window: Window, language: Language) -> tuple[Word, ...]:
        if not tokens:
            return ()
        tokenizer, told = self._tokenizers[language], self._told(window, language)
        duration_s, before_s = len(window.audio) / RATE_HZ, window.before_s
        alignments, chances = self._forcing.aligned(own, [*told, *tokens], tokenizer, before_s + duration_s)
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


def _let_others_go_first(window: Window) -> None:
    if window.pause is not None:
        window.pause()


def _text(tokens: Sequence[int], tokenizer: Tokenizer, window: Window) -> str:
    written: str = tokenizer.decode([token for token in tokens if token < tokenizer.eot])
    return written.strip() if window.before is None else without_joint(written.strip())
