"""Is the service reachable? A few seconds of a tone instead of a recording, and every step told."""

import time
from collections.abc import Callable

import numpy as np
from rich.console import Console

from qa_monitor.simulator.recording import Recording
from streams.records import CallId, Samples

SAMPLE_S = 5.0
RATE_HZ = 8000
TONE_HZ = (440, 620)
"""On the customer's channel and on the agent's, so that each can be told by ear."""
LEVEL = 3000


def a_sample() -> Recording:
    """Five seconds, a second of tone and a second of silence in turn, the two channels never at the same time."""
    moments = np.arange(round(SAMPLE_S * RATE_HZ)) / RATE_HZ
    tones = [
        LEVEL * np.sin(2 * np.pi * tone_hz * moments) * (np.floor(moments) % 2 == channel)
        for channel, tone_hz in enumerate(TONE_HZ)
    ]
    samples: Samples = np.stack(tones, axis=1).astype(np.int16)
    samples.flags.writeable = False
    return Recording(samples=samples, rate_hz=RATE_HZ)


def tell_steps(console: Console) -> Callable[[CallId, str], None]:
    """Prints each step with its second since now."""
    begun_s = time.monotonic()

    def tell(_: CallId, step: str) -> None:
        console.print(f"{time.monotonic() - begun_s:6.2f} s  {step}", markup=False, highlight=False, soft_wrap=True)

    return tell
