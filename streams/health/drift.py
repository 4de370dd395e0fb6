"""Whether the clock of a source runs as fast as ours. Pure."""

from collections import deque

import numpy as np

WINDOW_S = 5.0
"""The earliest arrival of each window counts: what comes late was on the way, what comes early cannot be."""
KEPT = 36
LONG_RUN_S = 60.0
MOST_PPM = 1_000.0
"""Deviation in the long run. Crystals keep within 100; measured over a minute of jitter up to 200 ms, noise is 300."""
RUSH_S = 2.0
"""Audio that outruns the clock by this much …"""
RUSH_WITHIN_S = 10.0
"""… within this long is not of the rate that was announced."""


class DriftWatch:
    """Told how far the audio has come and when it arrived. State of one call."""

    def __init__(self) -> None:
        self._leads: deque[tuple[float, float]] = deque(maxlen=KEPT)
        """Per window: wall seconds and audio seconds ahead of it, where that was most."""

    def arrived(self, wall_s: float, audio_s: float) -> None:
        """Audio up to `audio_s` is here at `wall_s`, on a monotonic clock."""
        lead_s = audio_s - wall_s
        if not self._leads or wall_s // WINDOW_S > self._leads[-1][0] // WINDOW_S:
            self._leads.append((wall_s, lead_s))
        elif lead_s > self._leads[-1][1]:
            self._leads[-1] = (wall_s, lead_s)

    def start_over(self) -> None:
        """The audio clock jumped, or stood still, on purpose."""
        self._leads.clear()

    @property
    def drifts(self) -> bool:
        """The source's clock is off, as far as can be told by now."""
        return self._rushes() or abs(self.ppm) > MOST_PPM

    @property
    def ppm(self) -> float:
        """By how many millionths the source is faster than we are, in the long run; 0 before that can be told."""
        # the newest window is still open: its earliest arrival may be yet to come
        settled = list(self._leads)[:-1]
        if len(settled) < 2 or settled[-1][0] - settled[0][0] < LONG_RUN_S:
            return 0.0
        wall_s, lead_s = np.array(settled).T
        from_mean = wall_s - wall_s.mean()
        return float((from_mean * lead_s).sum() / np.square(from_mean).sum()) * 1e6

    def _rushes(self) -> bool:
        """A burst after a stall only catches up: it never comes further ahead than the audio was before."""
        if len(self._leads) < 2:
            return False
        wall_s, lead_s = self._leads[-1]
        earlier = [lead for at_s, lead in self._leads if wall_s - RUSH_WITHIN_S <= at_s < wall_s]
        before = [lead for at_s, lead in self._leads if at_s < wall_s]
        return bool(earlier) and lead_s - max(min(earlier), max(before) - RUSH_S) > RUSH_S
