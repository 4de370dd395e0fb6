"""Speech probabilities to stretches of speech, by audio time alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HUSH_RISES = 1.02


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPolicy:
    """When an utterance begins and ends, in seconds."""

    step_s: float = 0.032
    begin_at: float = 0.5
    """Probability that starts speech …"""
    go_on_at: float = 0.35
    """… and the lower one that keeps it going."""
    stir_at: float = 0.1
    """Lower still: unbroken up to the start of speech, it is where the speech began …"""
    stir_above: float = 4.0
    """… or where the level rose above so many times that of the pause before …"""
    stir_level: float = 0.003
    """… and above this, -50 dB."""
    begin_after_s: float = 0.064
    """Speech must last this long to begin an utterance: clicks do not."""
    endpoint_s: float = 0.5
    speculate_s: float = 0.2
    pre_roll_s: float = 0.4
    post_roll_s: float = 0.2
    longest_s: float = 15.0
    search_s: float = 1.5
    """A forced cut is placed at the quietest step of this last stretch."""
    patient_s: float = 8.0
    """From this length on shorter and shorter pauses end an utterance …"""
    hasty_after_s: float = 12.0
    """… down to `hasty_endpoint_s` at this one: a forced cut is late and may go through a word."""
    hasty_endpoint_s: float = 0.2
    partial_every_s: float = 0.7

    def pause_s(self, length_s: float) -> float:
        """How long a pause ends an utterance of this length."""
        least_s = min(self.hasty_endpoint_s, self.endpoint_s)
        share = (length_s - self.patient_s) / max(1e-9, self.hasty_after_s - self.patient_s)
        return self.endpoint_s - min(1.0, max(0.0, share)) * (self.endpoint_s - least_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechBegan:
    """Someone begins to speak, or goes on after a forced cut."""

    start_s: float
    first_speech_s: float
    """Where the speech itself begins, without the pre-roll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDue:
    """The utterance in progress has grown enough for another look."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseBegan:
    """Perhaps the end: worth trying the final ahead of time."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechResumed:
    """It was not the end."""

    start_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded:
    """An utterance from its first to its last sound, with room around it."""

    start_s: float
    end_s: float
    """With the post-roll."""
    last_speech_s: float
    voiced_s: float
    decided_s: float
    """Audio time at which the endpoint was certain."""
    forced: bool
    """Cut at the longest length, in mid-speech."""


SegmentEvent = SpeechBegan | PartialDue | PauseBegan | SpeechResumed | SpeechEnded


