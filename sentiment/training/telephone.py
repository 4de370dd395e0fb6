"""What a telephone line does to studio speech: band, level, colour, noise, G.711, lost packets. Pure."""

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from sentiment.prosody import Floats

LINE_HZ = 8000
PACKET = 160
"""Samples in 20 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One caller's line: the same for all they say in a call."""

    gain_db: float = 0.0
    tilt_db: float = 0.0
    """How much louder 3.4 kHz is than 300 Hz, against a flat handset."""
    noise_db: float = -120.0
    """Level of the noise, relative to full scale."""
    loss: float = 0.0
    """Share of packets lost."""
    a_law: bool = False

    @classmethod
    def draw(cls, rng: np.random.Generator) -> "Line":
        """An ordinary line, not a clean one."""
        return cls(
            gain_db=float(rng.uniform(-12, 3)),
            tilt_db=float(rng.uniform(-6, 6)),
            noise_db=float(rng.uniform(-70, -42)),
            loss=float(rng.choice([0.0, 0.005, 0.02])),
            a_law=bool(rng.integers(2)),
        )


def through(line: Line, samples: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """The samples as they arrive at the far end: mono, -1 to 1, 8 kHz."""
    narrow = soxr.resample(samples, rate_hz, LINE_HZ).astype(np.float64)
    shaped = _handset(narrow, line.tilt_db) * 10 ** (line.gain_db / 20)
    noisy = shaped + rng.normal(0.0, 10 ** (line.noise_db / 20), len(shaped))
    coded = g711(np.clip(noisy, -1, 1), a_law=line.a_law)
    lost = np.repeat(rng.random(len(coded) // PACKET + 1) < line.loss, PACKET)[: len(coded)]
    return np.where(lost, 0.0, coded).astype(np.float32)


def _handset(samples: NDArray[np.float64], tilt_db: float) -> NDArray[np.float64]:
    """Cut to 250–3500 Hz with soft edges and tilt."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / LINE_HZ)
    octaves = np.log2(np.maximum(hertz, 50.0) / 1000.0) / np.log2(3400 / 300)
    edges = 1 / (1 + (250 / np.maximum(hertz, 1.0)) ** 8) / (1 + (hertz / 3500) ** 16)
    heard: NDArray[np.float64] = np.fft.irfft(spectrum * edges**0.5 * 10 ** (tilt_db * octaves / 20), len(samples))
    return heard


def g711(samples: NDArray[np.float64], *, a_law: bool) -> NDArray[np.float64]:
    """Companded to 8 bits and back: the continuous laws, which differ from the tables by less than their step."""
    size = np.abs(samples)
    if a_law:
        scale = 1 + np.log(87.6)
        pressed = np.where(size < 1 / 87.6, 87.6 * size, 1 + np.log(np.maximum(87.6 * size, 1.0))) / scale
        coded = np.round(pressed * 127) / 127
        small = coded * scale / 87.6
        opened = np.where(coded < 1 / scale, small, np.exp(coded * scale - 1) / 87.6)
    else:
        coded = np.round(np.log1p(255 * size) / np.log(256) * 127) / 127
        opened = (256**coded - 1) / 255
    heard: NDArray[np.float64] = np.sign(samples) * opened
    return heard
