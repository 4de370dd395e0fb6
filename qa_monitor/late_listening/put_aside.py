"""What was recorded of one call while it was put aside, as the looks at it that a recording would get."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

import numpy as np

from qa_monitor.call.pace.pace import Beginning, Step
from qa_monitor.call.recording.recorded import Part, Stretch, UnreadPart, UsualVoice
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.replay.steady import LOOK_S, unhurried
from qa_monitor.shedding.care import FULL_CARE, Care
from qa_monitor.store.port import Blocks
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, ConsentChanged, EndReason

Span = tuple[float, float]


class Knowing(Protocol):
    """Who goes through the call again: `CallPipeline`."""

    def skip(self, known_until_s: Sequence[float]) -> None:
        """Per channel, up to where what was said is known already."""

    def recall(self, kept: StoredUtterance) -> None:
        """It was said and kept before."""

    def recall_voice(self, channel: int, usual: bytes) -> None:
        """What was usual for the customer's voice."""

    def recall_hold(self, hold: OnHold, *, began_here: bool) -> None:
        """The same of a time on hold. `began_here`: its beginning was heard here too."""

    def recall_end(self, end_s: float) -> None:
        """From where its sound ends to this second the call was followed."""


@dataclass(slots=True, kw_only=True)
class PutAside:
    """One pass over it. `pipeline` is told what is known before each stretch, so that it is judged in its light."""

    call: CallStarted
    kept: Sequence[StoredUtterance]
    """What is known of the call already, by start."""
    lawful: bool
    """What the customer once granted still holds."""
    holds: Sequence[OnHold] = ()
    """When they were on hold, as far as is known already, by start."""
    duration_s: float = 0.0
    """Of the call, as far as is known."""
    care: Care = FULL_CARE
    """What its finals get."""
    pipeline: Knowing | None = None
    end_s: float = 0.0
    """How far its sound goes."""

    spans: list[Span] = field(default_factory=list)
    """From when to when there is sound of it."""
    _recalled: int = 0
    _recalled_holds: int = 0
    _known_s: Sequence[float] = ()
    """Per channel, up to where the latest stretch was known before."""
    _sound_s: float = 0.0
    """Up to where there is sound of it."""

    @property
    def sound_s(self) -> float:
        """How much sound there was, both sides at once."""
        return sum(until_s - from_s for from_s, until_s in self.spans)

    def steps(self, parts: Iterable[Part]) -> Iterator[Step]:
        """The looks, in order, the last with the end of the call, also where a kill came before it."""
        for part in parts:
            match part:
                case Stretch():
                    self._begin(part)
                case Block():
                    yield from self._sound(part)
                case UsualVoice():
                    self._recall_voice(part)
                case CallEnded():
                    self.end_s = max(self.end_s, part.end_s)
                case ConsentChanged() if not self.lawful:
                    pass
                case _:
                    yield Step(standing=unhurried(self.care), came=[part])
        self._recall_holds(inf)
        self._recall(len(self.kept))
        if self.pipeline is not None and self.duration_s > self.end_s:
            self.pipeline.recall_end(self.duration_s)
        ended = CallEnded(call_id=self.call.call_id, end_s=self.end_s, reason=EndReason.END)
        yield Step(standing=unhurried(self.care), came=[ended])

    def _begin(self, stretch: Stretch) -> None:
        known_s = stretch.heard_until_s
        self._recall_holds(max(known_s))
        self._recall(sum(kept.utterance.start_s < known_s[kept.utterance.channel] for kept in self.kept))
        assert self.pipeline is not None
        self.pipeline.skip(known_s)
        self._known_s, self._sound_s = known_s, 0.0

    def _recall_holds(self, until_s: float) -> None:
        assert self.pipeline is not None
        count = sum(hold.start_s < until_s for hold in self.holds)
        for hold in self.holds[self._recalled_holds : count]:
            began_here = any(from_s <= hold.start_s < end_s for from_s, end_s in self.spans)
            self.pipeline.recall_hold(hold, began_here=began_here)
        self._recalled_holds = max(self._recalled_holds, count)

    def _recall_voice(self, voice: UsualVoice) -> None:
        assert self.pipeline is not None
        try:
            self.pipeline.recall_voice(voice.channel, voice.baseline)
        except ValueError as error:
            raise UnreadPart(f"what is known of a voice cannot be read: {error}") from error

    def _recall(self, count: int) -> None:
        assert self.pipeline is not None
        for kept in self.kept[self._recalled : count]:
            if not self._is_heard_here(kept):
                self.pipeline.recall(kept)
        self._recalled = max(self._recalled, count)

    def _is_heard_here(self, kept: StoredUtterance) -> bool:
        """A copy that was made before a kill: it comes once more, and its flags were perhaps not told."""
        known_s = self._known_s[kept.utterance.channel] if self._known_s else inf
        return known_s <= kept.utterance.start_s < self._sound_s

    def _sound(self, block: Block) -> Iterator[Step]:
        rate_hz, look = self.call.rate_hz, round(LOOK_S * self.call.rate_hz)
        end_s = block.start_s + len(block.samples) / rate_hz
        if self.spans and abs(self.spans[-1][1] - block.start_s) * rate_hz <= 0.5:
            self.spans[-1] = (self.spans[-1][0], end_s)
        else:
            self.spans.append((block.start_s, end_s))
        self.end_s = max(self.end_s, end_s)
        self._sound_s = end_s
        for first in range(0, len(block.samples), look):
            frames = self._frames(block.start_s + first / rate_hz, block.samples[first : first + look])
            yield Step(standing=unhurried(self.care), came=list(frames))

    def _frames(self, start_s: float, samples: Blocks) -> Iterator[CallEvent]:
        for channel in range(samples.shape[1]):
            own = np.ascontiguousarray(samples[:, channel])
            own.flags.writeable = False
            yield AudioFrame(
                call_id=self.call.call_id,
                channel=channel,
                start_s=start_s,
                samples=own,
                rate_hz=self.call.rate_hz,
            )


def beginning_of(parts: Iterable[Part]) -> Beginning | None:
    """What held when it was first put aside; none where nothing was recorded."""
    first = next(iter(parts), None)
    return first.beginning if isinstance(first, Stretch) else None
