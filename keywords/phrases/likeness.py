"""How alike two strings are. The only file that imports rapidfuzz."""

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein


def letters_off(one: str, other: str, most: int) -> int:
    """How many letters to add, drop or change from one to the other; `most` + 1 for anything above."""
    return Levenshtein.distance(one, other, score_cutoff=most)


def similarity(one: str, other: str) -> float:
    """1 for the same string, 0 for nothing in common."""
    return Levenshtein.normalized_similarity(one, other)


def similarities(ones: Sequence[str], others: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs that are so similar, each by number, compared all at once."""
    found = process.cdist(
        ones, others, scorer=Levenshtein.normalized_similarity, score_cutoff=at_least, dtype=np.float32
    )
    for one, other in zip(*np.nonzero(found), strict=True):
        yield int(one), int(other), float(found[one, other])


def with_drops(text: str, most: int) -> Iterator[str]:
    """The text with up to `most` letters (0 to 2) dropped: what two strings share that are no further apart."""
    yield text
    if most < 1:
        return
    for first in range(len(text)):
        once = text[:first] + text[first + 1 :]
        yield once
        if most > 1:
            for second in range(first, len(once)):
                yield once[:second] + once[second + 1 :]
