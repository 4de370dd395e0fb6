"""The recent audio of one channel, kept in the pieces it came in: a long utterance is not copied with every step."""

from collections import deque

import numpy as np

from streams.records import Audio


class RecentAudio:
    """Places are counted in samples from the start of the call. Not safe to share."""

    def __init__(self, from_sample: int = 0) -> None:
        self._pieces: deque[Audio] = deque()
        self._from = self._until = from_sample

    def __len__(self) -> int:
        """Samples kept."""
        return self._until - self._from

    def append(self, audio: Audio) -> None:
        """What comes next; not copied, so it must not change any more."""
        if len(audio):
            self._pieces.append(audio)
            self._until += len(audio)

    def between(self, begin: int, end: int) -> Audio:
        """A copy of what is kept of the samples from `begin` up to, without, `end`."""
        wanted, at = [], self._from
        for piece in self._pieces:
            if at >= end:
                break
            if at + len(piece) > begin:
                wanted.append(piece[max(0, begin - at) : end - at])
            at += len(piece)
        return np.concatenate(wanted) if wanted else np.zeros(0, np.float32)

    def forget(self, before: int) -> None:
        """Nothing earlier is asked for any more. A piece is kept until all of it is earlier."""
        while self._pieces and self._from + len(self._pieces[0]) <= before:
            self._from += len(self._pieces.popleft())
