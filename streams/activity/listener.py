"""One channel of one call: samples in, what the segmenter saw out, with the audio of every stretch at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from streams.activity.music import LineSound, MusicEar
from streams.activity.recent import RecentAudio
from streams.activity.segmenter import PartialDue, PauseBegan, Segmenter, SegmentEvent, SegmentPolicy, SpeechEnded
from streams.activity.vad import CHUNK, VoiceActivity, VoiceModel, step_levels
from streams.records import Audio, AudioFrame, Gap, GapReason
from streams.samples.resample import SPEECH_RATE_HZ, Resampler

_HOLE_S = 0.3
"""A shorter hole is filled with silence and the utterance goes on; a longer one ends it."""
_DISCARDED_S = 0.5
"""The same for what the source itself left out: up to this length it never ends an utterance."""
_ON_PURPOSE = (GapReason.PAUSED, GapReason.OFF_RECORD)
"""Somebody wanted nothing to be heard: such a gap ends an utterance however short it is."""
_TOGETHER = 5
"""Steps taken at once while somebody speaks, 0.16 s: one by one they cost twice as much. Nothing is late for it but
partials: no pause means anything before it has lasted 0.2 s, and within one steps are taken as they come."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Noticed:
    """Something the segmenter saw, with the audio it is about."""

    event: SegmentEvent
    audio: Audio | None
    """16 kHz mono, -1 to 1: what was said so far. None where the event needs none."""


class ChannelListener:
    """Everything private to one channel: resampler, voice activity, segmenter, and the recent audio at 16 kHz."""

    def __init__(self, model: VoiceModel, policy: SegmentPolicy, rate_hz: int) -> None:
        self._activity = VoiceActivity(model)
        self._go_on_at = policy.go_on_at
        self._together = min(_TOGETHER, max(1, int(policy.speculate_s / policy.step_s) - 1))
        self._segmenter = Segmenter(policy)
        self._rate_hz = rate_hz
        self._resampler = Resampler(rate_hz)
        self._heard_s = 0.0
        self._fresh = True
        """Nothing was heard since the last gap."""
        self._pending: list[Audio] = []
        self._pending_samples = 0
        """Not a whole step yet, or, while somebody speaks, not enough of them."""
        self._needed_samples = CHUNK
        self._audio = RecentAudio()
        self._music = MusicEar()
        self._sounds: list[LineSound] = []

    def sounds(self) -> list[LineSound]:
        """The music and tones noticed since the last time."""
        sounds, self._sounds = self._sounds, []
        return sounds

    @property
    def open_from_s(self) -> float | None:
        """Start of the utterance in progress, if there is one."""
        return self._segmenter.open_from_s

    @property
    def heard_s(self) -> float:
        """How far the call's audio clock is on this channel."""
        return self._heard_s

    def feed(self, frame: AudioFrame) -> Iterator[Noticed]:
        """Listen to a frame. A frame that starts later than the last ended counts as a gap before it."""
        missing_s = frame.start_s - self._heard_s
        if missing_s > 0.5 / frame.rate_hz:
            yield from self._silence(missing_s)
        self._heard_s = frame.end_s
        self._fresh = False
        self._take(self._resampler.feed(frame.samples))
        if self._pending_samples >= self._needed_samples:
            yield from self._listen()

    def gap(self, gap: Gap) -> Iterator[Noticed]:
        """Pass over missing audio: nothing is invented in it."""
        missing_s = gap.start_s + gap.duration_s - self._heard_s
        if missing_s <= 0:
            return
        if gap.reason in _ON_PURPOSE:
            yield from self._skip(missing_s)
        elif gap.reason is GapReason.DISCARDED and missing_s <= _DISCARDED_S + 0.5 / self._rate_hz:
            yield from self._fill(missing_s, missing=True)
        else:
            yield from self._silence(missing_s)

    def split(self) -> Iterator[Noticed]:
        """End what is being said at this second: what follows is another utterance. Does nothing in silence."""
        yield from self._listen()
        yield from self._with_audio(self._segmenter.split())

    def leave(self) -> list[LineSound]:
        """Nobody listens any more: what music and tones come to that were heard."""
        self._sounds.extend(self._music.skip())
        return self.sounds()

    def finish(self) -> Iterator[Noticed]:
        """The call ends: give out what is still being said."""
        yield from self._drain()
        yield from self._with_audio(self._segmenter.finish())

    def _with_audio(self, events: Iterable[SegmentEvent]) -> Iterator[Noticed]:
        for event in events:
            if isinstance(event, PartialDue | PauseBegan | SpeechEnded):
                yield Noticed(event=event, audio=self._cut(event.start_s, event.end_s))
            else:
                yield Noticed(event=event, audio=None)

    def _cut(self, start_s: float, end_s: float) -> Audio:
        return self._audio.between(round(start_s * SPEECH_RATE_HZ), round(end_s * SPEECH_RATE_HZ))

    def _silence(self, duration_s: float) -> Iterator[Noticed]:
        if duration_s <= _HOLE_S:
            yield from self._fill(duration_s)
        else:
            yield from self._skip(duration_s)

    def _fill(self, duration_s: float, *, missing: bool = False) -> Iterator[Noticed]:
        """Silence in the place of what is missing."""
        silence = np.zeros(round(duration_s * self._rate_hz), np.int16)
        yield from self._listen()
        self._take(self._resampler.feed(silence))
        yield from self._listen(missing=missing)
        self._heard_s += duration_s
        self._fresh = False

    def _skip(self, duration_s: float) -> Iterator[Noticed]:
        """Go on behind what is missing; what was being said has ended."""
        if not self._fresh:
            yield from self._drain()
            self._resampler = Resampler(self._rate_hz)
        self._sounds.extend(self._music.skip())
        self._heard_s += duration_s
        self._fresh = True
        yield from self._with_audio(self._segmenter.skip(self._heard_s))
        self._pending, self._pending_samples = [], 0
        self._audio = RecentAudio(round(self._heard_s * SPEECH_RATE_HZ))

    def _drain(self) -> Iterator[Noticed]:
        """Listen to all that is left, in the resampler too."""
        self._take(self._resampler.feed(np.zeros(0, np.int16), last=True))
        yield from self._listen()

    def _take(self, audio: Audio) -> None:
        if len(audio):
            self._pending.append(audio)
            self._pending_samples += len(audio)

    def _listen(self, *, missing: bool = False) -> Iterator[Noticed]:
        """To every whole step there is."""
        if self._pending_samples < CHUNK:
            return
        steps = self._whole_steps()
        self._audio.append(steps)
        levels = step_levels(steps)
        chances = self._activity.probabilities(steps, levels).tolist()
        self._sounds.extend(self._music.feed(steps, chances, self._heard_s - self._pending_samples / SPEECH_RATE_HZ))
        yield from self._with_audio(self._segmenter.feed(chances, levels.tolist(), missing=missing))
        self._audio.forget(round(self._segmenter.needed_from_s * SPEECH_RATE_HZ))
        speaking = self._segmenter.open_from_s is not None and chances[-1] >= self._go_on_at
        self._needed_samples = CHUNK * (self._together if speaking else 1)

    def _whole_steps(self) -> Audio:
        """Take as many as have come together; the rest waits."""
        audio = np.concatenate(self._pending) if len(self._pending) > 1 else self._pending[0]
        whole = len(audio) // CHUNK * CHUNK
        self._pending_samples = len(audio) - whole
        self._pending = [audio[whole:].copy()] if self._pending_samples else []
        return audio[:whole]
