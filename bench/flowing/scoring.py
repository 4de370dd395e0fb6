"""What was told against what happened: precision, recall, F1, how far the beginnings are apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.flowing.script import Happening, Kind

ONSET_S = 0.3
"""Beginnings further apart than this do not belong together: one is missed, the other false."""
_NEAR_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well one kind was told."""

    precision: float
    recall: float
    f1: float
    happened: int
    onset_p50_s: float
    onset_p95_s: float
    """Of all that could be matched, however far apart."""
    second_right: float | None
    """Of the talk-overs matched, in how many the one who began second was named; none for what has no such."""


def score(kind: Kind, calls: Sequence[tuple[Sequence[Happening], Sequence[Happening]]]) -> Score:
    """Over pairs of what happened in a call and what was told of it."""
    happened = told = right = 0
    apart: list[float] = []
    seconds: list[bool] = []
    for truth, found in calls:
        wanted = [one for one in truth if one.kind is kind]
        left = [one for one in found if one.kind is kind]
        happened, told = happened + len(wanted), told + len(left)
        for one in wanted:
            nearest = min(left, key=lambda other: abs(other.start_s - one.start_s), default=None)
            if nearest is None or abs(nearest.start_s - one.start_s) > _NEAR_S:
                continue
            left.remove(nearest)
            apart.append(abs(nearest.start_s - one.start_s))
            if apart[-1] <= ONSET_S:
                right += 1
                seconds.append(nearest.second == one.second)
    precision, recall = right / max(1, told), right / max(1, happened)
    return Score(
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(2 * precision * recall / max(1e-9, precision + recall), 4),
        happened=happened,
        onset_p50_s=round(float(np.quantile(apart, 0.5)), 3) if apart else 0.0,
        onset_p95_s=round(float(np.quantile(apart, 0.95)), 3) if apart else 0.0,
        second_right=round(sum(seconds) / len(seconds), 4) if kind is Kind.TALK_OVER and seconds else None,
    )
