"""Music and call-progress tones on one channel, told from speech, by audio time alone. Pure.

Music is told 1.5 to 3 s after it began (6 s where it hardly has a held note), its beginning put back to where it was;
its end once three seconds are without. A tone is told when it has ended. Nothing here keeps any sound from being
transcribed.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from streams.activity.steadiness import FAINT_DB, Floats, Moment, SteadyLines
from streams.activity.vad import CHUNK, RATE_HZ

STEP_S = CHUNK / RATE_HZ
_LOOK_STEPS = 16
"""How often it is judged: every 0.5 s."""
_CLEAR_STEPS, _FAINT_STEPS, _GONE_STEPS = 94, 188, 94
"""3 s of clear music, 6 s of music with few held notes, and how long it must be gone."""
_HELD, _CLEARLY_HELD = 0.15, 0.3
"""Share of the power in held lines from which a step counts as held."""
_CLEAR_SHARE, _FAINT_SHARE, _GONE_SHARE = 0.2, 0.06, 0.03
"""Of the sounding steps, how many must be held. Clear: in two hours of speech no 3 s had more than 0.09."""
_SOUNDING_SHARE, _UNBROKEN_SHARE, _SPOKEN_SHARE = 0.5, 0.8, 0.3
_SPOKEN = 0.35
_QUIETER_DB = 20.0
"""Music reaches back to where it was quieter than this under its usual level."""
_HELD_LATE_STEPS, _BACK_STEPS, _ON_STEPS = 6, 14, 14
"""A note is held for so many steps before it counts; how far music may reach beyond its first and last held note."""
_ONE_PITCH, _ONE_PITCH_SHARE = 0.015, 0.9
_PURE = 0.7
_TONE_STEPS = 5
"""A tone must last 0.16 s beyond what it takes to be noticed."""
_KEYS_LOW_HZ, _KEYS_HIGH_HZ = (680.0, 960.0), (1190.0, 1655.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicBegan:
    """There has been music from this second on."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicEnded:
    """There was music until this second."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneHeard:
    """A tone of one pitch that is no key of a telephone: ring-back, a beep."""

    start_s: float
    end_s: float
    pitch_hz: float


LineSound = MusicBegan | MusicEnded | ToneHeard


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    moment: Moment
    spoken: bool
    sounds: bool
    held: bool

    @classmethod
    def of(cls, moment: Moment, *, spoken: bool) -> Self:
        """Judged once: it is looked at many times."""
        held = moment.steady > _HELD and not (moment.pure >= _PURE and _is_key(moment))
        return cls(moment=moment, spoken=spoken, sounds=moment.level_db > FAINT_DB, held=held)


class MusicEar:
    """Told the steps of one channel at 16 kHz and how likely each is speech. Private to the channel."""

    def __init__(self) -> None:
        self._lines = SteadyLines()
        self._steps: deque[_Step] = deque(maxlen=_FAINT_STEPS + _BACK_STEPS)
        self._end_s = 0.0
        self._waiting: list[tuple[Floats, list[float]]] = []
        self._waiting_steps = 0
        self._plays = False
        self._tone: list[_Step] = []

    def feed(self, audio: Floats, chances: Sequence[float], end_s: float) -> Iterator[LineSound]:
        """Take whole steps of 512 samples, the last of which ends at `end_s` of the call. It looks at 16 at once."""
        self._waiting.append((audio, list(chances)))
        self._waiting_steps += len(chances)
        if self._waiting_steps >= _LOOK_STEPS:
            yield from self._take(end_s)
            yield from self._look()

    def skip(self) -> Iterator[LineSound]:
        """Nothing can be heard for a while: what was there has ended here."""
        if self._waiting:
            yield from self._take(self._end_s + self._waiting_steps * STEP_S)
        yield from self._tone_ended()
        if self._plays:
            self._plays = False
            yield MusicEnded(at_s=self._at_s(_last(list(self._steps))))
        self._steps.clear()
        self._lines = SteadyLines()

    def _take(self, end_s: float) -> Iterator[LineSound]:
        waiting, self._waiting, self._waiting_steps = self._waiting, [], 0
        chances = [chance for _, some in waiting for chance in some]
        self._end_s = end_s - len(chances) * STEP_S
        for moment, chance in zip(
            self._lines.feed(np.concatenate([audio for audio, _ in waiting])), chances, strict=True
        ):
            self._end_s += STEP_S
            step = _Step.of(moment, spoken=chance >= _SPOKEN)
            self._steps.append(step)
            yield from self._tones(step)

    def _look(self) -> Iterator[LineSound]:
        steps = list(self._steps)
        if not self._plays and (_is_clear(steps[-_CLEAR_STEPS:]) or _is_faint(steps[-_FAINT_STEPS:])):
            self._plays = True
            yield MusicBegan(at_s=self._at_s(_first(steps)))
        elif self._plays and _is_gone(steps[-_GONE_STEPS:]):
            self._plays = False
            yield MusicEnded(at_s=self._at_s(_last(steps)))
            # what is left of it must not be taken for music that begins
            self._steps.clear()

    def _tones(self, step: _Step) -> Iterator[LineSound]:
        if step.sounds and step.moment.pure >= _PURE and _same_pitch(self._tone, step):
            self._tone.append(step)
            return
        yield from self._tone_ended()

    def _tone_ended(self) -> Iterator[LineSound]:
        tone, self._tone = self._tone, []
        if len(tone) >= _TONE_STEPS and not _is_key(tone[-1].moment):
            end_s = self._end_s - STEP_S
            start_s = max(0.0, end_s - (len(tone) + _HELD_LATE_STEPS) * STEP_S)
            yield ToneHeard(start_s=start_s, end_s=end_s, pitch_hz=tone[-1].moment.pitches_hz[0])

    def _at_s(self, index: int) -> float:
        """Where the step of this index begins; one behind the last: where that ends."""
        return round(max(0.0, self._end_s - (len(self._steps) - index) * STEP_S), 3)


def _is_clear(steps: Sequence[_Step]) -> bool:
    sounding = [step for step in steps if step.sounds]
    held = [step for step in sounding if step.held and step.moment.steady > _CLEARLY_HELD]
    enough = len(sounding) >= _SOUNDING_SHARE * _CLEAR_STEPS and len(held) >= _CLEAR_SHARE * len(sounding)
    return enough and not _one_pitch(held)


def _is_faint(steps: Sequence[_Step]) -> bool:
    """Music of drums and short notes, or behind hardly a word: unbroken, and nobody is heard to speak."""
    sounding = [step for step in steps if step.sounds]
    if len(sounding) < _UNBROKEN_SHARE * _FAINT_STEPS:
        return False
    held = [step for step in sounding if step.held]
    spoken = sum(step.spoken for step in sounding)
    quiet = spoken <= _SPOKEN_SHARE * len(sounding)
    return quiet and len(held) >= _FAINT_SHARE * len(sounding) and not _one_pitch(held)


def _is_gone(steps: Sequence[_Step]) -> bool:
    sounding = [step for step in steps if step.sounds]
    held = sum(step.held for step in sounding)
    return held < max(3.0, _GONE_SHARE * len(sounding))


def _one_pitch(held: Sequence[_Step]) -> bool:
    """A tone, or the hum of a machine: music changes its notes."""
    pitches = sorted(step.moment.pitches_hz[0] for step in held)
    if not pitches:
        return True
    usual = pitches[len(pitches) // 2]
    near = sum(abs(pitch - usual) <= _ONE_PITCH * usual for pitch in pitches)
    return near >= _ONE_PITCH_SHARE * len(pitches)


def _first(steps: Sequence[_Step]) -> int:
    """Where the music begins that goes on at the end: before the first held note of the last stretch that has any."""
    begins, missed = len(steps) - 1, 0
    for index in range(len(steps) - 1, -1, -1):
        missed = 0 if steps[index].held else missed + 1
        begins = index if steps[index].held else begins
        if missed > _GONE_STEPS // 2:
            break
    loud_db = _usual_db(steps[begins:]) - _QUIETER_DB
    earliest = max(0, begins - _HELD_LATE_STEPS - _BACK_STEPS)
    while begins > earliest and steps[begins - 1].moment.level_db > loud_db:
        begins -= 1
    return begins


def _last(steps: Sequence[_Step]) -> int:
    """One behind the last step of the music: where it falls silent, or somebody speaks, after the last held note."""
    last = max((index for index, step in enumerate(steps) if step.held), default=-1)
    loud_db = _usual_db(steps[: last + 1]) - _QUIETER_DB
    ends = last + 1
    while ends < min(len(steps), last + 1 + _ON_STEPS) and _goes_on(steps[ends], loud_db):
        ends += 1
    return ends


def _goes_on(step: _Step, loud_db: float) -> bool:
    return step.moment.level_db > loud_db and not step.spoken


def _usual_db(steps: Sequence[_Step]) -> float:
    levels = sorted(step.moment.level_db for step in steps if step.sounds)
    return levels[len(levels) // 2] if levels else 0.0


def _same_pitch(tone: Sequence[_Step], step: _Step) -> bool:
    if not tone:
        return True
    pitch = tone[-1].moment.pitches_hz[0]
    return any(abs(other - pitch) <= _ONE_PITCH * pitch for other in step.moment.pitches_hz)


def _is_key(moment: Moment) -> bool:
    """The two tones of a telephone's key, which people press where nobody waits."""
    low, high = sorted(moment.pitches_hz)
    return _KEYS_LOW_HZ[0] <= low <= _KEYS_LOW_HZ[1] and _KEYS_HIGH_HZ[0] <= high <= _KEYS_HIGH_HZ[1]
