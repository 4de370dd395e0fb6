"""Adapter: plays a call over a websocket on which only the source speaks."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence

from websockets.asyncio.client import ClientConnection

from qa_monitor.simulator.carriage import HangsUp, carriage
from qa_monitor.simulator.faults import FaultName, has
from qa_monitor.simulator.line import Job, Line, Outcome
from qa_monitor.simulator.planned import TWILIO_FAMILY, TimedAct, TimedItem
from qa_monitor.simulator.protocols.preamble import query_of
from qa_monitor.simulator.scenario import messages
from qa_monitor.simulator.signatures import spoiled, twilio_signature
from qa_monitor.simulator.web import act_badly, connected

CLOSE_WITHIN_S = 10.0


async def play_one_way(job: Job, begun: Callable[[], Awaitable[float]] | None = None) -> Outcome:
    """Play one call to its end. Raises what the connection raises.

    `begun` is waited for once the connection is there, and tells when second 0 is; without it, that is at once.
    """
    line, carried = job.line, carriage(job.line.protocol)
    address = address_of(job)
    planned = list(messages(job.call, line.protocol, job.message_token, line.wire))
    stream = job.call.call_id if job.call.side is None else f"{job.call.call_id}:{job.call.side}"
    items = line.with_faults(planned, job.call, stream)
    pings = not has(line.faults, FaultName.HALF_OPEN)
    async with connected(address, headers_of(line, address), carried.subprotocol, pings=pings) as socket:
        started_at_s = job.clock.now_s() if begun is None else await begun()
        job.step(f"connected to {line.address}" + ("" if job.call.side is None else f" for {job.call.side}"))
        if socket.subprotocol != carried.subprotocol:
            error: str | None = f"the service did not take the sub-protocol {carried.subprotocol}"
        else:
            error = await _play(socket, items, started_at_s, job)
    return Outcome(started_at_s=started_at_s, error=error)


def address_of(job: Job) -> str:
    """Where to connect to, with what travels in the address."""
    query = query_of(job.call, job.line.protocol, job.message_token)
    address = job.line.address
    return address + (query.replace("?", "&", 1) if "?" in address else query)


def headers_of(line: Line, address: str) -> Mapping[str, str]:
    """What the source says before the first message."""
    known = line.credentials
    headers: dict[str, str] = {}
    token = line.given_token(line.token)
    if known.basic is not None:
        headers["Authorization"] = f"Basic {base64.b64encode(known.basic.encode()).decode()}"
    elif token and carriage(line.protocol).headers:
        headers["Authorization"] = f"Bearer {token}"
    if known.secret is not None and line.protocol in TWILIO_FAMILY:
        signature = twilio_signature(known.public_url or address, known.secret)
        wrong = has(line.faults, FaultName.BAD_SIGNATURE)
        headers["X-Twilio-Signature"] = spoiled(signature) if wrong else signature
    return headers


async def _play(socket: ClientConnection, items: Sequence[TimedItem], started_at_s: float, job: Job) -> str | None:
    """Send all; what the service did wrong, if anything."""
    for item in items:
        await job.clock.wait_until(started_at_s + item.at_s / job.line.speed)
        if isinstance(item, TimedAct):
            return await act_badly(socket, item)
        await socket.send(item.data)
        job.report(item.at_s)
    job.step(f"sent {job.call.duration_s:.1f} s of sound")
    return await _end(socket, job)


async def _end(socket: ClientConnection, job: Job) -> str | None:
    """Hang up, or let the service do so. It must have said nothing: a monitor only listens."""
    if carriage(job.line.protocol).hangs_up is HangsUp.SOURCE:
        await socket.close()
    heard = 0
    try:
        async with asyncio.timeout(CLOSE_WITHIN_S):
            async for _ in socket:  # ends with the connection; a close code other than 1000 is an error
                heard += 1
    except TimeoutError:
        return f"the service did not hang up within {CLOSE_WITHIN_S:g} s of the end of the call"
    job.step(f"closed with {socket.close_code}")
    return f"the service sent {heard} messages on a line where it may only listen" if heard else None
