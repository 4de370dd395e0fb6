"""A call fed to the switchboard event by event, without a socket, in an application around a dictated recording."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.call.switchboard.keypad import KeyAction
from qa_monitor.call.switchboard.switchboard import CallLine, Switchboard
from qa_monitor.feed_events import FeedKind
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.simulator.scenario import PlannedCall
from streams.records import AudioFrame, CallEnded, CallEvent, CallId, CallStarted, EndReason, Language
from tests.qa_monitor.dictation import Dictated, Dictation
from tests.qa_monitor.playing import dictated
from tests.qa_monitor.service import settings_for

FRAME_S = 0.1
WITHIN_S = 30.0


@asynccontextmanager
async def an_application(
    folder: Path, call: PlannedCall | None = None, name: str = "", said: Callable[[Dictated], str] | None = None
) -> AsyncIterator[Application]:
    """It hears the words of a bundled call, or that nobody speaks."""
    if call is None:
        nobody = Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR)
        opened = open_application(settings_for(folder), lambda _: nobody.engine())
    else:
        opened = open_application(settings_for(folder), dictated(name, call, said or (lambda line: line.text)))
    async with opened as parts:
        yield parts


def a_board(
    parts: Application, *, keys: Mapping[str, KeyAction] | None = None, carry_on_s: float = 15.0
) -> Switchboard:
    """A switchboard of its own, on the parts of an application."""
    shared = parts.switchboard._shared  # what all calls share is nobody else's business
    return Switchboard(shared, parts.clock, 10, keys=keys or {}, carry_on_s=carry_on_s)


def started(call: PlannedCall, **changes: object) -> CallStarted:
    """The start of a planned call."""
    record = CallStarted(
        call_id=call.call_id,
        team=call.team,
        agent_id=call.agent_id,
        direction=call.direction,
        language=call.language,
        channels=call.channels,
        rate_hz=call.rate_hz,
        started_at=datetime.now(UTC),
        dialect="audiohook",
        notice=call.notice,
        consent=call.consent,
        metadata={"session_id": "s-1", "conversation_id": "v-1"},
    )
    return replace(record, **changes)  # type: ignore[arg-type]  # the names of its fields


@dataclass(slots=True)
class Source:
    """One connection that sends a recording."""

    line: CallLine
    call: CallStarted
    samples: NDArray[np.int16]
    at_s: float = 0.0
    """On this connection's own clock."""

    async def start(self) -> None:
        """Announce the call."""
        await self.line(self.call)

    async def send(self, until_s: float, *, from_s: float | None = None) -> None:
        """The recording up to a second, in frames; `from_s`: from another second of it than the clock's."""
        offset_s = 0.0 if from_s is None else from_s - self.at_s
        step = round(FRAME_S * self.call.rate_hz)
        while self.at_s + offset_s < until_s - 1e-6:
            first = round((self.at_s + offset_s) * self.call.rate_hz)
            block = self.samples[first : first + step]
            for channel in range(block.shape[1]):
                await self.line(
                    AudioFrame(
                        call_id=self.call.call_id,
                        channel=channel,
                        start_s=self.at_s,
                        samples=np.ascontiguousarray(block[:, channel]),
                        rate_hz=self.call.rate_hz,
                    )
                )
            self.at_s = round(self.at_s + FRAME_S, 6)

    async def tell(self, event: CallEvent) -> None:
        """Anything else."""
        await self.line(event)

    async def end(self, reason: EndReason = EndReason.END) -> None:
        """The connection says that its call is over."""
        await self.line(CallEnded(call_id=self.call.call_id, end_s=self.at_s, reason=reason))


async def heard(parts: Application, call_id: str, met: Callable[[Mapping[str, object]], bool]) -> Mapping[str, object]:
    """The first health told of a call for which `met` is true."""
    async with asyncio.timeout(WITHIN_S):
        async for event in parts.live.follow(CallId(call_id), parts.clock()):
            if event.event is FeedKind.HEALTH and met(event.data):
                return event.data
    raise AssertionError("the call ended before")


async def record_of(parts: Application, board: Switchboard, call_id: str) -> CallRecord:
    """Everything kept of a call, once it is over."""
    await board.drain(WITHIN_S)
    found = await parts.store.record(CallId(call_id))
    assert found is not None
    return found
