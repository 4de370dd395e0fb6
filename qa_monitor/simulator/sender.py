"""Plays planned calls into the service, each message at its absolute time, so that delays never add up."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from qa_monitor.simulator.announcing import announce
from qa_monitor.simulator.explained import explain
from qa_monitor.simulator.faults import FaultError
from qa_monitor.simulator.fitting import fitted
from qa_monitor.simulator.legs import play_audiosocket
from qa_monitor.simulator.line import (
    Credentials,
    Job,
    Line,
    OnProgress,
    OnStep,
    Outcome,
    Progress,
    SendClock,
    SentCall,
    SimulationError,
)
from qa_monitor.simulator.one_way import play_one_way
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.sessions import play_audiohook
from qa_monitor.simulator.spoiled import spoiled_call
from qa_monitor.simulator.two_sockets import play_two_sockets

__all__ = [
    "Credentials",
    "Line",
    "OnProgress",
    "OnStep",
    "Progress",
    "SendClock",
    "SentCall",
    "SimulationError",
    "play",
]

REPORT_EVERY_S = 0.5
TINY_S = 0.001


async def play(
    calls: Sequence[PlannedCall],
    line: Line,
    *,
    on_progress: OnProgress = lambda _: None,
    on_step: OnStep = lambda *_: None,
    clock: SendClock | None = None,
) -> list[SentCall]:
    """Play all calls at once, each from its own start. A call that fails says so in its result; the others go on.

    A call that the protocol cannot carry as it is is resampled, or its two channels mixed into one.
    """
    clock = clock or SendClock()
    origin_s = clock.now_s()
    playing = [_Playing(call, line, clock, on_progress, on_step) for call in calls]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one.run(origin_s)) for one in playing]
    return [task.result() for task in tasks]


class _Playing:
    """One call on its way."""

    def __init__(
        self, call: PlannedCall, line: Line, clock: SendClock, on_progress: OnProgress, on_step: OnStep
    ) -> None:
        self._call = call
        self._line = line
        self._clock = clock
        self._on_progress = on_progress
        self._on_step = on_step
        self._reported_s = 0.0

    async def run(self, origin_s: float) -> SentCall:
        await self._clock.wait_until(origin_s + self._call.starts_after_s)
        begun_s = self._clock.now_s()
        try:
            outcome = await self._carried()
        except (OSError, InvalidHandshake, InvalidURI, ConnectionClosed, TimeoutError) as error:
            outcome = Outcome(started_at_s=begun_s, error=explain(error, self._line))
        except (SimulationError, FaultError) as error:
            outcome = Outcome(started_at_s=begun_s, error=str(error))
        return SentCall(
            call_id=self._call.call_id,
            started_at_s=outcome.started_at_s,
            speed=self._line.speed,
            error=outcome.error and f"call {self._call.call_id}: {outcome.error}",
            transcripts=outcome.transcripts,
        )

    async def _carried(self) -> Outcome:
        line = self._line
        try:
            whole = fitted(self._call, line.protocol, line.wire.announced, two_sockets=line.two_sockets)
            call = spoiled_call(whole, line.faults)
        except ValueError as error:
            raise SimulationError(str(error)) from error
        ticket = None
        if line.announce or line.protocol is StreamProtocol.AUDIOSOCKET:
            ticket = await announce(call, line)
            self._step("announced")
        job = Job(call=call, line=line, ticket=ticket, clock=self._clock, report=self._report, step=self._step)
        return await _carrier(line, call)(job)

    def _step(self, told: str) -> None:
        self._on_step(self._call.call_id, told)

    def _report(self, at_s: float) -> None:
        duration_s = self._call.duration_s
        if at_s - self._reported_s >= REPORT_EVERY_S or abs(at_s - duration_s) < TINY_S:
            self._reported_s = at_s
            self._on_progress(Progress(call_id=self._call.call_id, sent_s=at_s, duration_s=duration_s))


def _carrier(line: Line, call: PlannedCall) -> Callable[[Job], Awaitable[Outcome]]:
    if line.two_sockets and len(call.channels) > 1:
        return play_two_sockets
    match line.protocol:
        case StreamProtocol.AUDIOHOOK:
            return play_audiohook
        case StreamProtocol.AUDIOSOCKET:
            return play_audiosocket
        case _:
            return play_one_way
