"""Whether the sound of a call can be judged: one-way, identical, swapped or clipped channels, loss, drift. Pure.

Facts are measured, and gone when they no longer hold. Some of them make a call blind: a coach is told so instead of
being shown a call that looks calm.
"""

from collections import deque

from streams.health.call_health import CallHealth, ChannelHealth, HealthFact
from streams.health.drift import DriftWatch
from streams.health.formats import FormatGuard, Suspicion
from streams.health.losses import Losses
from streams.health.one_way import Side
from streams.health.sound import SILENCE_DB, ChannelSecond, Second, SoundMeter
from streams.records import AudioFrame, CallStarted, Gap, GapReason

NO_AUDIO_S = 15.0
LOSS_SHARE = 0.05
BLIND_LOSS_SHARE = 0.3
CLIPPED_SHARE = 0.005
"""Of the samples of sounding seconds. The loudest recorded call measured has 0.0002; 10 dB more makes it 0.07."""
SOUNDING_DB = -40.0
SOUNDING_SECONDS = 10
LEVEL_SECONDS = 3
ALIKE_SECONDS = 5
ALIKE_LEAST = 2
"""So many of the last active seconds, with the same sound on both channels, make them identical: before it is taken
for talk-over. In the recorded calls measured there is not one such second."""
JUMP_S = 0.3
"""A gap from this length on lets the drift be measured afresh."""
BLINDING = (
    HealthFact.NO_AUDIO,
    HealthFact.WRONG_FORMAT,
    HealthFact.IDENTICAL,
    HealthFact.SWAPPED,
    HealthFact.ONE_WAY,
    HealthFact.FOREIGN,
)
"""In the order in which they are told: the first that holds explains the others. Loss comes last, when it is heavy."""


class HealthWatch:
    """Told everything that arrives of one call; asked how it stands. Not safe to share.

    `wall_s` is a monotonic clock, in seconds; all else is the call's audio clock.
    """

    def __init__(self, call: CallStarted, wall_s: float) -> None:
        self._call = call
        self._meter = SoundMeter(len(call.channels), call.rate_hz)
        self._drift = DriftWatch()
        self._sides = tuple(Side() for _ in call.channels)
        self._losses = tuple(Losses() for _ in call.channels)
        self._levels: tuple[deque[ChannelSecond], ...] = tuple(deque(maxlen=LEVEL_SECONDS) for _ in call.channels)
        self._sounding: tuple[deque[float], ...] = tuple(deque(maxlen=SOUNDING_SECONDS) for _ in call.channels)
        self._guards = tuple(FormatGuard(call.rate_hz) for _ in call.channels)
        self._suspicions: list[Suspicion | None] = [None for _ in call.channels]
        self._alike: deque[bool] = deque(maxlen=ALIKE_SECONDS)
        self._heard_wall_s = wall_s
        self._paused = False
        self.swapped = False
        """Set by whoever reads the words: the agent speaks on the customer's channel."""
        self.foreign = False
        """Set by whoever hears the language: on one channel it is none of those expected."""

    def hear(self, frame: AudioFrame) -> None:
        """Audio of one channel, in order."""
        self._suspicions[frame.channel] = self._guards[frame.channel].feed(frame.samples)
        for second in self._meter.hear(frame):
            self._second(second)

    def gap(self, gap: Gap) -> None:
        """Audio that is missing."""
        self._losses[gap.channel].gap(gap)
        if gap.reason is not GapReason.LOST or gap.duration_s >= JUMP_S:
            self._drift.start_over()

    def speech(self, channel: int, at_s: float, spoken_s: float) -> None:
        """Somebody spoke on a channel for so long, up to `at_s`."""
        self._sides[channel].spoke(at_s, spoken_s)

    def arrived(self, wall_s: float, audio_s: float) -> None:
        """Audio up to `audio_s` is here."""
        self._heard_wall_s = wall_s
        self._drift.arrived(wall_s, audio_s)

    def pause(self, paused: bool, wall_s: float) -> None:
        """Somebody wants nothing to be heard, or no longer: until then no audio is no fault."""
        self._paused = paused
        self._heard_wall_s = max(self._heard_wall_s, wall_s)
        self._drift.start_over()

    def at(self, now_s: float, wall_s: float) -> CallHealth:
        """How it stands at a second of the audio clock."""
        found = {
            HealthFact.NO_AUDIO: not self._paused and wall_s - self._heard_wall_s >= NO_AUDIO_S,
            HealthFact.ONE_WAY: self._one_way(now_s),
            HealthFact.IDENTICAL: sum(self._alike) >= ALIKE_LEAST,
            HealthFact.SWAPPED: self.swapped,
            HealthFact.FOREIGN: self.foreign,
            HealthFact.CLIPPED: any(self._clipped(channel) > CLIPPED_SHARE for channel in range(len(self._sides))),
            HealthFact.LOSS: self._lost(now_s) > LOSS_SHARE,
            HealthFact.DRIFT: self._drift.drifts,
            HealthFact.WRONG_FORMAT: any(self._suspicions),
        }
        facts = tuple(fact for fact in HealthFact if found.get(fact))
        return CallHealth(
            call_id=self._call.call_id,
            at_s=now_s,
            channels=tuple(self._channel(channel, now_s) for channel in range(len(self._sides))),
            facts=facts,
            blind=self._blind(facts, now_s),
        )

    def _second(self, second: Second) -> None:
        for channel, heard in enumerate(second.channels):
            self._sides[channel].second(second.number, heard)
            if heard is None:
                continue
            self._levels[channel].append(heard)
            if heard.level_db >= SOUNDING_DB:
                self._sounding[channel].append(heard.clipped_share)
        if second.alike is not None:
            self._alike.append(second.alike)

    def _blind(self, facts: tuple[HealthFact, ...], now_s: float) -> HealthFact | None:
        heavy = (HealthFact.LOSS,) if self._lost(now_s) > BLIND_LOSS_SHARE else ()
        return next((fact for fact in (*BLINDING, *heavy) if fact in facts), None)

    def _one_way(self, now_s: float) -> bool:
        if len(self._sides) != 2:
            return False
        one, other = self._sides
        return one.not_heard(other, now_s) or other.not_heard(one, now_s)

    def _clipped(self, channel: int) -> float:
        shares = self._sounding[channel]
        return sum(shares) / len(shares) if shares else 0.0

    def _lost(self, now_s: float) -> float:
        return max(losses.recent_share(now_s) for losses in self._losses)

    def _channel(self, channel: int, now_s: float) -> ChannelHealth:
        levels = self._levels[channel]
        return ChannelHealth(
            level_db=max((heard.level_db for heard in levels), default=SILENCE_DB),
            clipped_share=self._clipped(channel),
            lost_share=self._losses[channel].share(now_s),
            spoken_s=self._sides[channel].spoken_s,
        )
