"""Level and tonality of a stretch of audio: what the guards know besides the words. Pure."""

import numpy as np
from numpy.typing import NDArray

from streams.records import Audio

_FRAME = 512


def level_db(audio: Audio) -> float:
    """Level of the louder half of the frames, dB relative to full scale; -120 for digital silence."""
    frames = _frames(audio)
    if not len(frames):
        return -120.0
    energy = np.sort(np.mean(frames * frames, axis=1))[len(frames) // 2 :]
    return float(10 * np.log10(max(1e-12, float(np.mean(energy)))))


def tonality(audio: Audio) -> float:
    """Share of the energy in the six strongest, unmoving frequency bins of the whole stretch (31 Hz wide), 0 to 1.

    Voices move; call-progress tones, DTMF, ring-back and held chords do not.
    """
    frames = _frames(audio)
    if len(frames) < 4:
        return 0.0
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), axis=1)) ** 2
    loud = spectrum[spectrum.sum(axis=1) >= 0.1 * np.median(spectrum.sum(axis=1))]
    mean = (loud / np.maximum(loud.sum(axis=1, keepdims=True), 1e-12)).mean(axis=0)
    strongest = np.argsort(mean)[-6:]
    near = np.unique(np.clip(np.concatenate([strongest - 1, strongest, strongest + 1]), 0, len(mean) - 1))
    return float(mean[near].sum())


def _frames(audio: Audio) -> NDArray[np.float32]:
    whole = len(audio) // _FRAME * _FRAME
    return audio[:whole].reshape(-1, _FRAME)
