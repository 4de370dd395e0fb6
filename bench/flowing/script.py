"""One generated call: what happens in it, drawn from a seed, its sound on two channels, and the truth about it."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from bench.flowing.clips import LINE_HZ, Voices, Wave
from bench.sounds.noises import cadence
from bench.sounds.tunes import Style, tune
from streams.records import Samples
from streams.samples.codec import Encoding, decode, encode

CUSTOMER, AGENT = 0, 1
LENGTH_S = 240.0
_ROOM_S = 90.0
_EVENTS = ("turn", "turn", "turn", "pause", "dead_air", "talk_over", "talk_over", "back_channel", "hold", "ring_back")
_RING_HZ = ((440.0,), (440.0, 480.0), (425.0,))


class Kind(StrEnum):
    """What is to be heard in a call."""

    DEAD_AIR = "dead_air"
    TALK_OVER = "talk_over"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happens in a call."""

    kind: Kind
    start_s: float
    end_s: float
    second: int | None = None
    """The channel that began second, of a talk-over."""


@dataclass(slots=True, kw_only=True, eq=False)
class Scripted:
    """A call under construction; whole after `played`."""

    voices: Voices
    generator: Generator
    sound: Wave = field(default_factory=lambda: np.zeros((2, int((LENGTH_S + _ROOM_S) * LINE_HZ))))
    truth: list[Happening] = field(default_factory=list)
    now_s: float = 1.0
    """Where the next thing happens."""
    spoken_s: float = 0.0
    """Where speech last ended."""
    speaker: int = AGENT

    def turn(self) -> None:
        """The other side speaks."""
        self.speaker = 1 - self.speaker
        self.now_s = self._say(self.speaker, self.now_s) + self._between(0.3, 1.2)

    def pause(self) -> None:
        """Too short for dead air."""
        self.now_s += self._between(1.5, 5.0)
        self.turn()

    def dead_air(self) -> None:
        """Nobody speaks."""
        begins_s = self.spoken_s
        self.now_s = begins_s + self._between(8.0, 20.0)
        self.truth.append(Happening(kind=Kind.DEAD_AIR, start_s=begins_s, end_s=self.now_s))
        self.turn()

    def talk_over(self) -> None:
        """One begins while the other speaks."""
        first, begins_s = 1 - self.speaker, self.now_s
        clip, other = self._clip(first), self._clip(1 - first)
        ends_s = begins_s + len(clip) / LINE_HZ
        over_s = self._between(2.0, max(2.0, min(4.0, len(clip) / LINE_HZ - 0.4)))
        second_s = ends_s - over_s
        self._lay(first, begins_s, clip)
        self._lay(1 - first, second_s, other)
        second_ends_s = second_s + len(other) / LINE_HZ
        overlap = Happening(kind=Kind.TALK_OVER, start_s=second_s, end_s=min(ends_s, second_ends_s), second=1 - first)
        self.truth.append(overlap)
        self.speaker, self.spoken_s = 1 - first, max(ends_s, second_ends_s)
        self.now_s = self.spoken_s + self._between(0.6, 1.5)

    def back_channel(self) -> None:
        """A sound of assent while the other speaks: no talk-over."""
        first, begins_s = 1 - self.speaker, self.now_s
        clip, other = self._clip(first), self._clip(1 - first)
        length = round(self._between(0.2, 0.4) * LINE_HZ)
        begin = len(other) // 3
        self._lay(first, begins_s, clip)
        self._lay(1 - first, begins_s + 1.0, other[begin : begin + length] * np.hanning(length))
        self.speaker, self.spoken_s = first, begins_s + len(clip) / LINE_HZ
        self.now_s = self.spoken_s + self._between(0.6, 1.2)

    def hold(self) -> None:
        """Music on the agent's channel; now and then the customer speaks over it."""
        begins_s, length_s = self.spoken_s + self._between(0.2, 2.0), self._between(12.0, 40.0)
        style = list(Style)[int(self.generator.integers(len(Style)))]
        level_db = self._between(-32.0, -18.0)
        played = tune(style, int(self.generator.integers(1 << 30)), length_s, level_db=level_db)
        self._lay(AGENT, begins_s, played / 32768)
        if self.generator.random() < 0.3:
            self._say(CUSTOMER, begins_s + self._between(2.0, length_s - 9.0))
        self._held(begins_s, begins_s + length_s)

    def ring_back(self) -> None:
        """The agent transfers the call; nobody answers for a while."""
        tones_hz = _RING_HZ[int(self.generator.integers(len(_RING_HZ)))]
        on_s, off_s = (2.0, 4.0) if len(tones_hz) > 1 else (1.5, 3.5)
        rings = int(self.generator.integers(3, 6))
        begins_s = self.spoken_s + self._between(0.5, 2.0)
        ends_s = begins_s + rings * (on_s + off_s) - off_s
        self._lay(AGENT, begins_s, cadence(ends_s - begins_s, tones_hz=tones_hz, on_s=on_s, off_s=off_s) / 32768)
        self._held(begins_s, ends_s)

    def _held(self, begins_s: float, ends_s: float) -> None:
        self.truth.append(Happening(kind=Kind.HOLD, start_s=begins_s, end_s=ends_s))
        self.spoken_s = ends_s
        self.now_s = ends_s + self._between(0.2, 1.5)
        self.speaker = CUSTOMER
        self.turn()

    def _say(self, channel: int, at_s: float) -> float:
        clip = self._clip(channel)
        self._lay(channel, at_s, clip)
        ends_s = at_s + len(clip) / LINE_HZ
        self.spoken_s = max(self.spoken_s, ends_s)
        return ends_s

    def _clip(self, channel: int) -> Wave:
        clips = self.voices.agent if channel == AGENT else self.voices.customer
        return clips[int(self.generator.integers(len(clips)))]

    def _lay(self, channel: int, at_s: float, wave: Wave) -> None:
        start = round(at_s * LINE_HZ)
        self.sound[channel, start : start + len(wave)] += wave

    def _between(self, least: float, most: float) -> float:
        return float(self.generator.uniform(least, most))


def played(seed: int, voices: Voices) -> tuple[tuple[Samples, Samples], list[Happening]]:
    """The two channels at 8 kHz as G.711 leaves them, with a hiss behind, and what happens on them."""
    generator = np.random.default_rng(seed)
    call = Scripted(voices=voices, generator=generator)
    call.turn()
    call.turn()
    happens = {"turn": call.turn, "pause": call.pause, "dead_air": call.dead_air, "talk_over": call.talk_over}
    happens |= {"back_channel": call.back_channel, "hold": call.hold, "ring_back": call.ring_back}
    while call.now_s < LENGTH_S:
        happens[_EVENTS[int(generator.integers(len(_EVENTS)))]]()
    encoding = (Encoding.MULAW, Encoding.ALAW)[seed % 2]
    hiss = 10 ** (generator.uniform(-68.0, -55.0) / 20)
    whole = call.sound[:, : round((call.now_s + 2.0) * LINE_HZ)]
    noisy = np.clip(whole + hiss * generator.standard_normal(whole.shape), -0.99, 0.99)
    one, other = (decode(encode((side * 32767).astype(np.int16), encoding), encoding) for side in noisy)
    return (one, other), sorted(call.truth, key=lambda one: one.start_s)
