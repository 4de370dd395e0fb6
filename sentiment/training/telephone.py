"""What a telephone line does to studio speech: band, level, colour, room, noise, G.711, lost packets. Pure."""

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from sentiment.prosody import Floats

Numbers = NDArray[np.float64]

LINE_HZ = 8000
PACKET = 160
"""Samples in 20 ms."""
ROOM_LEVEL = 0.3
"""How loud the room is behind the direct sound."""
SPEEDS = (0.9, 0.95, 1.0, 1.06, 1.12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One caller's line: the same for all they say in a call."""

    gain_db: float = 0.0
    tilt_db: float = 0.0
    """How much louder 3.4 kHz is than 300 Hz, against a flat handset."""
    lowest_hz: float = 0.0
    """Where the handset begins to hear. 0: no handset, all that 8 kHz sampling can carry."""
    noise_db: float = -120.0
    """Level of the noise, relative to full scale."""
    reverberation_s: float = 0.0
    """How long the room takes to fall by 60 dB. 0: no room."""
    loss: float = 0.0
    """Share of packets lost."""
    speed: float = 1.0
    """Faster and higher, as by a shorter throat: another voice out of the same recording."""
    a_law: bool = False


def through(line: Line, samples: Floats, rate_hz: int, rng: np.random.Generator) -> Floats:
    """The samples as they arrive at the far end: mono, -1 to 1, 8 kHz."""
    narrow = soxr.resample(samples, rate_hz * line.speed, LINE_HZ).astype(np.float64)
    if line.reverberation_s > 0:
        narrow = _room(narrow, line.reverberation_s)
    shaped = _handset(narrow, line) * 10 ** (line.gain_db / 20)
    noisy = shaped + rng.normal(0.0, 10 ** (line.noise_db / 20), len(shaped))
    coded = g711(np.clip(noisy, -1, 1), a_law=line.a_law)
    lost = np.repeat(rng.random(len(coded) // PACKET + 1) < line.loss, PACKET)[: len(coded)]
    return np.where(lost, 0.0, coded).astype(np.float32)


def _room(samples: Numbers, reverberation_s: float) -> Numbers:
    """The same sound with its echoes: noise that dies away, always the same for the same room."""
    length = int(reverberation_s * LINE_HZ)
    fading = 10 ** (-3 * np.arange(length) / length)
    echoes = np.random.default_rng(length).normal(0, 1, length) * fading
    echoes *= ROOM_LEVEL / np.sqrt(np.sum(echoes**2))
    echoes[0] = 1.0
    size = 1 << (len(samples) + length).bit_length()
    heard: Numbers = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echoes, size), size)[: len(samples)]
    return heard


def _handset(samples: Numbers, line: Line) -> Numbers:
    """Cut to what the handset hears, with soft edges and tilt."""
    if not line.lowest_hz and not line.tilt_db:
        return samples
    spectrum = np.fft.rfft(samples)
    hertz = np.maximum(np.fft.rfftfreq(len(samples), 1 / LINE_HZ), 1.0)
    octaves = np.log2(np.maximum(hertz, 50.0) / 1000.0) / np.log2(3400 / 300)
    edges = 1 / (1 + (line.lowest_hz / hertz) ** 8) / (1 + (hertz / 3500) ** 16) if line.lowest_hz else 1.0
    heard: Numbers = np.fft.irfft(spectrum * np.sqrt(edges) * 10 ** (line.tilt_db * octaves / 20), len(samples))
    return heard


def g711(samples: Numbers, *, a_law: bool) -> Numbers:
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
    heard: Numbers = np.sign(samples) * opened
    return heard
