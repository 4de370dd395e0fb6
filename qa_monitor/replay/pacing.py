"""Goes through a call look by look: at the pace of the time when it was live, or steadily where none was kept."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from math import inf
from time import monotonic

from qa_monitor.call.inbox import Inbox
from qa_monitor.call.pace.pace import Sound, Standing, Step
from qa_monitor.replay.answers import AnsweredPasses, Answering
from qa_monitor.replay.sound import SoundInFrames
from streams.engine.passes import Passes
from streams.records import AudioFrame, CallEnded, CallEvent

BREATH_S = 0.002
"""Wall seconds between two looks, so that live calls have the event loop in between."""


ROOM_S = 0.1
"""How often it looks whether there is room."""


class Stopped(Exception):
    """It was asked to stop."""


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a replay has come; set by it, read by others. `stop` is for others to set."""

    at_s: float = 0.0
    stop: bool = False


class StepInbox(Inbox):
    """Holds what one look finds; never waits for more."""

    def take(self, most_s: float = inf) -> list[CallEvent]:
        """All that this look finds."""
        return super().take()

    async def news(self, within_s: float) -> None:
        """At once: the next look is due when it is due."""
        await asyncio.sleep(0)


class ReplayPacing:
    """See `call.pacing.Pacing`. One per replay."""

    def __init__(
        self, steps: Iterable[Step], sound: SoundInFrames, answering: Answering, executor: Executor, progress: Progress
    ) -> None:
        self.inbox: Inbox = StepInbox()
        self.on_standing: Callable[[Standing], None] = lambda standing: None
        """Told what the load and others decided at each look."""
        self.on_frame: Callable[[AudioFrame], None] = lambda frame: None
        """Told of every frame that is here."""
        self.speed: float | None = None
        """Seconds of the call per second; none: as fast as it goes."""
        self.room: Callable[[], bool] = lambda: True
        """Whether live calls leave time now; while they do not, nothing is done."""
        self._steps: Iterator[Step] = iter(steps)
        self._sound, self._answering, self._executor, self._progress = sound, answering, executor, progress
        self._step: Step | None = None
        self._collected = False
        self._began_s: float | None = None

    def passes(self, channel: int, engine: Passes) -> Passes:
        return AnsweredPasses(channel, self._answering)

    async def gather(self, *, hurried: bool) -> None:
        """Make the events of the next look ready."""
        await self._next()
        if self._step is None:
            raise RuntimeError("a call has no end")
        self.on_standing(self._step.standing)
        loop = asyncio.get_running_loop()
        for event in await loop.run_in_executor(self._executor, self._events, self._step):
            if isinstance(event, AudioFrame):
                self.on_frame(event)
            self.inbox.push(event)

    def took(self, events: Iterable[CallEvent], standing: Standing) -> None:
        pass  # it was noted live

    async def collecting(self) -> None:
        """Wait for the passes that are over at this look."""
        if self._collected:
            await self._next()
        self._collected = True
        known = set() if self._step is None else self._step.known
        due = self._answering.due(known, everything=self._step is None)
        for asked, future in due.items():
            del self._answering.under_way[asked]
            failed = future.answer is not None and future.answer.failed
            if not future.cancelled() and not failed:
                await asyncio.gather(asyncio.wrap_future(future.of), return_exceptions=True)
            future.shown = True
            self._check()

    def forget(self) -> None:
        pass  # of a replay nothing is kept

    def waits(self, waited_s: float) -> bool:
        return True  # what did not come in time live is known not to have

    async def ended(self) -> None:
        pass  # its pace is kept already

    async def _next(self) -> None:
        self._check()
        while not self.room():
            await asyncio.sleep(ROOM_S)
            self._check()
        self._step, self._collected = next(self._steps, None), False
        if self._step is None:
            return
        self._progress.at_s = max([self._progress.at_s, *_ends_s(self._step)])
        await asyncio.sleep(max(BREATH_S, self._early_s()))

    def _early_s(self) -> float:
        """How long the next look is not due yet."""
        if self.speed is None:
            return 0.0
        if self._began_s is None:
            self._began_s = monotonic()
        return self._began_s + self._progress.at_s / self.speed - monotonic()

    def _check(self) -> None:
        if self._progress.stop:
            raise Stopped

    def _events(self, step: Step) -> list[CallEvent]:
        events: list[CallEvent] = []
        for one in step.came:
            events.extend(self._sound.frames(one) if isinstance(one, Sound) else [one])
        return events


def _ends_s(step: Step) -> Iterator[float]:
    for one in step.came:
        match one:
            case Sound():
                yield one.start_s
            case AudioFrame() | CallEnded():
                yield one.end_s
            case _:
                pass
