"""Adapter: which of many strings of sounds are likest to one, through rapidfuzz."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One of the strings and how alike it is, 0 to 1."""

    key: str
    likeness: float


def likest(key: str, among: Sequence[str], *, at_least: float, most: int) -> Sequence[Likeness]:
    """The likest first, at most `most`, none less alike than `at_least`."""
    found = process.extract(
        key, among, scorer=Levenshtein.normalized_similarity, processor=None, score_cutoff=at_least, limit=most
    )
    return [Likeness(key=text, likeness=float(score)) for text, score, _ in found]
