"""Which waiting windows, from any call, share the next pass, and which are too late. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a pass is for. Lower goes first."""

    FINAL = 0
    PARTIAL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One window in the queue."""

    kind: Kind
    since_s: float
    """When it was submitted, on the engine's monotonic clock."""
    duration_s: float
    """Length of its audio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Positions in the queue: taken together now, and dropped as too late."""

    taken: tuple[int, ...]
    stale: tuple[int, ...]


STALE_PARTIAL_S = 2.0
"""A partial that waited this long is overtaken by the next one."""
LENGTH_SPREAD_S = 3.0
"""Windows whose lengths differ by more are not padded to one another."""


def next_batch(waiting: Sequence[Waiting], now_s: float, limit: int) -> Batch:
    """Finals before partials, oldest first; companions of similar length, finals never behind partials."""
    stale = tuple(
        index for index, job in enumerate(waiting) if job.kind is Kind.PARTIAL and now_s - job.since_s > STALE_PARTIAL_S
    )
    ranked = sorted(
        set(range(len(waiting))) - set(stale), key=lambda index: (waiting[index].kind, waiting[index].since_s)
    )
    if not ranked:
        return Batch(taken=(), stale=stale)
    first = waiting[ranked[0]]
    similar = [
        index
        for index in ranked
        if waiting[index].kind is first.kind and abs(waiting[index].duration_s - first.duration_s) <= LENGTH_SPREAD_S
    ]
    return Batch(taken=tuple(similar[:limit]), stale=stale)
