"""Adapter: the language of each window, told by the speech model where nobody said it."""

from collections.abc import Sequence
from dataclasses import dataclass

import ctranslate2
import numpy as np

from streams.model.encoder import RATE_HZ, storage_of
from streams.model.grafting import States, grafted
from streams.model.language_chances import Chances, chances_of, decided
from streams.model.recipe import Recipe
from streams.model.window import Window
from streams.records import Language

DETECTED_POSITIONS = 200
"""The language is told by so many positions, 4 s: more of them cost more and say no more."""
DETECTION = Recipe(near=25, far=25)
"""Silence behind those: without it, English prompts were taken for Hawaiian or Tamil; with more it costs more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The language of a window, how sure that is, and what the detector said, where it was asked."""

    language: Language
    probability: float
    chances: Chances | None


class Detector:
    """Safe to share."""

    def __init__(self, model: ctranslate2.models.Whisper, silence: States) -> None:
        """`silence`: states of 30 s that hold only silence."""
        self._model, self._silence = model, silence

    def languages(self, windows: Sequence[Window], own: Sequence[States]) -> list[Spoken]:
        """Of each window: as told, or by the sound of its first seconds."""
        asked = [index for index, window in enumerate(windows) if window.language is None]
        found = iter(self._detected([own[index] for index in asked]) if asked else ())
        spoken = []
        for window in windows:
            if window.language is not None:
                spoken.append(Spoken(language=window.language, probability=1.0, chances=None))
                continue
            chances = chances_of(next(found), window.languages)
            language, probability = decided(window.prior, chances, len(window.audio) / RATE_HZ)
            spoken.append(Spoken(language=language, probability=probability, chances=chances))
        return spoken

    def _detected(self, own: Sequence[States]) -> list[list[tuple[str, float]]]:
        """Each language the model knows with its probability, for each window."""
        states = grafted([one[:DETECTED_POSITIONS] for one in own], self._silence, DETECTION)
        if states.shape[1] == self._model.n_mels:  # CTranslate2 would take these states for mel bands
            states = np.concatenate([states, np.repeat(self._silence[None, -1:], len(own), axis=0)], axis=1)
        found: list[list[tuple[str, float]]] = self._model.detect_language(storage_of(states))
        return found
