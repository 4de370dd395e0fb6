"""Words of a text, how many of them are wrong, and which heard word stands for which spoken one. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.process import cdist

DIFFERENT = 1.6
"""What it costs to take one word for quite another: less than leaving out both (2), more than leaving out one."""
ALIKE = 0.5
"""Words this similar (0 to 1) are taken for the same, badly heard."""
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Words in lower case without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFC", text.lower()).replace("’", "'"))


def word_errors(spoken: Sequence[str], heard: Sequence[str]) -> int:
    """Words to put in, leave out or exchange until both are the same."""
    return Levenshtein.distance(list(spoken), list(heard))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A heard word that stands for a spoken one; both by their places."""

    spoken: int
    heard: int
    alike: bool
    """It is that word, or nearly."""


def aligned(spoken: Sequence[str], heard: Sequence[str], extra: NDArray[np.float64] | None = None) -> tuple[Pair, ...]:
    """The cheapest pairing in order, by a Levenshtein distance in which similar words cost less to exchange.

    `extra` has a row per spoken word and a column per heard one: what taking it for that word costs more; may be inf.
    """
    if not spoken or not heard:
        return ()
    likeness = np.asarray(cdist(spoken, heard, scorer=Indel.normalized_similarity, dtype=np.float32))
    exchange = (DIFFERENT * (1 - likeness)).astype(np.float64)
    if extra is not None:
        exchange += extra
    costs = _costs(exchange)
    return tuple(
        Pair(spoken=row, heard=column, alike=bool(likeness[row, column] >= ALIKE))
        for row, column in _path(costs, exchange)
    )


def _costs(exchange: NDArray[np.float64]) -> NDArray[np.float64]:
    rows, columns = exchange.shape
    steps = np.arange(columns + 1, dtype=np.float64)
    costs = np.empty((rows + 1, columns + 1))
    costs[0] = steps
    for row in range(rows):
        above = costs[row]
        best = np.empty(columns + 1)
        best[0] = above[0] + 1
        best[1:] = np.minimum(above[1:] + 1, above[:-1] + exchange[row])
        # a heard word too many costs 1 from its left neighbour on: a running minimum along the row
        costs[row + 1] = np.minimum.accumulate(best - steps) + steps
    return costs


def _path(costs: NDArray[np.float64], exchange: NDArray[np.float64]) -> list[tuple[int, int]]:
    row, column = exchange.shape
    found: list[tuple[int, int]] = []
    while row and column:
        here = costs[row, column]
        if np.isclose(here, costs[row - 1, column - 1] + exchange[row - 1, column - 1]):
            row, column = row - 1, column - 1
            found.append((row, column))
        elif np.isclose(here, costs[row - 1, column] + 1):
            row -= 1
        else:
            column -= 1
    return found[::-1]
