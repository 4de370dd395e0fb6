"""Adapter: voice activity by the Silero network that faster-whisper carries, through onnxruntime."""

from collections import deque
from enum import Enum
from importlib import resources
from math import log10
from statistics import median

import numpy as np
import onnxruntime
from numpy.typing import NDArray

RATE_HZ = 16_000
CHUNK = 512
"""Samples of one step: 32 ms."""
_CONTEXT = 64
_QUIET_DB = -62.0
_QUIET = 10 ** (_QUIET_DB / 20)
"""Root mean square under which a step is silence without asking the network: well below quiet telephone speech."""
_REST_STEPS = 16
"""Quiet steps after which nothing is asked any more, and the network's state is started afresh."""
_FALL_STEPS = 8
_BEFORE_STEPS = 32
_FALL_DB = 15.0
"""Something louder than speech here by this much, which was no speech, has ended: see `VoiceActivity`."""
_SPOKEN = 0.35
_LOUD = 0.16
"""Root mean square (-16 dB) to which louder sound is brought down before the network hears it: see `VoiceActivity`."""
_LOUD_FADES = 0.97
"""How much of the loudness is remembered from one step to the next: half of it after 0.7 s."""
_NOTHING = 1e-6
_NOTHING_DB = -120.0


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


class _Turn(Enum):
    """What a step's level alone says about it."""

    GOES_ON = 0
    RESTS = 1
    """Quiet for so long that the network need not be asked."""
    FELL = 2
    """Much quieter, for a while now, than what was before."""


class VoiceActivity:
    """Streaming voice activity of one channel: whole steps in, one probability each out, however they are grouped.

    After hold music or loud noise the network is deaf to quiet speech for seconds (measured: whole sentences at
    -40 dB were lost). So its state is started afresh when something that was no speech gives way to something much
    quieter. Starting afresh more often would make it hear voices in music.

    The network is also hard of hearing where speech is very loud: with the loudest steps at -9 dB it missed 8.4 % of
    the speech of seven calls, at -1 dB 8.2 %; brought down to -16 dB first, 2.7 % and 4.1 %. Speech at the level of
    most telephone calls is left as it is.
    """

    def __init__(self, model: VoiceModel) -> None:
        self._model = model
        self._state = VoiceState()
        self._context = np.zeros(_CONTEXT, np.float32)
        self._quiet_steps = _REST_STEPS
        self._levels_db = deque([_NOTHING_DB] * (_BEFORE_STEPS + _FALL_STEPS), maxlen=_BEFORE_STEPS + _FALL_STEPS)
        self._fallen = False
        self._loud = 0.0
        self._recent = deque([0.0], maxlen=_BEFORE_STEPS + _FALL_STEPS)

    def probabilities(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        """One value from 0 to 1 per 512 samples at 16 kHz. Digital and near silence cost nothing."""
        steps = audio.reshape(-1, CHUNK)
        chances = np.zeros(len(steps), np.float32)
        if not len(steps):
            return chances
        inputs = np.concatenate([np.concatenate([self._context[None], steps[:-1, -_CONTEXT:]]), steps], axis=1)
        self._context = steps[-1, -_CONTEXT:].copy()
        levels = np.sqrt(np.mean(steps * steps, axis=1))
        turns = [self._turn(level) for level in levels.tolist()]
        start = 0
        while start < len(turns):
            stop = start + 1
            while stop < len(turns) and turns[stop] is (turns[start] if turns[start] is _Turn.RESTS else _Turn.GOES_ON):
                stop += 1
            chances[start:stop] = self._listen(inputs[start:stop], levels[start:stop], turns[start])
            self._recent.extend(chances[start:stop].tolist())
            start = stop
        return chances

    def _listen(
        self, inputs: NDArray[np.float32], levels: NDArray[np.float32], turn: _Turn
    ) -> NDArray[np.float32] | float:
        if turn is _Turn.RESTS or (turn is _Turn.FELL and max(self._recent) < _SPOKEN):
            self._state = VoiceState()
            self._loud = 0.0
        if turn is _Turn.RESTS:
            return 0.0
        chances = self._model.run(inputs * self._gains(levels)[:, None], self._state)
        return np.where(levels > _QUIET, chances, np.float32(0))

    def _gains(self, levels: NDArray[np.float32]) -> NDArray[np.float32]:
        """By how much each step is brought down."""
        gains = np.ones(len(levels), np.float32)
        for step, level in enumerate(levels.tolist()):
            self._loud = max(level, self._loud * _LOUD_FADES)
            if self._loud > _LOUD:
                gains[step] = _LOUD / self._loud
        return gains

    def _turn(self, level: float) -> _Turn:
        self._levels_db.append(20 * log10(max(level, _NOTHING)))
        self._quiet_steps = 0 if level > _QUIET else self._quiet_steps + 1
        before_db = median(list(self._levels_db)[:_BEFORE_STEPS])
        since_db = max(list(self._levels_db)[_BEFORE_STEPS:])
        was_fallen, self._fallen = self._fallen, before_db > _QUIET_DB and since_db < before_db - _FALL_DB
        if self._quiet_steps >= _REST_STEPS:
            return _Turn.RESTS
        return _Turn.FELL if self._fallen and not was_fallen else _Turn.GOES_ON
