"""What the model's detector says about the language of one window, weighed with what was known before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.records import Language

FEWEST_S = 1.5
"""Shorter windows say too little about the language to change anything."""
_LONG_S = 2.0
_LEAST_LONG, _LEAST_MEDIUM, _LEAST_SHORT = 0.005, 0.015, 0.3
"""Added to every chance, by length: no window makes one language more than 200 (66, 4) times as likely."""
_FOREIGN = 0.15
"""Of what the detector gives to languages that are not expected, this share is added to every chance too: a detector
that hears a third language has little to say about which of the two it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Before anything else is known: how likely each language is, 0 to 1, from the sound alone."""

    expected: Mapping[Language, float]
    """Of those that may be spoken. Together less than 1: the detector knows about a hundred."""
    likeliest: str
    """The code of the likeliest of all."""

    @property
    def foreign(self) -> float:
        """The share of all other languages."""
        return min(1.0, max(0.0, 1.0 - sum(self.expected.values())))


def chances_of(found: Sequence[tuple[str, float]], expected: tuple[Language, ...]) -> Chances:
    """`found`: each language the model knows as it writes it ("<|fr|>"), with its probability."""
    shares = {token.strip("<|>"): share for token, share in found}
    return Chances(
        expected={language: shares.get(language.value, 0.0) for language in expected},
        likeliest=max(shares, key=shares.__getitem__, default=""),
    )


def weighed(prior: Mapping[Language, float], chances: Chances, duration_s: float) -> dict[Language, float]:
    """How likely each language is now; together 1. `prior`: how likely each was before, none of them 0."""
    least = _least(duration_s) + _FOREIGN * chances.foreign
    weights = {language: before * (chances.expected.get(language, 0.0) + least) for language, before in prior.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def decided(prior: Mapping[Language, float] | None, chances: Chances, duration_s: float) -> tuple[Language, float]:
    """The likeliest expected language and how likely it is. `prior`: none where nothing is known."""
    known = prior if prior else dict.fromkeys(chances.expected, 1 / len(chances.expected))
    now = weighed(known, chances, duration_s)
    language = max(now, key=now.__getitem__)
    return language, now[language]


def _least(duration_s: float) -> float:
    if duration_s >= _LONG_S:
        return _LEAST_LONG
    return _LEAST_MEDIUM if duration_s >= FEWEST_S else _LEAST_SHORT
