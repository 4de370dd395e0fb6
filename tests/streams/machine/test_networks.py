"""What small networks need while they run goes back to the machine."""

import os
import subprocess
import sys

import pytest

RUN = """
from threading import Thread

import numpy as np

from qa_monitor.load.allocator import give_back, limit_arenas
from sentiment.pitch import PitchTracker
from streams.activity.vad import VoiceActivity, VoiceModel

def resident():
    give_back()
    return int(open("/proc/self/statm").read().split()[1]) * 4096

limit_arenas()
pitch, voice = PitchTracker(), VoiceModel()
noise = np.random.default_rng(1).standard_normal(1_024_000).astype(np.float32) / 8
before = resident()

def work():
    for seconds in (2, 6, 4):
        pitch.track(noise[: seconds * 16_000], 16_000)
    VoiceActivity(voice).probabilities(noise)

threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(resident() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc can be told to give memory back")
def test_no_network_keeps_what_its_longest_run_needed() -> None:
    """A minute of sound at once, and two voices at the same moment, may come once in a service's life."""
    told = subprocess.run(
        [sys.executable, "-c", RUN], capture_output=True, text=True, check=True, env={**os.environ}, timeout=120
    )

    assert int(told.stdout) < 24_000_000
