"""Adapter: the encoder of the speech model, asked for what was said and the silence after it, and no more."""

from collections.abc import Sequence
from importlib import resources
from math import ceil

import ctranslate2
import numpy as np
import soundfile
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

from streams.model.encoder_input import Frames, batch_of, lay
from streams.model.grafting import FULL_POSITIONS, POSITIONS_PER_S, States
from streams.model.recipe import Recipe, Tail
from streams.records import Audio, Embedding

RATE_HZ = 16_000
ROOM_S = 29
"""The cached states come from one short word followed by this much silence, so that hardly a trace of it is left."""


class Encoder:
    """Safe to share: it holds nothing but the model and the states of silence."""

    def __init__(self, model: ctranslate2.models.Whisper) -> None:
        self._model = model
        self._mel = FeatureExtractor(feature_size=model.n_mels)
        self.silence = self._states_of_silence()
        """The states of 30 s that hold only silence."""

    def frames(self, audio: Audio) -> Frames:
        """What the encoder is shown of it."""
        frames: Frames = self._mel(audio, padding=0).astype(np.float32)
        return frames

    def encode(self, frames: Sequence[Frames], recipe: Recipe) -> list[States]:
        """The states of each window and its tail."""
        groups = [list(frames)] if recipe.encode_together else [[frame] for frame in frames]
        return [states for group in groups for states in self._encode_group(group, recipe)]

    def padded(self, frame: Frames) -> States:
        """The states of a window filled up to 30 s."""
        batch = np.zeros((1, self._model.n_mels, 2 * FULL_POSITIONS), np.float32)
        lay(batch[0], frame, Tail.OWN_BAND)
        states: States = np.asarray(self._model.encode(storage_of(batch), to_cpu=True), np.float32)[0]
        return states

    def _encode_group(self, frames: Sequence[Frames], recipe: Recipe) -> list[States]:
        batch = batch_of(frames, recipe, self._model.n_mels)
        encoded = np.asarray(self._model.encode(storage_of(batch), to_cpu=True), np.float32)
        return [
            states[: min(FULL_POSITIONS, (frame.shape[1] + recipe.tail_frames) // 2)]
            for states, frame in zip(encoded, frames, strict=True)
        ]

    def _states_of_silence(self) -> States:
        with resources.files("streams").joinpath("data/room.flac").open("rb") as file:
            word, rate = soundfile.read(file, dtype="float32")
        room = np.zeros(ROOM_S * rate, np.float32)
        room[: len(word)] = word
        return self.padded(self.frames(room))


def storage_of(array: NDArray[np.float32]) -> object:
    """The array as CTranslate2 takes it."""
    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array))


def pooled(states: States, duration_s: float) -> Embedding:
    """What is kept of the states of an utterance that lasts so long."""
    own = states[: max(1, ceil(duration_s * POSITIONS_PER_S))]
    return Embedding(mean=own.mean(axis=0), deviation=own.std(axis=0))
