"""Serving one connection: order, ticks, backpressure, and an ending whatever happens."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from streams.protocols.port import Dialect
from streams.records import AudioFrame, CallEnded, CallEvent, CallId, CallStarted, EndReason
from streams.refusals import ABNORMAL, Close
from streams.sockets.ingest import Gone, serve
from tests.streams.sessions import (
    END,
    NOON,
    STOP,
    a_pcm,
    a_twilio,
    assert_whole,
    decoded,
    media,
    pcm_session,
    preamble,
    some_bytes,
    sound,
    start,
    twilio_session,
)
from tests.streams.sockets.ingesting import Moving, Script, frozen, into, run


class Talkative:
    """A dialect that owes two replies per message, wants to close at "bye", and writes down what it hears."""

    def __init__(self) -> None:
        self._owed: list[str | bytes] = []
        self.heard: list[str] = []
        self.close: Close | None = None

    @property
    def rejected(self) -> Mapping[str, int]:
        return {}

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        self.heard.append(str(message))
        self._owed += [f"first {message!r}", f"second {message!r}"]
        if message == "bye":
            self.close = Close(code=1000, reason="bye")
        return (_a_call(str(message)),)

    def replies(self) -> Sequence[str | bytes]:
        owed, self._owed = self._owed, []
        return owed

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        self.heard.append("tick")
        return ()

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        return ()


def _a_call(name: str) -> CallStarted:
    (call,) = a_pcm().receive(preamble(call_id=name), NOON)
    assert isinstance(call, CallStarted)
    return call


def served(dialect: Dialect, messages: Sequence[str | bytes | Gone]) -> tuple[list[CallEvent], Script]:
    """What comes out when a connection is served to its end."""
    events: list[CallEvent] = []
    sockets: list[Script] = []

    async def work() -> None:
        sockets.append(Script(messages))
        await serve(sockets[0], dialect, into(events), frozen)

    run(work)
    return events, sockets[0]


def test_a_call_is_carried_whole_and_closed_normally() -> None:
    inbound, outbound = some_bytes(1, 1600), some_bytes(2, 1600)

    events, socket = served(a_twilio(), twilio_session(inbound, outbound))

    assert_whole(events)
    assert sound(events, 0).tolist() == decoded(inbound).tolist()
    assert socket.closed == [Close(code=1000, reason="the call has ended")]
    assert socket.sent == []


@pytest.mark.parametrize(("code", "reason"), [(1000, EndReason.END), (1006, EndReason.ABRUPT)])
def test_a_socket_that_goes_ends_the_call_by_its_code(code: int, reason: EndReason) -> None:
    messages = pcm_session(some_bytes(3, 1280))[:-1]

    events, _ = served(a_pcm(), [*messages, Gone(code=code)])

    assert_whole(events)
    assert isinstance(events[-1], CallEnded)
    assert events[-1].reason is reason


def test_a_refusal_closes_with_its_code_and_reads_no_further() -> None:
    events, socket = served(a_pcm(), ["nonsense", preamble(), END])

    assert events == []
    assert [close.code for close in socket.closed] == [1007]


def test_replies_are_sent_in_order() -> None:
    _, socket = served(Talkative(), ["a", "bye"])

    assert socket.sent == ["first 'a'", "second 'a'", "first 'bye'", "second 'bye'"]


def test_events_are_handed_on_where_the_other_side_went_before_the_reply() -> None:
    events: list[CallEvent] = []

    async def work() -> None:
        await serve(Script(["a", "b"], deaf=True), Talkative(), into(events), frozen)

    run(work)
    assert [event.call_id for event in events] == ["a"]


def test_time_passes_for_a_silent_connection() -> None:
    """No message ever comes: the tick alone finds the deadline."""
    sockets: list[Script] = []

    async def work() -> None:
        sockets.append(Script([]))
        await serve(sockets[0], a_twilio(), into([]), Moving(0.4))

    run(work)
    assert sockets[0].closed == [Close(code=1008, reason="no valid start within 5 s")]


def test_time_passes_between_messages_too() -> None:
    """A source that never pauses still gets its ticks, about ten per second."""
    dialect = Talkative()

    async def work() -> None:
        await serve(Script([*["x"] * 120, "bye"]), dialect, into([]), Moving(0.01))

    run(work)
    assert 10 <= dialect.heard.count("tick") <= 30


def test_a_late_timer_is_not_taken_for_a_silent_source() -> None:
    """The process was busy for minutes: what the source sent meanwhile is read before the dialect hears of the time."""

    class Ready(Script):
        """Its last message comes while the first timer is overdue."""

        async def receive(self) -> str | bytes | Gone:
            if len(self._messages) == 1:
                await asyncio.sleep(0.15)
            return await super().receive()

    dialect = Talkative()

    async def work() -> None:
        await serve(Ready(["a", "bye"]), dialect, into([]), Moving(300))

    run(work)
    assert dialect.heard == ["a", "tick", "bye", "tick"]  # one tick after each message, none while waiting


def test_a_message_that_comes_after_a_tick_is_not_lost() -> None:
    class Slow(Script):
        async def receive(self) -> str | bytes | Gone:
            await asyncio.sleep(0.12)
            return await super().receive()

    events: list[CallEvent] = []
    dialect = Talkative()

    async def work() -> None:
        await serve(Slow(["a", "b", "bye"]), dialect, into(events), frozen)

    run(work)
    assert [event.call_id for event in events] == ["a", "b", "bye"]
    assert dialect.heard.count("tick") >= 3


def test_nothing_is_read_while_an_event_is_taken_slowly() -> None:
    """Backpressure: the second message waits in the socket until the first one's event was taken."""
    read: list[int] = []

    async def work() -> None:
        socket = Script(["a", "b", "bye"])

        async def on_event(event: CallEvent) -> None:
            await asyncio.sleep(0)
            read.append(len(socket._messages))

        await serve(socket, Talkative(), on_event, frozen)

    run(work)
    assert read == [2, 1, 0]


