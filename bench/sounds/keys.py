"""Keys typed on a telephone, as tones; and a decoder that reads them, of another kind than what silences them."""

from dataclasses import dataclass

import numpy as np

from bench.sounds.noises import Wave
from streams.records import Samples

KEYS = ("123A", "456B", "789C", "*0#D")
LOW_HZ, HIGH_HZ = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
BLOCK_S = 0.0128
"""What most telephone systems look at: 102 samples at 8 kHz."""
LEAD_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """How keys are typed, and how the line carries them."""

    tone_s: float = 0.08
    gap_s: float = 0.04
    level_db: float = -16.0
    """Of both tones together, below full scale."""
    twist_db: float = 0.0
    """How much stronger the higher tone is."""
    off: float = 0.0
    """Share by which the low tone is too high and the high tone too low."""
    noise_db: float | None = None
    """How far white noise is below the tones."""
    rate_hz: int = 8000

    def wave(self, keys: str) -> Wave:
        """-1 to 1, with half a second before and behind."""
        generator = np.random.default_rng(len(keys))
        step, tone = (round(seconds * self.rate_hz) for seconds in (self.tone_s + self.gap_s, self.tone_s))
        lead = round(LEAD_S * self.rate_hz)
        wave = np.zeros(2 * lead + step * len(keys))
        for number, key in enumerate(keys):
            start = lead + number * step
            wave[start : start + tone] = self._tone(key, np.arange(tone) / self.rate_hz, generator.uniform(0, 6, 2))
        if self.noise_db is not None:
            wave += generator.standard_normal(len(wave)) * 10 ** ((self.level_db - self.noise_db) / 20)
        return wave

    def samples(self, keys: str) -> Samples:
        """The same as samples of 16 bits."""
        return np.clip(np.round(self.wave(keys) * 32768), -32768, 32767).astype(np.int16)

    def spans_s(self, keys: str) -> list[tuple[float, float]]:
        """When each key sounds."""
        starts = [LEAD_S + number * (self.tone_s + self.gap_s) for number in range(len(keys))]
        return [(start, start + self.tone_s) for start in starts]

    def _tone(self, key: str, times: Wave, phases: Wave) -> Wave:
        row = next(number for number, keys in enumerate(KEYS) if key in keys)
        pitches = LOW_HZ[row] * (1 + self.off), HIGH_HZ[KEYS[row].index(key)] * (1 - self.off)
        low = 10 ** (self.level_db / 20) * np.sqrt(2 / (1 + 10 ** (self.twist_db / 10)))
        levels = low, low * 10 ** (self.twist_db / 20)
        parts = zip(levels, pitches, phases, strict=True)
        wave: Wave = np.sum([level * np.sin(2 * np.pi * hz * times + phase) for level, hz, phase in parts], axis=0)
        return wave


def decoded(samples: Samples, rate_hz: int = 8000, *, least_share: float = 0.5) -> str:
    """The keys that a block decoder (Goertzel) reads: those that two blocks in a row have, which overlap by half.

    Each tone is 6 dB over the others of its group, and both together have `least_share` of the energy: real decoders
    ask for more, about 0.8.
    """
    block = round(BLOCK_S * rate_hz)
    probes = np.exp(-2j * np.pi * np.outer(np.arange(block) / rate_hz, (*LOW_HZ, *HIGH_HZ)))
    own = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), block)[:: block // 2]
    tones = np.abs(own @ probes) ** 2 * 2 / block
    both = tones[:, :4].max(axis=1) + tones[:, 4:].max(axis=1)
    energies = np.sum(own**2, axis=1)
    read = [
        _key(each[:4], each[4:]) if enough else None
        for each, enough in zip(tones, both > np.maximum(least_share * energies, 1.0), strict=True)
    ]
    return "".join(
        key
        for before, key, after in zip([None, *read], read, [*read[1:], None], strict=False)
        if key is not None and key == after and key != before
    )


def _key(low: Wave, high: Wave) -> str | None:
    clear = all(np.sort(group)[-2] < group.max() / 4 for group in (low, high))
    level = 1 / 16 < high.max() / max(low.max(), 1e-9) < 16
    return KEYS[int(low.argmax())][int(high.argmax())] if clear and level else None
