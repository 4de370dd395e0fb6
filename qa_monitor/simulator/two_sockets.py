"""Plays a call by two websockets, one per person, as sources do that carry one voice per connection."""

import asyncio
from dataclasses import replace

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from qa_monitor.simulator.explained import explain
from qa_monitor.simulator.line import Job, Outcome, SendClock
from qa_monitor.simulator.one_way import play_one_way


async def play_two_sockets(job: Job) -> Outcome:
    """Play one call to its end; both connections keep the same time. What goes wrong on either is the call's error."""
    beginning = _Beginning(job.clock, len(job.call.channels))
    async with asyncio.TaskGroup() as group:
        playing = [
            group.create_task(_play(replace(job, call=job.call.voice(channel)), beginning))
            for channel in range(len(job.call.channels))
        ]
    errors = [task.result() for task in playing]
    return Outcome(
        started_at_s=beginning.started_at_s, error=next((error for error in errors if error is not None), None)
    )


class _Beginning:
    """Second 0 of the call: when every connection is there, or has failed."""

    def __init__(self, clock: SendClock, connections: int) -> None:
        self._clock = clock
        self._awaited = connections
        self._begun = asyncio.Event()
        self.started_at_s = clock.now_s()

    def one_less(self) -> None:
        """One connection is there, or will never be."""
        self._awaited -= 1
        if self._awaited == 0:
            self.started_at_s = self._clock.now_s()
            self._begun.set()

    async def begun(self) -> float:
        """This connection is there: wait for the others."""
        self.one_less()
        await self._begun.wait()
        return self.started_at_s


async def _play(job: Job, beginning: _Beginning) -> str | None:
    connected = False

    async def begun() -> float:
        nonlocal connected
        connected = True
        return await beginning.begun()

    try:
        return (await play_one_way(job, begun)).error
    except (OSError, InvalidHandshake, InvalidURI, ConnectionClosed, TimeoutError) as error:
        return f"{job.call.side}: {explain(error, job.line)}"
    finally:
        if not connected:
            beginning.one_less()
