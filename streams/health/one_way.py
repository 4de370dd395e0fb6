"""Whether one side of a call is not heard at all, as opposed to listening quietly. Pure."""

from collections import deque

from streams.health.sound import ChannelSecond

DEAD_DB = -60.0
"""At or under this a second has no sound: telephone rooms are louder, comfort noise is not."""
STEADY_DB = 3.0
"""Seconds whose levels differ by less are comfort noise or a tone: nobody is there."""
FIRST_DEAD_S, FIRST_SPOKEN_S = 30.0, 10.0
"""A channel that has carried nothing yet: dead for so long, while the other spoke for so long."""
LATER_DEAD_S, LATER_SPOKEN_S = 90.0, 45.0
"""The same for one that has carried speech: silence suppression makes a listener's line dead for a whole monologue."""
MUTE_S, MUTE_SPOKEN_S = 60.0, 30.0
"""The same for one with a room's noise, from which not one word has come in the whole call."""
KEPT_S = 120.0


class Side:
    """What one channel has carried so far."""

    def __init__(self) -> None:
        self._dead_from_s = 0.0
        self._band: tuple[float, float] | None = None
        self._worked = False
        self._spoken: deque[tuple[float, float]] = deque()
        self.spoken_s = 0.0
        """In the whole call."""

    def second(self, number: int, heard: ChannelSecond | None) -> None:
        """One second of it; one that never came says nothing."""
        if heard is None:
            return
        level_db = max(DEAD_DB, heard.level_db)
        low, high = self._band or (level_db, level_db)
        low, high = min(low, level_db), max(high, level_db)
        if high - low > STEADY_DB:
            self._dead_from_s, low, high = float(number), level_db, level_db
        self._band = (low, high)

    def spoke(self, at_s: float, spoken_s: float) -> None:
        """Somebody spoke for so long, up to `at_s`."""
        self._worked = True
        self.spoken_s += spoken_s
        self._spoken.append((at_s, spoken_s))
        while self._spoken[0][0] < at_s - KEPT_S:
            self._spoken.popleft()

    def spoken_since(self, since_s: float) -> float:
        """Seconds of speech since then, two minutes back at most."""
        return sum(spoken_s for at_s, spoken_s in self._spoken if at_s - spoken_s >= since_s)

    def not_heard(self, other: "Side", now_s: float) -> bool:
        """Nothing comes from this side while the other speaks."""
        dead_s = now_s - self._dead_from_s
        spoken_s = other.spoken_since(self._dead_from_s)
        if self._worked:
            return dead_s >= LATER_DEAD_S and spoken_s >= LATER_SPOKEN_S
        if dead_s >= FIRST_DEAD_S and spoken_s >= FIRST_SPOKEN_S:
            return True
        return now_s >= MUTE_S and other.spoken_since(now_s - MUTE_S) >= MUTE_SPOKEN_S
