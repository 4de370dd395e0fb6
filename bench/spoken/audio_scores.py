"""Adapter: how likely the speech model finds texts on an utterance, which is encoded again for it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.spoken.scoring import Proposals, Proposed, Scored, scored_of, with_phrase
from streams.recipe import USUAL
from streams.records import Language, Word
from streams.vocabulary_scoring import Scores, scores_on
from streams.whisper import SpeechModel
from streams.window import Audio


class ScoringModel(SpeechModel):
    """The speech model, asked about texts as well."""

    def scores_of(self, audio: Audio, language: Language) -> Scores:
        """For one utterance, 16 kHz."""
        (states,) = self._encode([self._frames(audio)], USUAL)
        tokenizer = self._tokenizers[language]
        return scores_on(states, lambda own, texts: self._forced(own, texts, tokenizer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What scoring one utterance took, while nothing else ran in the process."""

    encode_s: float
    """Processor time to encode it again."""
    score_s: float
    """Processor time to score its candidates."""


def scored(
    model: ScoringModel, audio: Audio, words: Sequence[Word], language: Language, proposals: Proposals
) -> tuple[list[Scored], Cost]:
    """Every phrase that may have been said in an utterance, scored."""
    proposed = proposals.of(words)
    if not proposed:
        return [], Cost(encode_s=0.0, score_s=0.0)
    began_s = time.process_time()
    scores = model.scores_of(audio, language)
    encoded_s = time.process_time()
    found = _on_audio(scores, words, proposed)
    return found, Cost(encode_s=encoded_s - began_s, score_s=time.process_time() - encoded_s)


def _on_audio(scores: Scores, words: Sequence[Word], proposed: Sequence[Proposed]) -> list[Scored]:
    texts = [" ".join(word.text for word in words), *(with_phrase(words, one.candidate) for one in proposed)]
    heard, *meant = scores.heard(texts)
    habit_heard, *habit_meant = scores.unheard(texts)
    return [
        scored_of(
            one,
            words,
            {"heard": heard, "meant": audio, "habit_heard": habit_heard, "habit_meant": habit},
        )
        for one, audio, habit in zip(proposed, meant, habit_meant, strict=True)
    ]
