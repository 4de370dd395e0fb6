"""Surges that are planted in the last week: one matter comes 2 to 3 times as often for three hours. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.surging.speech import MATTERS
from bench.surging.world import PER_HOUR, World
from qa_monitor.themes.surging import SLOTS_PER_HOUR
from streams.records import CallId

LASTS_SLOTS = 3 * SLOTS_PER_HOUR
SIZES = (2.0, 2.5, 3.0)
OVER_H = 2
"""So long after its end a surge that is told is none of chance."""
HEADLINE = (100.0, 1e9)
"""Ambient calls an hour of the matters in which the headline's surges are planted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One surge."""

    matter: int
    slot: int
    """Of the last week's open slots."""
    size: float
    ambient: float
    """Calls an hour, as usual."""


def plant(world: World, dice: np.random.Generator, *, curve: bool) -> tuple[Planted, ...]:
    """One surge a day, each in another matter."""
    matters = dice.permutation(len(MATTERS))[:5]
    rates = PER_HOUR * world.shares
    if not curve:
        able = [int(m) for m in np.argsort(-rates) if rates[m] >= HEADLINE[0]]
        matters = dice.permutation(able)[:5]
    starts = [day * 11 * SLOTS_PER_HOUR + int(dice.integers(6, 40)) for day in range(5)]
    return tuple(
        Planted(
            matter=int(matter),
            slot=start,
            size=float(dice.choice(SIZES)),
            ambient=float(world.shares[matter] * world.pattern[start // SLOTS_PER_HOUR]),
        )
        for matter, start in zip(matters, starts, strict=False)
    )


def beside(planted: tuple[Planted, ...], world: World, dice: np.random.Generator) -> tuple[Planted, ...]:
    """One more beside each, of the next one's matter."""
    others = [*planted[1:], planted[0]]
    starts = [one.slot + int(dice.integers(0, SLOTS_PER_HOUR)) for one in planted]
    pattern, shares = world.pattern, world.shares
    return tuple(
        replace(other, slot=start, ambient=float(shares[other.matter] * pattern[start // SLOTS_PER_HOUR]))
        for other, start in zip(others, starts, strict=True)
    )


def right(planted: Sequence[Planted], calls: frozenset[CallId], slot: int) -> Planted | None:
    """The planted surge that most of these calls are of; none: a false alarm."""
    matters = defaultdict[int, int](int)
    for call in calls:
        matters[int(call.split("-")[0])] += 1
    for one in planted:
        lasts = one.slot <= slot < one.slot + LASTS_SLOTS + SLOTS_PER_HOUR * OVER_H
        if lasts and matters[one.matter] * 2 > len(calls):
            return one
    return None
