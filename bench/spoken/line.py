"""Speech on a telephone line: noise of a room or a street behind it, G.711, a moment of noise at both ends. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.spoken.plan import Clip, Noise
from streams.records import Audio, Samples
from streams.samples.codec import decode, encode

LINE_HZ = 8_000
LEAD_S = 0.6
TAIL_S = 1.0
LEVEL_DB = -25.0
BABBLERS = 8
_BLOCK = LINE_HZ // 50
_QUIET_DB = 30.0
_LOWEST_HZ = 60.0


def on_the_line(speech: Audio, clip: Clip, crowd: Sequence[Audio]) -> Samples:
    """The clip as it arrives at 8 kHz. `crowd`: other people's speech at 8 kHz, to make babble of."""
    generator = np.random.default_rng(list(bytes.fromhex(clip.key)))
    padded = np.concatenate([np.zeros(int(LEAD_S * LINE_HZ)), speech, np.zeros(int(TAIL_S * LINE_HZ))])
    level = 10 ** (LEVEL_DB / 20)
    noise = _babble(len(padded), crowd, generator) if clip.noise is Noise.BABBLE else _pink(len(padded), generator)
    behind = level * 10 ** (-clip.snr_db / 20) / np.sqrt((noise**2).mean())
    mixed = padded * level / active_level(speech) + noise * behind
    samples = (np.clip(mixed, -0.99, 0.99) * 32_767).astype(np.int16)
    return decode(encode(samples, clip.encoding), clip.encoding)


def active_level(speech: Audio) -> float:
    """How loud speech is while somebody speaks: pauses do not count."""
    blocks = speech[: len(speech) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    powers = (blocks.astype(np.float64) ** 2).mean(axis=1)
    active = powers[powers > powers.max() * 10 ** (-_QUIET_DB / 10)]
    return float(np.sqrt(active.mean()))


def _babble(length: int, crowd: Sequence[Audio], generator: np.random.Generator) -> NDArray[np.float64]:
    """Several people at once, none louder than another, each from anywhere in what they say."""
    mixed = np.zeros(length)
    for _ in range(BABBLERS):
        one = np.concatenate([crowd[index] for index in generator.integers(len(crowd), size=4)])
        begin = int(generator.integers(len(one)))
        mixed += np.resize(np.roll(one, -begin), length) / active_level(one)
    return mixed


def _pink(length: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Power that falls by 3 dB an octave."""
    frequencies = np.maximum(np.fft.rfftfreq(length, 1 / LINE_HZ), _LOWEST_HZ)
    phases = generator.uniform(0, 2 * np.pi, len(frequencies))
    noise: NDArray[np.float64] = np.fft.irfft(np.exp(1j * phases) / np.sqrt(frequencies), length)
    return noise
