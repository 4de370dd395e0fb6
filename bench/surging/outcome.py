"""What simulated weeks gave: the surges that were found, and the figures of many seeds. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from bench.surging.planting import Planted


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a seed gave."""

    planted: list[tuple[Planted, float | None]]
    """With minutes until it was found."""
    false: int
    again: int
    """How often a planted surge was told once more: in the other language, or of other words."""


def figures(outcomes: Sequence[Outcome], within: timedelta = timedelta(hours=1)) -> dict[str, object]:
    """What is written, and the curve."""
    every = [(one, found) for outcome in outcomes for one, found in outcome.planted]
    limit = within / timedelta(minutes=1)
    curve: dict[str, list[bool]] = defaultdict(list)
    for one, found in every:
        step = next((step for step in (20, 40, 60, 80, 100, 150, 200) if one.ambient < step), 999)
        curve[f"x{one.size:g} below {step}/h"].append(found is not None and found <= limit)
    in_time = [found for _, found in every if found is not None and found <= limit]
    return {
        "found": len(in_time),
        "planted": len(every),
        "false_per_week": sum(outcome.false for outcome in outcomes) / len(outcomes),
        "most_false_in_a_week": max(outcome.false for outcome in outcomes),
        "told_again_per_surge": round(sum(outcome.again for outcome in outcomes) / max(1, len(in_time)), 2),
        "minutes_median": float(np.median(in_time)) if in_time else None,
        "curve": {name: f"{sum(hits)}/{len(hits)}" for name, hits in sorted(curve.items())},
    }
