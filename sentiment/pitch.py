"""Adapter: pitch through swift-f0."""

from importlib import resources

import numpy as np
from swift_f0 import FRAME_PERIOD, SwiftF0

from sentiment.prosody import ANALYSED_S, Floats, PitchTrack
from streams.machine.networks import network

_WARM_HZ = 16_000


class PitchTracker:
    """One detector for the whole process. Safe to share between threads: it keeps nothing between calls."""

    def __init__(self) -> None:
        # one thread that sleeps between calls: the speech engine needs the cores more
        self._detector = SwiftF0(threads=1, spin=False)
        self._detector.session = network(resources.files("swift_f0").joinpath("model.onnx").read_bytes())
        self.track(np.zeros(round(ANALYSED_S * _WARM_HZ), np.float32), _WARM_HZ)  # the first one takes longer

    def track(self, samples: Floats, rate_hz: int) -> PitchTrack:
        """Pitch of mono samples (-1 to 1) at any rate. About 10 ms of one core per second of audio."""
        found = self._detector.detect(np.ascontiguousarray(samples), rate_hz)
        return PitchTrack(
            hop_s=FRAME_PERIOD, pitch_hz=found.pitch_hz, voicing=found.confidence, level_db=found.loudness_db
        )
