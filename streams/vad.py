"""Adapter: voice activity by the Silero network that faster-whisper carries, through onnxruntime."""

from importlib import resources

import numpy as np
import onnxruntime
from numpy.typing import NDArray

RATE_HZ = 16_000
CHUNK = 512
"""Samples of one step: 32 ms."""
_CONTEXT = 64
_QUIET = 10 ** (-62 / 20)
"""Root mean square under which a step is silence without asking the network: well below quiet telephone speech."""
_REST_STEPS = 16
"""Quiet steps after which the network's state is started afresh."""


class VoiceModel:
    """The loaded network, shared by all channels and threads."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        weights = resources.files("faster_whisper").joinpath("assets/silero_vad_v6.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def run(self, steps: NDArray[np.float32], state: "VoiceState") -> NDArray[np.float32]:
        """Speech probability of each step, with the 64 samples before it in front; `state` moves on."""
        chances, state.h, state.c = self._session.run(None, {"input": steps, "h": state.h, "c": state.c})
        return np.asarray(chances, np.float32).reshape(-1)


class VoiceState:
    """What the network remembers of one channel. Private to it."""

    def __init__(self) -> None:
        self.h = np.zeros((1, 1, 128), np.float32)
        self.c = np.zeros((1, 1, 128), np.float32)
        self.context = np.zeros(_CONTEXT, np.float32)
        self.quiet_steps = 0


class VoiceActivity:
    """Streaming voice activity of one channel: whole steps in, one probability each out."""

    def __init__(self, model: VoiceModel) -> None:
        self._model = model
        self._state = VoiceState()

    def probabilities(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """One value from 0 to 1 per 512 samples at 16 kHz. Digital and near silence cost nothing."""
        steps = audio.reshape(-1, CHUNK)
        loud = np.sqrt(np.mean(steps * steps, axis=1)) > _QUIET
        if not loud.any():
            self._rest(steps)
            return np.zeros(len(steps), np.float32)
        before = np.concatenate([self._state.context[None], steps[:-1, -_CONTEXT:]])
        chances = self._model.run(np.concatenate([before, steps], axis=1), self._state)
        self._state.context = steps[-1, -_CONTEXT:].copy()
        self._state.quiet_steps = 0
        chances[~loud] = 0.0
        return chances

    def _rest(self, steps: NDArray[np.float32]) -> None:
        quiet = self._state.quiet_steps + len(steps)
        if quiet >= _REST_STEPS:
            self._state = VoiceState()
        self._state.quiet_steps = quiet
        self._state.context = steps[-1, -_CONTEXT:].copy()