def test_a_cancelled_connection_still_ends_its_call() -> None:
    events: list[CallEvent] = []
    sockets: list[Script] = []

    async def work() -> None:
        sockets.append(Script(pcm_session(some_bytes(3, 1280))[:-1]))
        task = asyncio.create_task(serve(sockets[0], a_pcm(), into(events), frozen))
        await sockets[0].silent.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work)
    assert_whole(events)
    assert isinstance(events[-1], CallEnded)
    assert [close.code for close in sockets[0].closed] == [1012]


def test_a_cancellation_in_the_middle_of_an_event_loses_no_other() -> None:
    """Audio and end of one stop message are still undelivered when it comes: told all the same, once."""
    events: list[CallEvent] = []

    async def work() -> None:
        asked = asyncio.Event()

        async def on_event(event: CallEvent) -> None:
            events.append(event)
            if isinstance(event, AudioFrame) and not asked.is_set():
                asked.set()
                await asyncio.Event().wait()

        messages = [start(tracks=["inbound"]), media(2, bytes(160)), media(3, bytes(160)), STOP]  # held until the stop
        task = asyncio.create_task(serve(Script(messages), a_twilio(), on_event, frozen))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work)
    assert [type(event).__name__ for event in events] == ["CallStarted", "Gap", "AudioFrame", "AudioFrame", "CallEnded"]


@pytest.mark.parametrize("broken", ["CallStarted", "AudioFrame", "CallEnded"])
def test_an_error_of_ours_closes_1011_and_still_ends_the_call(broken: str) -> None:
    events: list[CallEvent] = []
    sockets: list[Script] = []

    async def on_event(event: CallEvent) -> None:
        events.append(event)
        if type(event).__name__ == broken:
            raise OSError("disk full")

    async def work() -> None:
        sockets.append(Script(pcm_session(some_bytes(3, 1280))))
        with pytest.raises(OSError, match="disk full"):
            await serve(sockets[0], a_pcm(), on_event, frozen)

    run(work)
    assert [close.code for close in sockets[0].closed] == [1011]
    assert [event.call_id for event in events if isinstance(event, CallEnded)] == [CallId("c-1")]
    assert isinstance(events[-1], CallEnded)


def test_a_socket_that_breaks_while_reading_ends_the_call() -> None:
    events: list[CallEvent] = []

    class Broken(Script):
        async def receive(self) -> str | bytes | Gone:
            if not self._messages:
                raise RuntimeError("protocol error in the library")
            return await super().receive()

    async def work() -> None:
        with pytest.raises(RuntimeError, match="protocol error"):
            await serve(Broken([start()]), a_twilio(), into(events), frozen)

    run(work)
    assert isinstance(events[-1], CallEnded)
