"""The sound of a call, second by second: how loud, how clipped, whether both channels carry the same. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from streams.records import AudioFrame, Samples

FULL_SCALE = 32_000
"""From here on a sample counts as clipped: mu-law ends at 32,124, A-law at 32,256."""
SILENCE_DB = -100.0
"""Stands for digital silence."""
LATEST_S = 1.0
"""How long a second waits for the other channel."""
ACTIVE_DB = -45.0
"""A second quieter than this says nothing about whether two channels carry the same."""
ALIKE_DB = 6.0
"""Levels of the same sound differ by less: an echo is weaker."""
ALIKE = 0.9
"""Correlation from which on two seconds are the same sound. Two people: under 0.1 in every recorded call measured."""
LAG_S = 0.05
"""The same sound may come later on one channel by up to this."""
LEAST_HEARD = 0.5
"""Share of a second that must have come for it to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSecond:
    """One second of one channel, of which enough was heard."""

    level_db: float
    """Mean power below full scale."""
    clipped_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """One second of a call."""

    number: int
    """From this second of the audio clock until the next."""
    channels: tuple[ChannelSecond | None, ...]
    """None where too little was heard."""
    alike: bool | None
    """Whether both channels carry the same sound; none where that cannot be told."""


@dataclass(slots=True, eq=False)
class _Gathered:
    samples: NDArray[np.int16]
    """Shape (channels, samples)."""
    heard: NDArray[np.int64]
    """Per channel, how many samples came."""


class SoundMeter:
    """Feed it the frames of all channels; it gives each second once, in order. State of one call."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._channels, self._rate_hz = channels, rate_hz
        self._gathered: dict[int, _Gathered] = {}
        self._latest_s = 0.0
        self._done = -1

    def hear(self, frame: AudioFrame) -> Iterator[Second]:
        """Take a frame; gives the seconds that are complete, or have waited long enough."""
        self._place(frame.channel, round(frame.start_s * self._rate_hz), frame.samples)
        self._latest_s = max(self._latest_s, frame.end_s)
        for number in sorted(self._gathered):
            complete = bool((self._gathered[number].heard >= self._rate_hz).all())
            if not complete and self._latest_s < number + 1 + LATEST_S:
                break
            yield self._measured(number, self._gathered.pop(number))
            self._done = number

    def _place(self, channel: int, position: int, samples: Samples) -> None:
        while len(samples):
            number, offset = divmod(position, self._rate_hz)
            part = samples[: self._rate_hz - offset]
            if number > self._done:
                gathered = self._gathered.get(number)
                if gathered is None:
                    room = np.zeros((self._channels, self._rate_hz), np.int16)
                    gathered = self._gathered[number] = _Gathered(room, np.zeros(self._channels, np.int64))
                gathered.samples[channel, offset : offset + len(part)] = part
                gathered.heard[channel] += len(part)
            samples, position = samples[len(part) :], position + len(part)

    def _measured(self, number: int, gathered: _Gathered) -> Second:
        waves = gathered.samples.astype(np.float32)
        power = np.square(waves).sum(axis=1)
        clipped = (np.abs(waves) >= FULL_SCALE).sum(axis=1)
        channels = tuple(
            ChannelSecond(
                level_db=_level_db(float(power[one]) / int(heard)), clipped_share=int(clipped[one]) / int(heard)
            )
            if heard >= LEAST_HEARD * self._rate_hz
            else None
            for one, heard in enumerate(gathered.heard)
        )
        return Second(number=number, channels=channels, alike=self._alike(channels, waves))

    def _alike(self, channels: tuple[ChannelSecond | None, ...], waves: NDArray[np.float32]) -> bool | None:
        if len(channels) != 2 or channels[0] is None or channels[1] is None:
            return None
        levels = (channels[0].level_db, channels[1].level_db)
        if max(levels) < ACTIVE_DB:
            return None
        if abs(levels[0] - levels[1]) >= ALIKE_DB:
            return False
        return likeness(waves[0], waves[1], round(LAG_S * self._rate_hz)) >= ALIKE


def likeness(one: NDArray[np.float32], other: NDArray[np.float32], most_lag: int) -> float:
    """Highest correlation of two stretches of equal length, one shifted by up to `most_lag` samples; 0 for silence."""
    energy = float(np.sqrt(np.square(one).sum() * np.square(other).sum()))
    if energy <= 0:
        return 0.0
    size = 1 << (2 * len(one) - 1).bit_length()
    products = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    near = np.concatenate([products[: most_lag + 1], products[-most_lag:]])
    return float(np.abs(near).max()) / energy


def _level_db(power: float) -> float:
    return max(SILENCE_DB, 10 * float(np.log10(max(power, 1e-6))) - 20 * float(np.log10(32_768)))
