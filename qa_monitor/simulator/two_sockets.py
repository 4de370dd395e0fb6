"""Plays a call by two websockets, one per person, as sources do that carry one voice per connection."""

import asyncio
from dataclasses import replace

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from qa_monitor.simulator.explained import explain
from qa_monitor.simulator.line import Job, Outcome
from qa_monitor.simulator.one_way import play_one_way


async def play_two_sockets(job: Job) -> Outcome:
    """Play one call to its end; both connections keep the same time. What goes wrong on either is the call's error."""
    started_at_s = job.clock.now_s()
    async with asyncio.TaskGroup() as group:
        playing = [
            group.create_task(_play(replace(job, call=job.call.voice(channel)), started_at_s))
            for channel in range(len(job.call.channels))
        ]
    errors = [task.result() for task in playing]
    return Outcome(started_at_s=started_at_s, error=next((error for error in errors if error is not None), None))


async def _play(job: Job, started_at_s: float) -> str | None:
    try:
        return (await play_one_way(job, started_at_s)).error
    except (OSError, InvalidHandshake, InvalidURI, ConnectionClosed, TimeoutError) as error:
        return f"{job.call.side}: {explain(error, job.line)}"
