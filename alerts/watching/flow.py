"""Whether a measure of the conversation stays beyond a limit; for one rule in one call."""

from alerts.conditions import Flowing, Measure
from alerts.watching.stretch import StretchWatch
from sentiment.records import Dynamics


def measured(measure: Measure, dynamics: Dynamics) -> float:
    """The value of a measure."""
    match measure:
        case Measure.CUSTOMER_TALK_SHARE:
            return dynamics.talk_share.get("customer", 0.0)
        case Measure.AGENT_TALK_SHARE:
            return dynamics.talk_share.get("agent", 0.0)
        case Measure.SILENCE_TOTAL_S:
            return dynamics.silence_total_s
        case Measure.TALK_OVER_TOTAL_S:
            return dynamics.talk_over_total_s
        case Measure.SILENCE_S:
            return dynamics.silence_s
        case Measure.TALK_OVER_S:
            return dynamics.talk_over_s


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
        if self._condition.above:
            return value > self._condition.limit
        # before anyone has spoken, nobody's share is small
        is_known = any(dynamics.talk_share.values()) or not self._condition.measure.endswith("_share")
        return is_known and value < self._condition.limit
