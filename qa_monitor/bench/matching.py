"""One measure for every server, also for one that tells no times: which final carries which utterance. Pure.

Per channel the words of all finals, in order of arrival, are paired with the words that were spoken. An utterance has
its text when the final with its last word has come. A word cannot be heard before its utterance was begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_monitor.bench.words import Pair, aligned, word_errors, words_of

LEAST_SHARE = 1 / 3
"""An utterance of which fewer words were heard, rightly or wrongly, is lost."""
LATE_COST_PER_S = 0.05
"""A wrong word costs up to 1.6 and one left out 1: seconds only decide between words that are hardly alike."""
MOST_LATE_COST = 0.9
"""Also a server that is always very late is matched by its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An utterance with the wall times at which its beginning and its end had been sent."""

    key: str
    text: str
    begun_at_s: float
    ended_at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A final text and when it came."""

    text: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What became of one utterance."""

    said: Said
    latency_s: float | None
    """From its end, as it was sent, to the final with its last word; none where it is lost."""

    @property
    def lost(self) -> bool:
        """No text of it came."""
        return self.latency_s is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """One channel."""

    utterances: tuple[Met, ...]
    errors: int
    words: int


def match(said: Sequence[Said], came: Sequence[Came]) -> Matched:
    """Utterances in order of their beginning, finals in order of their arrival."""
    spoken = [(word, place) for place, one in enumerate(said) for word in words_of(one.text)]
    heard = [(word, final.at_s) for final in came for word in words_of(final.text)]
    spoken_words, heard_words = [word for word, _ in spoken], [word for word, _ in heard]
    extra = _extra([said[place] for _, place in spoken], [at_s for _, at_s in heard])
    pairs = aligned(spoken_words, heard_words, extra)
    found: list[list[Pair]] = [[] for _ in said]
    for pair in pairs:
        found[spoken[pair.spoken][1]].append(pair)
    return Matched(
        utterances=tuple(
            Met(said=one, latency_s=_latency_s(one, mine, [at_s for _, at_s in heard]))
            for one, mine in zip(said, found, strict=True)
        ),
        errors=word_errors(spoken_words, heard_words),
        words=len(spoken_words),
    )


def _extra(spoken: Sequence[Said], arrived: Sequence[float]) -> NDArray[np.float64]:
    """A word is not heard before it is begun; and rather soon than late, so that one badly heard stays where it is."""
    at_s = np.array(arrived)[None, :]
    begun_s = np.array([one.begun_at_s for one in spoken])[:, None]
    ended_s = np.array([one.ended_at_s for one in spoken])[:, None]
    late = np.clip((at_s - ended_s) * LATE_COST_PER_S, 0.0, MOST_LATE_COST)
    found: NDArray[np.float64] = np.where(at_s >= begun_s, late, np.inf)
    return found


def _latency_s(said: Said, pairs: Sequence[Pair], arrived: Sequence[float]) -> float | None:
    if not pairs or len(pairs) < len(words_of(said.text)) * LEAST_SHARE:
        return None
    # a word that only stands for another may belong to the next final: it decides where there is no better one
    last = max([pair for pair in pairs if pair.alike] or pairs, key=lambda pair: pair.spoken)
    return arrived[last.heard] - said.ended_at_s
