"""How many calls the speech workers can follow, by what calls have asked of them lately. Pure.

What a call asks for (seconds of finals and early windows per second of call) and what a second of them costs (worker
seconds) are measured apart: where everybody waits, little is transcribed, but no less is asked for. Both forget slowly.
A second costs more the busier the machine is, so that what was measured in quiet times is raised to what it will be.
Before anything was measured, the passes at the start of the service stand for the cost, and a lively conversation for
what is asked.
"""

from dataclasses import dataclass
from math import exp, floor, log

from qa_monitor.shedding.care import Care
from streams.engine.load import EngineLoad

ASKED = 0.9
"""Seconds of finals per second of a call, both sides together, before anything was measured: 0.75 s of speech, the
silence around it, and pauses tried in vain."""
GUESSES = 6 / 5
"""What several guesses at once make of the cost of a final (docs/performance.md). Company needs no such figure:
it makes what is shown to the model longer, and what a second of that costs is the same."""

CHEAPEST = 1e-6
"""Worker seconds per second of a call: nothing is known where it seems to cost less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPolicy:
    """How much is asked of the workers at most, and how fast what was measured is forgotten."""

    sure: float = 0.85
    """Utilisation by finals alone that is sure to be carried: the rest is for their coming unevenly."""
    most: float = 0.95
    """Up to here calls are followed while all goes well."""
    few: int = 4
    """So many calls a worker are followed until they have proved too many: what was measured while the machine was busy
    with something else says too little of it."""
    crowding: float = 0.5
    """By how much a second of audio costs more where all workers are busy than where one works alone: cores share
    caches and memory, and listening, pages and disk take their part."""
    asked_half_life_s: float = 300.0
    """Of what a call asks for, in wall seconds while calls are followed."""
    cost_half_life_s: float = 60.0
    """Of what it costs."""
    asked_prior_s: float = 300.0
    """Seconds of call that the assumption before any measurement is worth."""
    cost_prior_s: float = 20.0
    """Seconds of audio that the passes at the start are worth."""


class Capacity:
    """Look with it twice a second or so."""

    def __init__(self, workers: int, cost: float, policy: CapacityPolicy | None = None) -> None:
        """`cost`: worker seconds for a second of audio, measured with all workers at once; 0: nobody measured it."""
        self._policy = policy or CapacityPolicy()
        self._workers = workers
        self._asked_s, self._call_s = ASKED * self._policy.asked_prior_s, self._policy.asked_prior_s
        self._heard_s = self._policy.cost_prior_s if cost else 0.0
        self._busy_s = cost * (1 + self._policy.crowding) * self._heard_s
        self._before: tuple[float, EngineLoad] | None = None

    def look(self, now_s: float, load: EngineLoad, followed: int, care: Care) -> None:
        """What the engine has done since the last look, with so many calls followed. `now_s`: the monotonic clock."""
        if self._before is not None:
            before_s, before = self._before
            duration_s = now_s - before_s
            if followed:
                kept = _kept(duration_s, self._policy.asked_half_life_s)
                self._asked_s = self._asked_s * kept + max(0.0, load.finals_asked_s - before.finals_asked_s)
                self._call_s = self._call_s * kept + followed * duration_s
            heard_s = load.finals_heard_s - before.finals_heard_s
            if heard_s > 0:
                kept = _kept(duration_s, self._policy.cost_half_life_s)
                crowded = (1 + self._policy.crowding) / (1 + self._policy.crowding * load.utilisation)
                busy_s = (load.finals_busy_s - before.finals_busy_s) * crowded
                self._busy_s = self._busy_s * kept + busy_s / _carefulness(care)
                self._heard_s = self._heard_s * kept + heard_s
        self._before = (now_s, load)

    @property
    def call_cost(self) -> float:
        """Worker seconds per second of a call, for finals without extra care on a busy machine; 0: nothing is known."""
        return self._asked_s / self._call_s * self._busy_s / self._heard_s if self._heard_s else 0.0

    @property
    def sure(self) -> int | None:
        """So many are sure to be followed in time, at least one; none while nothing is known."""
        return self._calls(self._policy.sure)

    @property
    def most(self) -> int | None:
        """So many may be followed while all goes well."""
        most = self._calls(self._policy.most)
        return None if most is None else max(most, self._policy.few * self._workers)

    def _calls(self, utilisation: float) -> int | None:
        cost = self.call_cost
        return max(1, floor(self._workers * utilisation / cost)) if cost > CHEAPEST else None

    def utilisation(self, followed: int) -> float:
        """0 to 1: how busy the workers will be with the finals of so many calls, also of those that just began."""
        return min(1.0, followed * self.call_cost / self._workers)


def _kept(duration_s: float, half_life_s: float) -> float:
    return exp(-log(2) * duration_s / half_life_s)


def _carefulness(care: Care) -> float:
    return GUESSES if care.beam is not None else 1.0
