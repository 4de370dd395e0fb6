"""Adapter: voice activity by the Silero network that faster-whisper carries."""

from collections import deque
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from streams.activity.level_gate import BEFORE_STEPS, FALL_STEPS, QUIET, LevelGate, Turn
from streams.machine.networks import network
from streams.records import Audio

RATE_HZ = 16_000
CHUNK = 512
"""Samples of one step: 32 ms."""
_CONTEXT = 64
_OUTPUTS = ("speech_probs", "hn", "cn")
_SPOKEN = 0.35
_LOUD = 0.16
"""Root mean square (-16 dB) to which louder sound is brought down before the network hears it: see `VoiceActivity`."""
_LOUD_FADES = 0.97
"""How much of the loudness is remembered from one step to the next: half of it after 0.7 s."""


class VoiceModel:
    """The loaded network, shared by all channels and threads."""

    def __init__(self) -> None:
        weights = resources.files("faster_whisper").joinpath("assets/silero_vad_v6.onnx").read_bytes()
        self._session = network(weights)

    def run(self, steps: NDArray[np.float32], state: "VoiceState") -> NDArray[np.float32]:
        """Speech probability of each step, with the 64 samples before it in front; `state` moves on."""
        chances, state.h, state.c = self._session.run(_OUTPUTS, {"input": steps, "h": state.h, "c": state.c})
        return np.asarray(chances, np.float32).reshape(-1)


class VoiceState:
    """What the network remembers of one channel. Private to it."""

    def __init__(self) -> None:
        self.h = np.zeros((1, 1, 128), np.float32)
        self.c = np.zeros((1, 1, 128), np.float32)


def step_levels(audio: Audio) -> NDArray[np.float32]:
    """Root mean square of each whole step."""
    steps = audio.reshape(-1, CHUNK)
    levels: NDArray[np.float32] = np.sqrt(np.add.reduce(steps * steps, axis=1) / np.float32(CHUNK))
    return levels


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
        self._gate = LevelGate()
        self._state = VoiceState()
        self._context = np.zeros(_CONTEXT, np.float32)
        self._loud = 0.0
        self._recent = deque([0.0], maxlen=BEFORE_STEPS + FALL_STEPS)

    def probabilities(self, audio: Audio, levels: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """One value from 0 to 1 per 512 samples at 16 kHz. Digital and near silence cost nothing.

        `levels`: what `step_levels` says of it, where that is known already.
        """
        steps = audio.reshape(-1, CHUNK)
        chances = np.zeros(len(steps), np.float32)
        if not len(steps):
            return chances
        levels = step_levels(audio) if levels is None else levels
        before, self._context = self._context, steps[-1, -_CONTEXT:].copy()
        turns = [self._gate.turn(level) for level in levels.tolist()]
        start = 0
        while start < len(turns):
            stop = start + 1
            while stop < len(turns) and turns[stop] is (Turn.RESTS if turns[start] is Turn.RESTS else Turn.GOES_ON):
                stop += 1
            if turns[start] is Turn.RESTS:
                self._start_afresh()
            else:
                if turns[start] is Turn.FELL and max(self._recent) < _SPOKEN:
                    self._start_afresh()
                context = before if start == 0 else steps[start - 1, -_CONTEXT:]
                chances[start:stop] = self._listen(context, steps[start:stop], levels[start:stop])
            self._recent.extend(chances[start:stop].tolist())
            start = stop
        return chances

    def _start_afresh(self) -> None:
        self._state = VoiceState()
        self._loud = 0.0

    def _listen(
        self, context: NDArray[np.float32], steps: NDArray[np.float32], levels: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        inputs = np.empty((len(steps), _CONTEXT + CHUNK), np.float32)
        inputs[:, _CONTEXT:] = steps
        inputs[0, :_CONTEXT] = context
        inputs[1:, :_CONTEXT] = steps[:-1, -_CONTEXT:]
        gains = self._gains(levels.tolist())
        if min(gains) < 1.0:
            inputs *= np.array(gains, np.float32)[:, None]
        chances = self._model.run(inputs, self._state)
        return np.where(levels > QUIET, chances, np.float32(0))

    def _gains(self, levels: list[float]) -> list[float]:
        """By how much each step is brought down."""
        gains = []
        for level in levels:
            self._loud = max(level, self._loud * _LOUD_FADES)
            gains.append(_LOUD / self._loud if self._loud > _LOUD else 1.0)
        return gains
