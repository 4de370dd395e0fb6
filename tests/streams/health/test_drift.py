"""Whether a source's clock is off: the network's moods are not."""

import numpy as np
import pytest

from streams.health.drift import DriftWatch


def told(wall_s: float, *, speed: float = 1.0, frame_s: float = 0.2, jitter_s: float = 0.0) -> DriftWatch:
    """Frames of a source whose clock runs at `speed`, each up to `jitter_s` on the way."""
    watch, rng = DriftWatch(), np.random.default_rng(11)
    arrivals = sorted(
        (number * frame_s / speed + rng.uniform(0, jitter_s), number * frame_s)
        for number in range(1, int(wall_s * speed / frame_s))
    )
    latest_s = 0.0
    for at_s, audio_s in arrivals:
        latest_s = max(latest_s, audio_s)
        watch.arrived(at_s, latest_s)
    return watch


@pytest.mark.parametrize("speed", [1.0, 1.0001, 0.9999])
@pytest.mark.parametrize("jitter_s", [0.0, 0.2])
def test_a_crystal_is_not_drift(speed: float, jitter_s: float) -> None:
    """100 millionths are usual; 200 ms of jitter are common."""
    for wall_s in (70, 120, 300):
        assert not told(wall_s, speed=speed, jitter_s=jitter_s).drifts


@pytest.mark.parametrize("speed", [1.002, 0.998])
def test_two_thousandths_are(speed: float) -> None:
    """In the long run; the figure is right."""
    watch = told(180, speed=speed, jitter_s=0.1)

    assert watch.drifts
    assert watch.ppm == pytest.approx((speed - 1) * 1e6, abs=300)


def test_audio_at_twice_the_speed_is_found_within_ten_seconds() -> None:
    """A wrong rate, or a channel too many."""
    assert told(12, speed=2.0).drifts


def test_a_burst_after_a_stall_only_catches_up() -> None:
    """Two seconds held back, then sent at once."""
    watch = DriftWatch()
    for number in range(300):
        at_s = number * 0.2
        if not 20 <= at_s < 22:
            watch.arrived(at_s, at_s)
        assert not watch.drifts


def test_after_a_jump_of_the_audio_clock_it_starts_over() -> None:
    """A pause that the source's clock did not count is no drift."""
    watch = told(60)
    watch.start_over()
    for number in range(300):
        watch.arrived(60 + number * 0.2, 20 + number * 0.2)

    assert not watch.drifts
    assert watch.ppm == 0.0
