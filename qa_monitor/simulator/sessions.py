"""Adapter: plays a call by AudioHook, a conversation in which the service has a say."""

import asyncio
import math
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from qa_monitor.simulator.audiohook.client import AudioHookClient, State
from qa_monitor.simulator.audiohook.opening import Continued, Opening
from qa_monitor.simulator.audiohook.transcripts import Transcript
from qa_monitor.simulator.faults import FaultName, has
from qa_monitor.simulator.line import Job, Outcome
from qa_monitor.simulator.openings import headers_of, opening_for, sound
from qa_monitor.simulator.planned import Act, TimedAct, TimedItem
from qa_monitor.simulator.web import act_badly, connected

NONCE_BYTES = 18
_BREAKS = (Act.RESET, Act.HOLD, Act.SILENCE)


async def play_audiohook(job: Job) -> Outcome:
    """Play one call to its end, over as many sessions as the service asks for. Raises what the connection raises."""
    conversation = _Conversation(job)
    continued: tuple[Continued, ...] = ()
    while True:
        opening = opening_for(job, str(uuid4()), continued)
        headers = headers_of(job.line, opening, int(time.time()), secrets.token_urlsafe(NONCE_BYTES))
        pings = not has(job.line.faults, FaultName.HALF_OPEN)
        async with connected(job.line.address, headers, None, pings=pings) as socket:
            job.step(f"connected to {job.line.address}")
            client = await conversation.hold(socket, opening)
        if client is None or not client.reconnects:
            return conversation.outcome(client)
        continued = (*continued, client.continued)


@dataclass(slots=True)
class _Conversation:
    """One call over its sessions. State of one player."""

    job: Job
    started_at_s: float | None = None
    error: str | None = None
    transcripts: list[Transcript] = field(default_factory=list)

    async def hold(self, socket: ClientConnection, opening: Opening) -> AudioHookClient | None:
        """One session to its end; none where it was broken on purpose."""
        if has(self.job.line.faults, FaultName.NO_START):
            self.error = await act_badly(socket, TimedAct(at_s=0.0, act=Act.SILENCE))
            return None
        frozen = has(self.job.line.faults, FaultName.FROZEN_PAUSE)
        client = AudioHookClient(opening, self.job.clock.now_s(), counts_pauses=not frozen)
        try:
            if await self._talk(socket, client):
                return None
            await _hang_up(socket, client, self.job)
        except ConnectionClosed:
            if _complaint(client) is None:
                raise
        finally:
            self.transcripts += client.transcripts
        return client

    def outcome(self, client: AudioHookClient | None) -> Outcome:
        """How the call went."""
        error = self.error or (None if client is None else _complaint(client))
        started_at_s = self.job.clock.now_s() if self.started_at_s is None else self.started_at_s
        return Outcome(started_at_s=started_at_s, error=error, transcripts=tuple(self.transcripts))

    async def _talk(self, socket: ClientConnection, client: AudioHookClient) -> bool:
        """Until the session is over: whether it was broken on purpose."""
        clock = self.job.clock
        plan: _Plan | None = None
        while client.state is not State.OVER:
            await _send_owed(socket, client)
            due_s = client.due_s if plan is None else min(client.due_s, plan.due_s)
            message = await _message_within(socket, due_s - clock.now_s())
            now_s = clock.now_s()
            if message is not None:
                client.receive(message, now_s)
            client.tick(now_s)
            if client.state is not State.OPEN:
                continue
            plan = plan or self._begin(client, now_s)
            item = plan.next(now_s)
            if item is not None and await self._do(item, socket, client):
                return True
            if plan.done:
                client.finish(now_s)
        return False

    def _begin(self, client: AudioHookClient, now_s: float) -> "_Plan":
        """What is left of the call when this session opens; faults happen in the first session only."""
        line, medium = self.job.line, client.medium
        if medium is None:
            self.error = "the service chose none of the media that were offered"
            return _Plan((), now_s, line.speed)
        self.job.step(f"opened with {medium.as_json()['format']} of {' and '.join(medium.channels)}")
        if self.started_at_s is not None:
            rest = self.job.call.since((now_s - self.started_at_s) * line.speed)
            return _Plan(sound(rest, medium, line.wire), now_s, line.speed)
        self.started_at_s, call = now_s, self.job.call
        spoken = sound(call, medium, line.wire)
        return _Plan(line.with_faults(spoken, call, call.call_id) if line.faults else spoken, now_s, line.speed)

    async def _do(self, item: TimedItem, socket: ClientConnection, client: AudioHookClient) -> bool:
        """One thing of the plan: whether it broke the session."""
        if isinstance(item, TimedAct):
            if item.act in _BREAKS:
                self.error = await act_badly(socket, item)
                return True
            _act(item, client)
            return False
        if client.medium is None or not isinstance(item.data, bytes):
            raise TypeError("sound without a medium, or a plan with messages in it")
        group = client.medium.encoding.width * len(client.medium.channels)
        client.speak(item.data if isinstance(item.data, bytes) else b"", len(item.data) / group / client.medium.rate_hz)
        self.job.report(item.at_s)
        return False


class _Plan:
    """What a session still has to do. Items are made when their turn comes: half an hour of sound takes a while."""

    def __init__(self, items: Iterable[TimedItem], begun_s: float, speed: float) -> None:
        self._items, self._begun_s, self._speed = iter(items), begun_s, speed
        self._next = next(self._items, None)

    @property
    def done(self) -> bool:
        """Nothing is left."""
        return self._next is None

    @property
    def due_s(self) -> float:
        """When the next item is to be done; for ever away when there is none."""
        return math.inf if self._next is None else self._begun_s + self._next.at_s / self._speed

    def next(self, now_s: float) -> TimedItem | None:
        """The next item, where it is due."""
        if self.due_s > now_s:
            return None
        item, self._next = self._next, next(self._items, None)
        return item


def _act(item: TimedAct, client: AudioHookClient) -> None:
    match item.act:
        case Act.PAUSE:
            client.pause()
        case Act.RESUME:
            client.resume()
        case Act.DISCARD:
            client.discard(item.length_s)


async def _send_owed(socket: ClientConnection, client: AudioHookClient) -> None:
    for message in client.owed():
        await socket.send(message)


async def _message_within(socket: ClientConnection, wait_s: float) -> str | bytes | None:
    """The next message, or none when there is none in time; one that is there already is taken in any case."""
    try:
        async with asyncio.timeout(max(wait_s, 0.0)):
            return await socket.recv()
    except TimeoutError:
        return None


async def _hang_up(socket: ClientConnection, client: AudioHookClient, job: Job) -> None:
    """The last word is the client's; whatever the service says after `closed` is against the rules."""
    await _send_owed(socket, client)
    await socket.close()
    job.step("closed")
    try:
        while True:
            client.receive(await socket.recv(), job.clock.now_s())
    except ConnectionClosed:
        return


def _complaint(client: AudioHookClient) -> str | None:
    """What the service did wrong, or why it did not want the call."""
    if client.violation is not None:
        return f"the service broke the protocol: {client.violation}"
    if client.disconnected is None or client.disconnected.startswith("completed"):
        return None
    return f"the service disconnected: {client.disconnected}"