class Segmenter:
    """Feed the probability and level of each step of one channel; read what happened."""

    def __init__(self, policy: SegmentPolicy) -> None:
        self._policy = policy
        self._now_s = self._base_s = 0.0
        self._steps = 0
        self._rising_s = self._stirring_s = 0.0
        self._hush = float("inf")
        """The level of pauses, which may rise by 5 dB a second."""
        self._floor_s = 0.0
        self._start_s: float | None = None
        self._last_speech_s = 0.0
        self._voiced_s = 0.0
        self._missing_s = 0.0
        """Since the last speech, how long nothing could be heard: no pause of the speaker's."""
        self._partial_at_s = 0.0
        self._paused = False
        self._levels: list[tuple[float, float, float]] = []  # level, end, and seconds voiced so far, of each step

    @property
    def open_from_s(self) -> float | None:
        """Start of the utterance in progress, if there is one."""
        return self._start_s

    @property
    def needed_from_s(self) -> float:
        """Audio before this second is not needed any more."""
        if self._start_s is not None:
            return self._start_s
        return max(0.0, self._now_s - self._policy.pre_roll_s - 4 * self._policy.begin_after_s)

    def feed(
        self, probabilities: Sequence[float], levels: Sequence[float], *, missing: bool = False
    ) -> Iterator[SegmentEvent]:
        """One probability and one level (root mean square, full scale is 1) per step.

        `missing`: these steps stand for audio that never came; they are no pause, and end nothing.
        """
        for probability, level in zip(probabilities, levels, strict=True):
            self._steps += 1
            self._now_s = round(self._base_s + self._steps * self._policy.step_s, 6)
            self._missing_s += self._policy.step_s if missing else 0.0
            if self._start_s is None:
                yield from self._outside(probability, level)
            else:
                yield from self._inside(probability, level)

    def split(self) -> Iterator[SegmentEvent]:
        """What is being said ends here; what follows is another utterance, and reaches back to here at most."""
        yield from self.finish()
        self._floor_s = self._now_s
        self._rising_s = self._stirring_s = 0.0

    def skip(self, until_s: float) -> Iterator[SegmentEvent]:
        """Nothing can be heard until then: missing audio ends what was being said."""
        yield from self.finish()
        self._now_s = self._base_s = self._floor_s = until_s
        self._steps = 0
        self._rising_s = self._stirring_s = 0.0

    def finish(self) -> Iterator[SegmentEvent]:
        """The channel ends here."""
        if self._start_s is not None:
            yield self._end(min(self._now_s, self._last_speech_s + self._policy.post_roll_s), forced=False)

    def _outside(self, probability: float, level: float) -> Iterator[SegmentEvent]:
        policy = self._policy
        self._rising_s = self._rising_s + policy.step_s if probability >= policy.begin_at else 0.0
        self._hush = min(level, self._hush * _HUSH_RISES)
        stirs = probability >= policy.stir_at or level > max(policy.stir_level, policy.stir_above * self._hush)
        self._stirring_s = self._stirring_s + policy.step_s if stirs else 0.0
        if self._rising_s < policy.begin_after_s:
            return
        begins_s = self._now_s - self._rising_s
        self._start_s = max(self._floor_s, begins_s - policy.pre_roll_s, 0.0)
        first_s = round(max(self._start_s, self._now_s - self._stirring_s), 6)
        self._last_speech_s, self._voiced_s, self._missing_s = self._now_s, self._rising_s, 0.0
        self._partial_at_s = begins_s + policy.partial_every_s
        self._rising_s, self._stirring_s, self._paused, self._levels = 0.0, 0.0, False, []
        yield SpeechBegan(start_s=self._start_s, first_speech_s=first_s)

    def _inside(self, probability: float, level: float) -> Iterator[SegmentEvent]:
        policy, start_s = self._policy, self._start_s
        assert start_s is not None
        if probability >= policy.go_on_at:
            self._last_speech_s, self._missing_s = self._now_s, 0.0
            self._voiced_s += policy.step_s
            if self._paused:
                self._paused = False
                yield SpeechResumed(start_s=start_s)
        self._levels.append((level, self._now_s, self._voiced_s))
        silent_s = self._now_s - self._last_speech_s - self._missing_s
        if silent_s >= policy.pause_s(self._last_speech_s - start_s):
            yield self._end(self._last_speech_s + policy.post_roll_s, forced=False)
        elif self._now_s - start_s > policy.longest_s - policy.step_s:
            yield from self._cut()
        elif silent_s >= policy.speculate_s and not self._paused:
            self._paused = True
            yield PauseBegan(start_s=start_s, end_s=self._last_speech_s + policy.post_roll_s)
        elif self._now_s >= self._partial_at_s and not self._paused:
            self._partial_at_s = self._now_s + policy.partial_every_s
            yield PartialDue(start_s=start_s, end_s=self._now_s)

    def _end(self, end_s: float, *, forced: bool) -> SpeechEnded:
        assert self._start_s is not None
        ended = SpeechEnded(
            start_s=self._start_s,
            end_s=min(end_s, self._now_s),
            last_speech_s=min(self._last_speech_s, end_s),
            voiced_s=self._voiced_s,
            decided_s=self._now_s,
            forced=forced,
        )
        self._floor_s, self._start_s = ended.end_s, None
        return ended

    def _cut(self) -> Iterator[SegmentEvent]:
        """End at the quietest moment of the last seconds; speech after it opens the next utterance at once."""
        policy = self._policy
        _, at_s, voiced_s = min(step for step in self._levels if step[1] >= self._now_s - policy.search_s)
        rest_s = self._voiced_s - voiced_s
        self._voiced_s = voiced_s
        yield self._end(at_s, forced=True)
        if self._last_speech_s <= at_s:
            return  # cut in a pause: nothing was said after it
        self._start_s, self._voiced_s, self._paused = at_s, rest_s, False
        self._levels = [(level, end_s, so_far_s - voiced_s) for level, end_s, so_far_s in self._levels if end_s > at_s]
        self._partial_at_s = self._now_s + policy.partial_every_s
        yield SpeechBegan(start_s=at_s, first_speech_s=at_s)
