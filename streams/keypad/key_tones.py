"""Tones of a telephone's keypad (DTMF) in the sound of a call: when they are to be heard, never which. Pure.

What is typed during a call may be a card number, and whoever has the sound can read it off. A tone is found whole, also
one of 25 ms, with room around it; speech and music hardly ever (`docs/privacy.md` has the figures). Where a key was
found, others are likely nearby: there less is asked for, so that one under speech, or a piece of one, goes too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from streams.keypad.dual_tones import FAINT_RMS, HOP_S, WINDOW_S, Flags, Floats, Spectrum, Windows
from streams.records import AudioFrame, Gap, Samples

ROOM_S = 0.02
"""What is left around the windows in which a tone was found."""
BEFORE_S, AFTER_S = 0.3, 3.0
"""So near to a key that was found for sure, less is asked for."""
UNSETTLED_S = BEFORE_S + 0.15
"""What lies so close before the last sound may still turn out to be a key."""
BEHIND_S = 1.0
"""A channel further behind the others is not waited for."""
_FEWEST_S, _MOST_S = 0.4, 2.0
"""Looked at together: little by little it costs several times as much."""
_AGAIN = 10
"""Windows that are looked at once more, since a tone may have begun in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTone:
    """Seconds in which a key may be heard, with room around it."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What must hold of neighbouring windows."""

    shares: tuple[tuple[int, float], ...]
    """So many in a row, each with more than this share of the energy in the two tones; one of these is enough.

    The last asks for the least."""
    other: float
    """At most so much in a third tone."""
    off: float
    """From the tones of a key, relative. Q.24 wants 1.5 % heard and 3.5 % not."""
    twist_db: float
    moved_hz: float
    """Between one window and the next."""
    fourth_column: float
    """Share asked for of the keys A to D: no digit."""

    def found(self, windows: Windows) -> Flags:
        """The windows for which it does."""
        near = (windows.share > self.shares[-1][1]) & (windows.off < self.off)
        if not near.any():
            return near
        near &= (windows.other < self.other) & (np.abs(windows.twist_db) < self.twist_db)
        near &= ~windows.has_fourth_column | (windows.share > self.fourth_column)
        still = windows.key[1:] == windows.key[:-1]
        for pitches in (windows.low_hz, windows.high_hz):
            still = still & (np.abs(pitches[1:] - pitches[:-1]) < self.moved_hz)
        hits = np.zeros(len(near), bool)
        for count, share in self.shares:
            hits |= _in_a_row(near & (windows.share > share), still, count)
        return hits


SURE = Ask(
    shares=((2, 0.75), (3, 0.6), (8, 0.5)), other=0.05, off=0.025, twist_db=10.0, moved_hz=10.0, fourth_column=0.85
)
UNSURE = Ask(
    shares=((1, 0.65), (2, 0.45), (3, 0.35)), other=1.0, off=0.025, twist_db=15.0, moved_hz=15.0, fourth_column=0.65
)
"""Less than `SURE` in all of it."""


