"""Adapter: texts forced on the audio: where in it each token is heard, and how probable it is there."""

from collections.abc import Sequence

import ctranslate2
import numpy as np
from faster_whisper.tokenizer import Tokenizer

from streams.model.encoder import storage_of
from streams.model.grafting import States

FRAMES_PER_S = 100


class Forcing:
    """On a window's own states alone: silence behind them only costs time. Safe to share."""

    def __init__(self, model: ctranslate2.models.Whisper, silence: States) -> None:
        """`silence`: states of 30 s that hold only silence."""
        self._model, self._silence = model, silence

    def aligned(
        self, own: States, tokens: list[int], tokenizer: Tokenizer, duration_s: float
    ) -> tuple[Sequence[tuple[int, int]], Sequence[float]]:
        """Pairs of token and position, and the probability of each token."""
        own = self._distinct(own)
        frames = max(2, min(2 * len(own), int(duration_s * FRAMES_PER_S)))
        (aligned,) = self._model.align(
            storage_of(own[None]), tokenizer.sot_sequence, [tokens], frames, median_filter_width=7
        )
        return aligned.alignments, aligned.text_token_probs

    def chances(
        self, own: States, texts: Sequence[str], tokenizer: Tokenizer, told: Sequence[int] = ()
    ) -> list[list[float]]:
        """The probability of each token of texts that are forced on the same states, all behind the tokens `told`."""
        own = self._distinct(own)
        tokens = [[*told, *tokenizer.encode(f" {text}")] for text in texts]
        batch = np.repeat(own[None], len(texts), axis=0)
        found = self._model.align(
            storage_of(batch), tokenizer.sot_sequence, tokens, 2 * len(own), median_filter_width=7
        )
        return [one.text_token_probs[len(told) :] for one in found]

    def _distinct(self, own: States) -> States:
        """One position longer where CTranslate2 would take the states for mel bands."""
        return np.concatenate([own, self._silence[-1:]]) if len(own) == self._model.n_mels else own
