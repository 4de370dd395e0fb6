"""Which of the words that are said together people are shown: those that tell most. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

ALIKE = 0.85
"""Words as alike as that are one word, misheard."""


def label(shown: Sequence[str], most: int) -> tuple[str, ...]:
    """So many at most, in their order: longer ones for the shorter ones they hold, none that only misspells another."""
    chosen: list[str] = []
    for words in dict.fromkeys(shown):
        if any(_holds(each, words) or _alike(each, words) for each in chosen):
            continue
        held = [place for place, each in enumerate(chosen) if _holds(words, each)]
        if held:
            chosen[held[0]] = words
            chosen = [each for place, each in enumerate(chosen) if place not in held[1:]]
        else:
            chosen.append(words)
    return tuple(chosen[:most])


def _holds(longer: str, shorter: str) -> bool:
    return set(shorter.split()) <= set(longer.split())


def _alike(one: str, other: str) -> bool:
    as_long = len(one.split()) == len(other.split())
    return as_long and SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= ALIKE
