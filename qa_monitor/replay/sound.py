"""The sound of a call that is over, handed out as frames."""

from collections.abc import Callable, Iterator

import numpy as np

from qa_monitor.call.pace.pace import Sound
from qa_monitor.store.port import AudioStore, Blocks
from streams.records import AudioFrame, CallStarted

FRAME_S = 0.02
READ_S = 30.0
"""Read from the disk at a time."""


Read = Callable[[int, int], Blocks]
"""Gives so many samples of all channels from this one on, cut to what there is."""


class SoundInFrames:
    """Of one call, from its beginning to its end. It blocks on the disk, about once in thirty seconds of sound."""

    def __init__(self, call: CallStarted, read: Read) -> None:
        self._call, self._take = call, read
        self._from = 0
        self._block: Blocks = np.zeros((0, len(call.channels)), np.int16)

    def frames(self, sound: Sound) -> Iterator[AudioFrame]:
        """The frames of one stretch; where nothing was kept there is silence."""
        rate_hz, step = self._call.rate_hz, round(FRAME_S * self._call.rate_hz)
        first = round(sound.start_s * rate_hz)
        # one without samples came all the same: it moved the call's clock
        for at in range(0, max(1, sound.samples), step):
            count = min(step, sound.samples - at)
            samples = np.ascontiguousarray(self._samples(first + at, count)[:, sound.channel])
            samples.flags.writeable = False
            start_s = sound.start_s if at == 0 else (first + at) / rate_hz
            yield AudioFrame(
                call_id=self._call.call_id, channel=sound.channel, start_s=start_s, samples=samples, rate_hz=rate_hz
            )

    def _samples(self, first: int, count: int) -> Blocks:
        if not self._from <= first <= first + count <= self._from + len(self._block):
            # from a little before: the other channel may be a few frames behind
            self._from = max(0, first - self._call.rate_hz)
            wanted = first - self._from + max(count, round(READ_S * self._call.rate_hz))
            self._block = np.zeros((wanted, len(self._call.channels)), np.int16)
            found = self._take(self._from, wanted)
            self._block[: len(found)] = found
        return self._block[first - self._from : first - self._from + count]


def kept_sound(call: CallStarted, audio: AudioStore) -> SoundInFrames:
    """As it is kept of a call; where nothing is, silence."""

    def read(first: int, count: int) -> Blocks:
        found = audio.read(call.call_id, first / call.rate_hz, (first + count) / call.rate_hz)
        return np.zeros((0, len(call.channels)), np.int16) if found is None else found

    return SoundInFrames(call, read)
