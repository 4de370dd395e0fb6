"""Calls made of sound, for what measures sound: fed to a health watch second by second, as they would arrive."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from streams.health.call_health import CallHealth, HealthFact
from streams.health.health import HealthWatch
from streams.records import AudioFrame, CallId, CallStarted, Gap, GapReason, Samples, Speaker

RATE_HZ = 8_000
CALL = CallStarted(
    call_id=CallId("call-1"),
    channels=(Speaker.CUSTOMER, Speaker.AGENT),
    rate_hz=RATE_HZ,
    started_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    dialect="pcm",
)
SPEECH_DB = -38.0
"""A second louder than this is taken for speech here: no network listens."""


def silence(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * RATE_HZ), np.int16)


def voice(seconds: float, seed: int = 1, *, loud_db: float = -20.0) -> Samples:
    """Something as loud, as uneven and as smooth as a voice, and never the same twice."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    noise = np.convolve(rng.standard_normal(count + 15), np.hanning(16), "valid")[:count]
    syllables = np.repeat(rng.uniform(0.2, 1.0, int(seconds * 5) + 1), RATE_HZ // 5)[:count]
    wave = noise * syllables
    wave *= 10 ** (loud_db / 20) / np.sqrt(np.mean(wave**2))
    return np.asarray(np.clip(wave * 32_768, -32_768, 32_767), np.int16)


def room(seconds: float, seed: int = 2, *, loud_db: float = -52.0) -> Samples:
    """A room in which nobody speaks: its noise goes up and down."""
    rng = np.random.default_rng(seed)
    steps = np.repeat(10 ** (rng.uniform(-6, 6, int(seconds) + 1) / 20), RATE_HZ)[: round(seconds * RATE_HZ)]
    wave = rng.standard_normal(len(steps)) * 10 ** (loud_db / 20) * steps
    return np.asarray(np.clip(wave * 32_768, -32_768, 32_767), np.int16)


def two(customer: Samples, agent: Samples) -> NDArray[np.int16]:
    """Both channels side by side, the shorter one followed by silence."""
    count = max(len(customer), len(agent))
    return np.stack([np.pad(one, (0, count - len(one))) for one in (customer, agent)], axis=1)


@dataclass(slots=True)
class Told:
    """A health watch with the clocks of a call that arrives in real time."""

    watch: HealthWatch = field(default_factory=lambda: HealthWatch(CALL, 0.0))
    now_s: float = 0.0
    wall_s: float = 0.0

    def hear(self, samples: NDArray[np.int16], frame_s: float = 0.1) -> Iterator[CallHealth]:
        """Frames of all channels; how the call stands after each second."""
        step = round(frame_s * RATE_HZ)
        for start in range(0, len(samples), step):
            self._hear(samples[start : start + step])
            if round(self.now_s / frame_s) % round(1 / frame_s) == 0:
                self._speak(samples[max(0, start + step - RATE_HZ) : start + step])
                yield self.watch.at(self.now_s, self.wall_s)

    def after(self, samples: NDArray[np.int16]) -> CallHealth:
        """How the call stands after all of it."""
        return [*self.hear(samples)][-1]

    def facts(self, samples: NDArray[np.int16]) -> set[HealthFact]:
        """Every fact that held at any time."""
        return {fact for health in self.hear(samples) for fact in health.facts}

    def miss(self, seconds: float, reason: GapReason, *channels: int) -> CallHealth:
        """Nothing comes on these channels for so long."""
        for channel in channels:
            self.watch.gap(
                Gap(call_id=CALL.call_id, channel=channel, start_s=self.now_s, duration_s=seconds, reason=reason)
            )
        self.now_s += seconds
        self.wall_s += seconds
        return self.watch.at(self.now_s, self.wall_s)

    def _hear(self, samples: NDArray[np.int16]) -> None:
        for channel in range(samples.shape[1]):
            frame = AudioFrame(
                call_id=CALL.call_id,
                channel=channel,
                start_s=self.now_s,
                samples=np.ascontiguousarray(samples[:, channel]),
                rate_hz=RATE_HZ,
            )
            self.watch.hear(frame)
        self.now_s += len(samples) / RATE_HZ
        self.wall_s += len(samples) / RATE_HZ
        self.watch.arrived(self.wall_s, self.now_s)

    def _speak(self, second: NDArray[np.int16]) -> None:
        for channel in range(second.shape[1]):
            power = float(np.mean(np.square(second[:, channel].astype(np.float64))))
            if 10 * np.log10(max(power, 1e-9)) - 90.3 > SPEECH_DB:
                self.watch.speech(channel, self.now_s, 1.0)