class ChannelKeys:
    """One channel of one call."""

    def __init__(self, rate_hz: int) -> None:
        self._spectrum, self._rate_hz = Spectrum(rate_hz), rate_hz
        self._fewest, self._most = round(_FEWEST_S * rate_hz), round(_MOST_S * rate_hz)
        self._lead = self._spectrum.window * self._spectrum.every
        self._begin(0)
        self.sure: list[KeyTone] = []
        """Found since they were last taken away; one that goes on is told again, longer."""
        self.unsure: list[KeyTone] = []

    def feed(self, frame: AudioFrame) -> None:
        """The next samples. What lies between them and the last is silence."""
        start = round(frame.start_s * self._rate_hz)
        if start != self._next:
            self.skip(start / self._rate_hz)
        self._held.append(frame.samples)
        self._next += len(frame.samples)
        self._fresh += len(frame.samples)
        if self._fresh >= self._most:
            self._look(self._sound())

    def look(self) -> None:
        """Look at what came, where that is worth while."""
        if self._fresh >= self._fewest:
            self._look(self._sound())

    @property
    def looked_s(self) -> float:
        """Up to where all was looked at."""
        return (self._next - self._fresh) / self._rate_hz

    def skip(self, until_s: float) -> None:
        """Nothing comes before this second."""
        if self._next - self._first > self._lead:  # a paused call tells of a gap fifty times a second
            self.finish()
        self._begin(max(self._next, round(until_s * self._rate_hz)))

    def finish(self) -> None:
        """Look at all that came, as if silence followed. More may come all the same."""
        self._look(np.concatenate([self._sound(), np.zeros(self._lead, np.int16)]), keeps=False)

    def _begin(self, start: int) -> None:
        """Silence lies before it, so that a tone that is there from the first sample on is found."""
        self._first, self._next, self._fresh = start - self._lead, start, 0
        self._held: list[Samples] = [np.zeros(self._lead, np.int16)]

    def _sound(self) -> Samples:
        return np.concatenate(self._held)

    def _look(self, sound: Samples, *, keeps: bool = True) -> None:
        own, every = self._spectrum, self._spectrum.every
        whole = sound[: len(sound) // every * every].astype(np.float32)
        count = own.count(len(whole) // every)
        if np.abs(whole).max(initial=0) > FAINT_RMS:
            windows = own.windows(whole if every == 1 else _averaged(whole, every))
            if (unsure := UNSURE.found(windows)).any():
                self.unsure += self._tones(unsure)
                self.sure += self._tones(SURE.found(windows))
        if keeps:
            done = max(0, count - _AGAIN) * own.hop * every
            self._held, self._first, self._fresh = [sound[done:]], self._first + done, 0

    def _tones(self, hits: Flags) -> list[KeyTone]:
        tones = []
        for begin, end in _runs(hits):
            start_s = (self._first + begin * self._spectrum.hop * self._spectrum.every) / self._rate_hz
            length_s = (end - begin - 1) * HOP_S + WINDOW_S
            tones.append(KeyTone(start_s=max(0.0, start_s - ROOM_S), end_s=start_s + length_s + ROOM_S))
        return tones


class KeyTones:
    """All channels of one call: each tone of one is to be silenced on all, since it may leak into the others."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._channels = [ChannelKeys(rate_hz) for _ in range(channels)]
        self._sure: list[KeyTone] = []
        self._unsure: list[KeyTone] = []
        self._end_s = 0.0
        self.count = 0
        """Tones found until now, keys that are heard on several channels at once counted once."""

    @property
    def settled_s(self) -> float:
        """Before this second no key will be found any more; of one hidden by a voice, an earlier part may be."""
        ends_s = [channel.looked_s for channel in self._channels]
        return min(end_s for end_s in ends_s if end_s >= max(ends_s) - BEHIND_S) - UNSETTLED_S

    def feed(self, frame: AudioFrame) -> None:
        """The next samples of a channel."""
        self._channels[frame.channel].feed(frame)

    def skip(self, gap: Gap) -> None:
        """Nothing comes for these seconds."""
        self._channels[gap.channel].skip(gap.start_s + gap.duration_s)

    def take(self) -> list[KeyTone]:
        """What is to be silenced, by what was found since the last time; a tone may come again, longer."""
        for channel in self._channels:
            channel.look()
        return self._take()

    def finish(self) -> list[KeyTone]:
        """The same, with all that came: nothing of it is held any longer."""
        for channel in self._channels:
            channel.finish()
        return self._take()

    def _take(self) -> list[KeyTone]:
        sure = sorted((tone for channel in self._channels for tone in channel.sure), key=lambda tone: tone.start_s)
        self._unsure += [tone for channel in self._channels for tone in channel.unsure]
        for channel in self._channels:
            channel.sure, channel.unsure = [], []
        self._sure += sure
        self._count(sure)
        beside = [tone for tone in self._unsure if any(_near(tone, one) for one in self._sure)]
        self._forget()
        return [*sure, *beside]

    def _count(self, tones: Sequence[KeyTone]) -> None:
        for tone in tones:
            self.count += tone.start_s + ROOM_S >= self._end_s
            self._end_s = max(self._end_s, tone.end_s - ROOM_S)

    def _forget(self) -> None:
        settled_s = self.settled_s
        self._sure = [tone for tone in self._sure if tone.end_s > settled_s - AFTER_S]
        self._unsure = [tone for tone in self._unsure if tone.end_s > settled_s]


def _near(tone: KeyTone, sure: KeyTone) -> bool:
    return sure.start_s - BEFORE_S <= tone.end_s and tone.start_s <= sure.end_s + AFTER_S


def _averaged(audio: Floats, every: int) -> Floats:
    averaged = audio[::every] / np.float32(every)
    for first in range(1, every):
        averaged += audio[first::every] / np.float32(every)
    return averaged


def _in_a_row(fits: Flags, still: Flags, count: int) -> Flags:
    """Those of at least `count` that fit one after another, without a change between them."""
    if count == 1 or not fits.any():
        return fits
    hits = np.zeros(len(fits), bool)
    for begin, end in _runs(fits[1:] & fits[:-1] & still):
        if end - begin >= count - 1:
            hits[begin : end + 1] = True
    return hits


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Where those that are true begin, and end."""
    edged = np.concatenate([[False], flags, [False]])
    edges = np.flatnonzero(edged[1:] != edged[:-1])
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]
