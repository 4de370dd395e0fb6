"""Which hits of a guess at an utterance in progress may be believed before its final. Pure."""

from collections.abc import Sequence

from keywords.records import HitReason, KeywordHit
from streams.records import Utterance

NEAR_S = 1.0
"""Word times of a phrase may move by this much from one guess to the next."""
SURE = 0.9
"""A new word that the recogniser finds so likely, with more behind it, stays as often as one that two guesses have."""
BEHIND_S = 0.3
"""So much sound, and a word, follows it: the last words of a guess change most. Measured with `bench/partials.py`."""
CONTENT_LETTERS = 4
"""Shorter words are likely wherever they stand."""


def believed(before: Sequence[KeywordHit], now: Sequence[KeywordHit], guess: Utterance) -> tuple[KeywordHit, ...]:
    """Of the hits of this guess those that the one before had too, and those that stand firm the first time."""
    return tuple(hit for hit in now if stands_firm(hit, guess) or any(_is_same(old, hit) for old in before))


def stands_firm(hit: KeywordHit, guess: Utterance) -> bool:
    """Whether a phrase heard for the first time need not be heard again: plain words, sure ones, not the last."""
    content = [word for word in hit.words if len(word.text.strip()) >= CONTENT_LETTERS]
    return (
        hit.reason in (HitReason.EXACT, HitReason.INFLECTED)
        and bool(content)
        and all(word.probability >= SURE for word in content)
        and guess.end_s - hit.end_s >= BEHIND_S
        and any(word.start_s >= hit.end_s for word in guess.words)
    )


def _is_same(old: KeywordHit, hit: KeywordHit) -> bool:
    return (old.rule_id, old.part) == (hit.rule_id, hit.part) and abs(hit.start_s - old.start_s) <= NEAR_S
