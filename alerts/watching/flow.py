"""Whether a measure of the conversation stays beyond a limit; for one rule in one call."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from alerts.conditions import Flowing, Measure
from alerts.watching.stretch import StretchWatch
from sentiment.records import Dynamics

_CUSTOMER, _AGENT = "customer", "agent"


def measured(measure: Measure, dynamics: Dynamics) -> float | None:
    """The value of a measure; None where it cannot be told, or not yet."""
    return _VALUES[measure](dynamics)


def _share(speaker: str) -> Callable[[Dynamics], float | None]:
    # before anyone has spoken, nobody's share is small
    return lambda dynamics: dynamics.talk_share.get(speaker) if any(dynamics.talk_share.values()) else None


_VALUES: Mapping[Measure, Callable[[Dynamics], float | None]] = MappingProxyType(
    {
        Measure.CUSTOMER_TALK_SHARE: _share(_CUSTOMER),
        Measure.AGENT_TALK_SHARE: _share(_AGENT),
        Measure.SILENCE_TOTAL_S: lambda dynamics: dynamics.silence_total_s,
        Measure.TALK_OVER_TOTAL_S: lambda dynamics: dynamics.talk_over_total_s,
        Measure.SILENCE_S: lambda dynamics: dynamics.silence_s,
        Measure.TALK_OVER_S: lambda dynamics: dynamics.talk_over_s,
        Measure.HOLD_S: lambda dynamics: dynamics.hold_s,
        Measure.HOLD_TOTAL_S: lambda dynamics: dynamics.hold_total_s,
        Measure.CUSTOMER_INTERRUPTIONS: lambda dynamics: dynamics.interruptions.get(_CUSTOMER),
        Measure.AGENT_INTERRUPTIONS: lambda dynamics: dynamics.interruptions.get(_AGENT),
        Measure.CUSTOMER_LONGEST_TURN_S: lambda dynamics: dynamics.longest_turn_s.get(_CUSTOMER),
        Measure.AGENT_LONGEST_TURN_S: lambda dynamics: dynamics.longest_turn_s.get(_AGENT),
        Measure.CUSTOMER_PACE_WPM: lambda dynamics: dynamics.pace_wpm.get(_CUSTOMER),
        Measure.CUSTOMER_LOUDER_DB: lambda dynamics: dynamics.louder_db.get(_CUSTOMER),
    }
)


class FlowWatch:
    """Not safe to share: speaks once per stretch beyond the limit."""

    def __init__(self, condition: Flowing, *, counted: int = 0, told: bool = False) -> None:
        self._condition = condition
        self._since_s: float | None = None
        self._stretch = StretchWatch(longer_than_s=condition.for_s, counted=counted, told=told)

    @property
    def counted(self) -> int:
        """How many stretches of the call were long enough so far."""
        return self._stretch.counted

    @property
    def since_s(self) -> float | None:
        """Since when the measure lies beyond the limit; None where it does not."""
        return self._since_s

    @property
    def ongoing(self) -> int | None:
        """The number of the stretch that goes on and is long enough; else None."""
        return self._stretch.ongoing

    def at(self, dynamics: Dynamics) -> int | None:
        """The number of this stretch in the call, from 1, when it has just become long enough; else None."""
        if not self._beyond(dynamics):
            self._since_s = None
            self._stretch.at(None)
            return None
        if self._since_s is None:
            self._since_s = dynamics.now_s
        return self._stretch.at(dynamics.now_s - self._since_s)

    def _beyond(self, dynamics: Dynamics) -> bool:
        if dynamics.now_s < self._condition.not_before_s:
            return False
        value = measured(self._condition.measure, dynamics)
        if value is None:
            return False
        return value > self._condition.limit if self._condition.above else value < self._condition.limit
