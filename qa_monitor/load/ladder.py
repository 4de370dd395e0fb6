"""How far the service is behind, to what it leaves out: levels 0 to 5, without flapping. Pure.

Up: a trigger has to hold in two readings in a row; then one level per reading, so that levels come in order. Down: one
level at a time, once everything has been below half of the level's triggers for 3 s. A level that had to be taken again
soon after it was left has to be calm twice as long the next time, up to 30 s: what is left out is why it is calm.
That does not hold while the workers are hardly busy: 15 s after the last reading above a trigger all is done again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HIGHEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the service stands at one moment."""

    age_s: float = 0.0
    """95th percentile of how long finals waited for a speech worker lately, wall seconds."""
    behind_s: float = 0.0
    """Audio that has come and was not listened to yet, of the call that is furthest behind."""
    utilisation: float = 0.0
    """0 to 1: how busy the speech workers were lately, with what is said now."""
    memory: float = 0.0
    """0 to 1: how much of the memory this machine or container has is taken by the service."""
    memory_left: float = 1.0
    """0 to 1: how much of it nobody has taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPolicy:
    """The triggers of each level, from level 1 on."""

    age_s: tuple[float, ...] = (0.4, 0.8, 1.2, 1.6, 4.0)
    behind_s: tuple[float, ...] = (1.5, 2.0, 2.5, 3.0, 4.5)
    busy: float = 0.97
    """Utilisation that leads from level 3 to 4 when it lasts: the age alone says it too late."""
    busy_for_s: float = 5.0
    memory: float = 0.8
    """Memory taken that leads to level 5 at once."""
    memory_left: float = 0.04
    """The same for what is left, whoever took the rest."""
    fall_share: float = 0.5
    """A level is over once the readings are below this share of its triggers."""
    calm_s: float = 3.0
    longest_calm_s: float = 30.0
    relapse_s: float = 60.0
    """A level taken again within this time of leaving it was left too early."""
    idle: float = 0.5
    """Utilisation below which there is room for what was left out."""

    def __post_init__(self) -> None:
        for name, triggers in (("age_s", self.age_s), ("behind_s", self.behind_s)):
            if len(triggers) != HIGHEST or list(triggers) != sorted(triggers):
                raise ValueError(f"{name}: {HIGHEST} triggers that grow, found {triggers}")


class Ladder:
    """Feed it a reading every half second or so."""

    def __init__(self, policy: LadderPolicy | None = None) -> None:
        self._policy = policy or LadderPolicy()
        self._level = 0
        self._demanded = 0
        self._busy_from_s: float | None = None
        self._calm_from_s: float | None = None
        self._left_s: dict[int, float] = {}
        self._patience_s = dict.fromkeys(range(1, HIGHEST + 1), self._policy.calm_s)

    @property
    def level(self) -> int:
        """0: everything is done."""
        return self._level

    def at(self, now_s: float, reading: Reading) -> int:
        """The level from now on. `now_s`: any clock that never goes back."""
        demanded = self._demand(now_s, reading)
        agreed, self._demanded = min(demanded, self._demanded), demanded
        if agreed > self._level:
            self._rise(now_s)
        elif self._level:
            self._calm(now_s, reading)
        return self._level

    def is_full(self, reading: Reading) -> bool:
        """Whether memory is why nothing more can be taken on."""
        policy = self._policy
        return reading.memory > policy.memory or reading.memory_left < policy.memory_left

    def _rise(self, now_s: float) -> None:
        policy = self._policy
        self._level += 1
        self._calm_from_s = None
        left_s = self._left_s.get(self._level)
        again = left_s is not None and now_s - left_s < policy.relapse_s
        patience_s = self._patience_s[self._level]
        self._patience_s[self._level] = min(2 * patience_s, policy.longest_calm_s) if again else policy.calm_s

    def _calm(self, now_s: float, reading: Reading) -> None:
        policy = self._policy
        if self._reached(reading, policy.fall_share) >= self._level:
            self._calm_from_s = None
            return
        if self._calm_from_s is None:
            self._calm_from_s = now_s
        needed_s = policy.calm_s if reading.utilisation < policy.idle else self._patience_s[self._level]
        if now_s - self._calm_from_s >= needed_s:
            self._left_s[self._level] = self._calm_from_s = now_s
            self._level -= 1

    def _demand(self, now_s: float, reading: Reading) -> int:
        if reading.utilisation < self._policy.busy:
            self._busy_from_s = None
        elif self._busy_from_s is None:
            self._busy_from_s = now_s
        busy_s = 0.0 if self._busy_from_s is None else now_s - self._busy_from_s
        lasting = self._level >= HIGHEST - 2 and busy_s >= self._policy.busy_for_s
        return max(self._reached(reading, 1.0), HIGHEST - 1 if lasting else 0)

    def _reached(self, reading: Reading, share: float) -> int:
        """The highest level of which a trigger holds, all triggers taken by this share."""
        policy = self._policy
        return max(
            _above(reading.age_s, policy.age_s, share),
            _above(reading.behind_s, policy.behind_s, share),
            HIGHEST if self.is_full(reading) else 0,
        )


def _above(value: float, triggers: Sequence[float], share: float) -> int:
    return sum(value > trigger * share for trigger in triggers)
