"""Which hits two successive guesses of the same utterance agree on. Pure."""

from collections.abc import Sequence

from keywords.records import KeywordHit

NEAR_S = 1.0
"""Word times of a phrase may move by this much from one guess to the next."""


def agreed(before: Sequence[KeywordHit], now: Sequence[KeywordHit]) -> tuple[KeywordHit, ...]:
    """The hits of the newer guess that the older one had at nearly the same time."""
    return tuple(hit for hit in now if any(_is_same(old, hit) for old in before))


def _is_same(old: KeywordHit, hit: KeywordHit) -> bool:
    return (old.rule_id, old.part) == (hit.rule_id, hit.part) and abs(hit.start_s - old.start_s) <= NEAR_S
