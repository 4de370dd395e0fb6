"""The speech engine as it answered live: the same passes end at the same look, with what the model says today."""

from collections.abc import Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from qa_monitor.call.pace.pace import Answer, Asked
from qa_monitor.replay.spare import SpareEngine
from streams.engine.batching import Kind
from streams.engine.engine import EngineFull
from streams.engine.job_queue import Pass
from streams.model.window import Window

NEAR = 12
"""Questions ahead in which the same one is looked for, where what was asked live is not asked now."""


class AnsweredFuture(Future[Pass]):
    """A pass that is over when it is shown to be. `answer`: what was noted of it; none: nothing was."""

    def __init__(self, of: "Future[Pass]", answer: Answer | None) -> None:
        super().__init__()
        self.of, self.answer = of, answer
        self.shown = self._gone = False

    def done(self) -> bool:
        return self.shown or self._gone

    def cancel(self) -> bool:
        noted = None if self.answer is None else self.answer.cancelled
        if not (not self.shown if noted is None else noted):
            return False
        self._gone = True
        self.of.cancel()
        return True

    def cancelled(self) -> bool:
        return self._gone

    def result(self, timeout: float | None = None) -> Pass:
        return self.of.result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        if self.answer is not None and self.answer.failed:
            return EngineFull("it was not transcribed in time live either")
        return self.of.exception(timeout)


@dataclass(slots=True, kw_only=True)
class Answering:
    """What all channels of one call share."""

    spare: SpareEngine
    answers: Mapping[Asked, Answer]
    needed: frozenset[Asked]
    """The passes of which the end was seen: what came of the others nobody ever knew."""
    under_way: dict[Asked, AnsweredFuture] = field(default_factory=dict)
    strayed: int = 0
    """Passes asked for that were not asked for live: another model or setting, or a stretch that was silenced."""
    _next: dict[int, int] = field(default_factory=dict)

    def noted(self, channel: int, kind: Kind, samples: int) -> tuple[Asked, Answer | None]:
        """What was answered to this very question, or to it a few questions later; none where it was not asked."""
        first = self._next.get(channel, 0)
        for number in range(first, first + NEAR):
            answer = self.answers.get((channel, number))
            if answer is not None and (answer.kind, answer.samples) == (kind, samples):
                self._next[channel] = number + 1
                return (channel, number), answer
        self.strayed += 1
        return (channel, -self.strayed), None

    def due(self, known: set[Asked], *, everything: bool) -> dict[Asked, AnsweredFuture]:
        """Those that are over at this look: the ones seen live, and all that nothing is known of."""
        return {
            asked: future
            for asked, future in self.under_way.items()
            if everything or asked in known or future.answer is None
        }


class AnsweredPasses:
    """The engine as one channel knows it."""

    def __init__(self, channel: int, answering: Answering) -> None:
        self._channel, self._shared = channel, answering

    def submit(self, window: Window, kind: Kind, *, source: Hashable = None) -> "Future[Pass]":
        asked, answer = self._shared.noted(self._channel, kind, len(window.audio))
        if answer is not None and answer.refused:
            raise EngineFull("there was no room for it live either")
        wanted = answer is None or (asked in self._shared.needed and not answer.failed)
        found = AnsweredFuture(self._shared.spare.submit(window) if wanted else _nothing(), answer)
        self._shared.under_way[asked] = found
        return found

    def promote(self, future: "Future[Pass]") -> bool:
        noted = future.answer if isinstance(future, AnsweredFuture) else None
        return not future.cancelled() if noted is None or noted.promoted is None else noted.promoted


def _nothing() -> "Future[Pass]":
    """Nobody ever knew what came of it."""
    future: Future[Pass] = Future()
    future.set_exception(EngineFull("what came of it was not needed live"))
    return future
