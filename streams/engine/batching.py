"""Which waiting windows, from any call, share the next pass, and which are too late. Pure.

On a processor each window of a pass is encoded by itself and only decoded with the others, so a window waits for the
encoding of its company and for the decoding of the longest, and whatever is said meanwhile waits for the whole pass.
That is why a pass is bounded by the sum of its audio rather than by how alike its windows are (`bench/passes.py` plays
both through), and why it holds windows of one kind: a final gains nothing by an early one that may be of no use.
Decoding together is much cheaper than apart, though: where finals pile up, each worker takes its share of them at once,
and what waits is heard sooner on the whole.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a pass is for. Lower goes first."""

    FINAL = 0
    """What was said, and the pause after it is long enough."""
    EARLY = 1
    """The same, tried in a short pause: becomes a final at the endpoint, is given up when speech goes on."""
    PARTIAL = 2
    """What has been said so far."""
    LATER = 3
    """What nobody had time for while it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One window in the queue. Times are on the engine's monotonic clock."""

    kind: Kind
    since_s: float
    """When it was submitted."""
    due_s: float
    """When it has waited until it is of no use; infinite for what comes later anyway."""
    duration_s: float
    """Length of what the encoder hears."""
    surplus: bool = False
    """Its call had many waiting when it came: it goes behind everybody else's of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Positions in the queue: taken together now, and dropped as too late."""

    taken: tuple[int, ...]
    stale: tuple[int, ...]


STALE_PARTIAL_S = 2.0
"""A partial that waited this long is overtaken by the next one."""
PASS_AUDIO_S = 5.0
"""Audio in one pass of a processor, unless a single window is longer."""
CROWDED_PASS_AUDIO_S = 16.0
"""The same where so many finals wait that a worker's share of them is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassLimits:
    """What may go into the next pass."""

    windows: int
    audio_s: float = PASS_AUDIO_S
    """Infinite for an accelerator, which encodes them all at once."""
    workers: int = 1
    """Among whom the finals that wait are shared."""
    kinds: Collection[Kind] = tuple(Kind)
    """What may be taken now."""


def next_batch(waiting: Sequence[Waiting], now_s: float, limits: PassLimits) -> Batch:
    """The most urgent window, and the next of its kind that fit in: finals, early ones, partials; oldest first.

    One for later goes alone, and only where nothing else waits: whoever comes then waits for one window, not eight.
    """
    stale = tuple(index for index, job in enumerate(waiting) if now_s > job.due_s)
    usable = [index for index, job in enumerate(waiting) if now_s <= job.due_s and job.kind in limits.kinds]
    ranked = sorted(usable, key=lambda index: _turn(waiting[index]))
    room_s = _room_s([waiting[index] for index in usable], limits)
    taken: list[int] = []
    audio_s = 0.0
    for index in ranked:
        job, lead = waiting[index], waiting[ranked[0]]
        most = 1 if lead.kind is Kind.LATER else limits.windows
        if not taken or (len(taken) < most and job.kind is lead.kind and audio_s + job.duration_s <= room_s):
            taken.append(index)
            audio_s += job.duration_s
    return Batch(taken=tuple(taken), stale=stale)


def _room_s(usable: Sequence[Waiting], limits: PassLimits) -> float:
    """Audio that this pass may hold: more than usual where a worker's share of the waiting finals is more."""
    finals_s = sum(job.duration_s for job in usable if job.kind is Kind.FINAL)
    return max(limits.audio_s, min(CROWDED_PASS_AUDIO_S, finals_s / limits.workers))


def _turn(job: Waiting) -> tuple[Kind, bool, float]:
    return job.kind, job.surplus, job.since_s
