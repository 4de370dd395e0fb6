"""When each second of a call's audio was heard: the bridge from the audio clock to wall time. Pure."""

from bisect import bisect_left
from collections import deque

KEPT_S = 120.0
STEP_S = 0.1


class HeardClock:
    """Told how far the audio has come and when; asked when a second of it was heard. One per call."""

    def __init__(self) -> None:
        self._audio_s: deque[float] = deque()
        self._wall_s: deque[float] = deque()

    def heard(self, audio_s: float, wall_s: float) -> None:
        """The audio up to `audio_s` is here; `wall_s` is a monotonic clock."""
        if self._audio_s and audio_s - self._audio_s[-1] < STEP_S:
            return
        self._audio_s.append(audio_s)
        self._wall_s.append(wall_s)
        while self._audio_s[-1] - self._audio_s[0] > KEPT_S:
            self._audio_s.popleft()
            self._wall_s.popleft()

    def wall_s(self, audio_s: float) -> float | None:
        """When that second was heard, on the same clock; none before anything was."""
        if not self._audio_s:
            return None
        index = min(bisect_left(self._audio_s, audio_s), len(self._audio_s) - 1)
        return self._wall_s[index] + min(0.0, audio_s - self._audio_s[index])
