"""What the level of each step says before the voice network is asked: quiet for long, or fallen. Pure."""

from bisect import bisect_left, insort
from collections import deque
from enum import Enum
from math import log10

QUIET_DB = -62.0
QUIET = 10 ** (QUIET_DB / 20)
"""Root mean square under which a step is silence without asking the network: well below quiet telephone speech."""
REST_STEPS = 16
"""Quiet steps after which nothing is asked any more."""
FALL_STEPS = 8
BEFORE_STEPS = 32
FALL_DB = 15.0
"""Much quieter: by this much, for `FALL_STEPS`, than what was usual in the `BEFORE_STEPS` before."""
_NOTHING = 1e-6
_NOTHING_DB = -120.0


class Turn(Enum):
    """What a step's level alone says about it."""

    GOES_ON = 0
    RESTS = 1
    """Quiet for so long that the network need not be asked."""
    FELL = 2
    """Much quieter, for a while now, than what was before."""


class LevelGate:
    """Told the level of every step of one channel, in order. Private to it."""

    def __init__(self) -> None:
        self._quiet_steps = REST_STEPS
        self._since_db = deque([_NOTHING_DB] * FALL_STEPS)
        self._before_db = deque([_NOTHING_DB] * BEFORE_STEPS)
        self._ranked_db = list(self._before_db)
        """The same in order of size, kept so: to sort it for every step was dear."""
        self._fallen = False

    def turn(self, level: float) -> Turn:
        """`level`: root mean square of the next step."""
        self._remember(20 * log10(max(level, _NOTHING)))
        self._quiet_steps = 0 if level > QUIET else self._quiet_steps + 1
        usual_db = (self._ranked_db[BEFORE_STEPS // 2 - 1] + self._ranked_db[BEFORE_STEPS // 2]) / 2
        was_fallen = self._fallen
        self._fallen = usual_db > QUIET_DB and max(self._since_db) < usual_db - FALL_DB
        if self._quiet_steps >= REST_STEPS:
            return Turn.RESTS
        return Turn.FELL if self._fallen and not was_fallen else Turn.GOES_ON

    def _remember(self, level_db: float) -> None:
        ranked, passed_db = self._ranked_db, self._since_db.popleft()
        self._since_db.append(level_db)
        del ranked[bisect_left(ranked, self._before_db.popleft())]
        insort(ranked, passed_db)
        self._before_db.append(passed_db)
