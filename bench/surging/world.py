"""One made-up centre: its matters, what its customers say of them, and how many call when. Pure."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.surging.speech import MATTERS, a_speech
from qa_monitor.themes.records import EVERY, Said, Theme
from qa_monitor.themes.terms import terms_of
from streams.records import Language

OPEN = tuple(day * 24 + hour for day in range(5) for hour in range(8, 19))
PER_HOUR = 1200.0
"""Calls in an average open hour: about two hundred agents."""
TEXTS = 60
"""Different calls per matter and language; calls of a matter are drawn from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One seed's centre."""

    shares: NDArray[np.float64]
    pattern: NDArray[np.float64]
    """Calls per open hour of the week."""
    themes: tuple[Theme, ...]
    texts: Sequence[NDArray[np.int64]]
    """Themes of each text, by number; matter by matter, French first."""


def a_world(seed: int) -> World:
    """Texts of every matter, through the product's extraction."""
    dice = random.Random(seed)
    weights = np.array([1.0 / (rank + 2) for rank in range(len(MATTERS))])
    day = np.array([0.7, 1.0, 1.25, 1.2, 0.9, 0.8, 0.95, 1.1, 1.15, 1.0, 0.75])
    week = np.array([1.25, 1.05, 1.0, 0.95, 0.85])
    found: list[list[Theme]] = []
    for matter in range(len(MATTERS)):
        for language in (Language.FR, Language.EN):
            for _ in range(TEXTS):
                said = Said(start_s=0.0, end_s=9.0, text=a_speech(matter, language, dice).text, language=language)
                found.append(list(terms_of([said])))
    # what only one text says is a chance of its mishearings; in a centre it would be said once, here again and again
    times = Counter(theme for themes in found for theme in themes)
    numbers = {theme: number for number, theme in enumerate(theme for theme, texts in times.items() if texts > 1)}
    texts = [np.array([numbers[theme] for theme in themes if theme in numbers], dtype=np.int64) for themes in found]
    order = list(range(len(MATTERS)))
    dice.shuffle(order)
    return World(
        shares=(weights / weights.sum())[order],
        pattern=PER_HOUR * np.outer(week, day / day.mean()).ravel(),
        themes=tuple(numbers),
        texts=texts,
    )


def volumes(texts: NDArray[np.int64]) -> Mapping[str, int]:
    """So many calls, all and by language."""
    english = int(((texts // TEXTS) % 2).sum())
    return {EVERY: len(texts), "fr": len(texts) - english, "en": english}
