"""Adapter: plays a call by AudioSocket, one TCP connection per person."""

import asyncio
import contextlib
from collections.abc import Sequence
from uuid import UUID, uuid4

from qa_monitor.simulator.explained import explain
from qa_monitor.simulator.faults import FaultName, has
from qa_monitor.simulator.line import Job, Outcome, SimulationError
from qa_monitor.simulator.planned import Act, TimedAct, TimedItem
from qa_monitor.simulator.protocols.audiosocket import leg, sounds_in
from qa_monitor.simulator.web import REFUSED_WITHIN_S, SETTLE_S, break_off

CLOSE_WITHIN_S = 2.0
CONNECT_WITHIN_S = 5.0
EARLY_S = 1.0
"""A service that hangs up before did not want the call at all."""


async def play_audiosocket(job: Job) -> Outcome:
    """Play one call to its end. Raises `SimulationError` where the call was not announced."""
    identities = _identities(job)
    started_at_s = job.clock.now_s()
    async with asyncio.TaskGroup() as group:
        legs = [
            group.create_task(_Leg(job, channel, identity, started_at_s).play())
            for channel, identity in enumerate(identities)
        ]
    error = next((task.result() for task in legs if task.result()), None)
    return Outcome(started_at_s=started_at_s, error=error)


def _identities(job: Job) -> Sequence[UUID]:
    """The UUID of each channel, as the service promised them."""
    if job.ticket is None:
        raise SimulationError("audiosocket: a call must be announced first")
    promised = [job.ticket.audiosocket.get(speaker.value) for speaker in job.call.channels]
    if has(job.line.faults, FaultName.BAD_TOKEN):
        return [uuid4() for _ in promised]
    if None in promised:
        raise SimulationError(f"the service promised no AudioSocket id for {', '.join(job.call.channels)}")
    return [identity for identity in promised if identity is not None]


class _Leg:
    """One person's connection."""

    def __init__(self, job: Job, channel: int, identity: UUID, started_at_s: float) -> None:
        self._job = job
        self._channel = channel
        self._started_at_s = started_at_s
        planned = list(leg(job.call, channel, identity, job.line.wire))
        self._items = job.line.with_faults(planned, job.call, f"{job.call.call_id}:{channel}")
        self._received = bytearray()

    async def play(self) -> str | None:
        """Send all; what the service did wrong, if anything."""
        host, port = self._job.line.audiosocket_at
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                reader, writer = await asyncio.open_connection(host, port)
        except (OSError, TimeoutError) as error:
            return explain(error, self._job.line)
        self._job.step(f"connected to {self._job.line.audiosocket} for {self._job.call.channels[self._channel]}")
        async with asyncio.TaskGroup() as group:
            listening = group.create_task(self._listen(reader))
            error_text = await self._send(writer, listening)
            writer.close()  # ends the listening too
        self._job.step("closed")
        if error_text is None and sounds_in(bytes(self._received)):
            return "the service sent more than silence on a line where it may only listen"
        return error_text

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Until the service has hung up."""
        with contextlib.suppress(ConnectionError):  # how it hung up is of no interest here
            while data := await reader.read(4096):
                self._received += data

    async def _send(self, writer: asyncio.StreamWriter, listening: "asyncio.Task[None]") -> str | None:
        reached_s = 0.0
        try:
            for item in self._items:
                reached_s = item.at_s
                await self._job.clock.wait_until(self._started_at_s + item.at_s / self._job.line.speed)
                if isinstance(item, TimedAct):
                    return await self._act_badly(item, writer, listening)
                if listening.done():
                    return _hung_up(item.at_s, self._job.line.speed)
                await self._write(writer, item)
            await asyncio.wait([listening], timeout=CLOSE_WITHIN_S)
        except ConnectionError:  # the write was quicker to notice than the listening
            return _hung_up(reached_s, self._job.line.speed)
        except OSError as error:
            return explain(error, self._job.line)
        return None

    async def _write(self, writer: asyncio.StreamWriter, item: TimedItem) -> None:
        if not isinstance(item, TimedAct) and isinstance(item.data, bytes):
            writer.write(item.data)
            await writer.drain()
            self._job.report(item.at_s)

    async def _act_badly(
        self, item: TimedAct, writer: asyncio.StreamWriter, listening: "asyncio.Task[None]"
    ) -> str | None:
        if item.act is Act.RESET:
            break_off(writer.transport)
            return None
        if item.act is Act.SILENCE:
            await asyncio.wait([listening], timeout=REFUSED_WITHIN_S)
            if listening.done():
                return "the service closed the connection on which nothing was said"
            return f"the service kept a connection for {REFUSED_WITHIN_S:g} s on which nothing was said"
        return await _hold(writer, listening, item.length_s)


def _hung_up(at_s: float, speed: float) -> str:
    told = f"the service hung up at second {at_s:.1f}"
    if at_s < EARLY_S:
        return f"{told}: is the id unknown, expired or used up?"
    return f"{told}: its log says why" + ("" if speed == 1 else "; at another speed than 1 the rate seems wrong to it")


async def _hold(writer: asyncio.StreamWriter, listening: "asyncio.Task[None]", held_s: float) -> str | None:
    """Deaf and dumb; then look whether the service is still there."""
    reading = writer.transport
    if not isinstance(reading, asyncio.ReadTransport):
        raise TypeError("a connection that cannot stop reading")
    reading.pause_reading()
    await asyncio.sleep(held_s)
    reading.resume_reading()
    await asyncio.wait([listening], timeout=SETTLE_S)
    return None if listening.done() else f"the service still held the half-open connection after {held_s:g} s"
