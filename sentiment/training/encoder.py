"""Adapter: the speech model's encoder, run on one utterance the way the live engine runs it."""

import math
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

from sentiment.prosody import Floats
from streams.records import Embedding

ENCODER_HZ = 16000
POSITIONS_PER_S = 50
FRAMES_PER_POSITION = 2
TAIL_FRAMES = 100
"""1 s of silence after the utterance, as quiet as its own quietest band; more where a batch holds a longer one."""


class Encoder:
    """Utterances to embeddings, one at a time."""

    def __init__(self, folder: Path, threads: int = 1, name: str = "base") -> None:
        self._model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
        self._mel = FeatureExtractor(feature_size=self._model.n_mels)
        self.name = name
        """Of the speech model."""
        self.width = len(self.embed(np.zeros(ENCODER_HZ, dtype=np.float32)).mean)
        """Size of a state."""

    def embed(self, samples: Floats, tail_frames: int = TAIL_FRAMES) -> Embedding:
        """Mean and deviation over time of the encoder states that cover these mono samples at 16 kHz."""
        mel = self._mel(samples, padding=0)
        padded = np.full(
            (1, mel.shape[0], _width(mel.shape[1] + tail_frames, mel.shape[0])), mel.min(), dtype=np.float32
        )
        padded[0, :, : mel.shape[1]] = mel
        output = self._model.encode(ctranslate2.StorageView.from_array(padded), to_cpu=True)
        states = np.array(output, dtype=np.float32)[0]
        spoken = states[: math.ceil(len(samples) / ENCODER_HZ * POSITIONS_PER_S)]
        return Embedding(mean=spoken.mean(axis=0), deviation=spoken.std(axis=0))


def _width(frames: int, mels: int) -> int:
    """Frames to encode: even, and never as many positions as mel bands: ctranslate2 would take them for raw audio."""
    width = frames + frames % FRAMES_PER_POSITION
    return width + FRAMES_PER_POSITION * (width // FRAMES_PER_POSITION == mels)
