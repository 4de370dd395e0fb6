"""Conformance over a real socket: whole sessions of the strict client, with and without transcripts; bad neighbours."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from streams.records import AudioFrame, CallEnded, CallEvent, EndReason, Gap, LanguageChanged, Paused, Resumed
from streams.samples.codec import Encoding
from tests.streams.protocols.audiohook.client import ORGANISATION, SESSION, Client, Stage, medium
from tests.streams.protocols.audiohook.hostile import FAULTS
from tests.streams.protocols.audiohook.server import audiohook_listening
from tests.streams.protocols.audiohook.sessions import frames
from tests.streams.sessions import NOON, assert_whole
from tests.streams.sockets.live_server import Heard

OFFERED = [
    [medium("external", "internal"), medium("external"), medium("internal")],
    [medium("internal", "external"), medium("internal"), medium("external")],
    [medium("external", "internal")],
    [medium("external")],
    [medium("internal")],
    [medium("external", "internal", encoding="L16")],
    [medium("external", encoding="L16")],
]
Offers = pytest.mark.parametrize("offers", OFFERED)
Transcripts = pytest.mark.parametrize("transcripts", [False, True])


def steady() -> datetime:
    """A clock that runs; its zero does not matter."""
    return NOON + timedelta(seconds=asyncio.get_running_loop().time())


class Wire:
    """The strict client on its socket."""

    def __init__(self, socket: ClientConnection, client: Client) -> None:
        self._socket = socket
        self.client = client

    async def send(self, *messages: str | bytes) -> None:
        for message in messages:
            await self._socket.send(message)

    async def take(self, type_: str) -> None:
        """Judge messages until one of this type has come."""
        async with asyncio.timeout(5):
            while self.client.take(await self._socket.recv())["type"] != type_:
                pass

    async def close(self) -> None:
        """Close as the protocol wants it; nothing may come after `closed`."""
        await self.send(self.client.close())
        await self.take("closed")
        await self._socket.close()
        assert self.client.stage is Stage.CLOSED


@asynccontextmanager
async def wired(heard: Heard, session_id: str = SESSION) -> AsyncIterator[Wire]:
    headers = {"Audiohook-Session-Id": session_id, "Audiohook-Organization-Id": ORGANISATION}
    url = f"ws://127.0.0.1:{heard.port}/audiohook"
    async with connect(url, additional_headers=headers, compression=None, max_size=2**20, max_queue=None) as socket:
        yield Wire(socket, Client(session_id))


def run(script: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(script, 20))


@Offers
@Transcripts
def test_row_22_a_session_with_pings_and_audio_conforms(offers: list[dict[str, object]], transcripts: bool) -> None:
    chosen = offers[0]
    channels = chosen["channels"]
    assert isinstance(channels, list)
    width = (Encoding.MULAW if chosen["format"] == "PCMU" else Encoding.PCM16).width
    length_s = 32_000 / width / len(channels) / 8000

    async def script(heard: Heard) -> None:
        async with wired(heard) as wire:
            await wire.send(wire.client.open(offers))
            await wire.take("opened")
            await wire.send(wire.client.say("ping"))
            await wire.take("pong")
            assert (wire.client.taken[1]["seq"], wire.client.taken[1]["clientseq"]) == (2, 2)
            await wire.send(wire.client.say("ping", {"rtt": "PT0.01S"}), *frames(1, 10))
            await wire.take("pong")
            wire.client.position_s = length_s
            await wire.close()
        assert wire.client.types() == ["opened", "pong", "pong", *["event"] * transcripts, "closed"]

    with audiohook_listening(steady, transcripts=transcripts) as heard:
        run(script(heard))

    (events,) = heard.events.values()
    assert_whole(events)
    assert events[-1] == CallEnded(call_id=events[0].call_id, end_s=length_s, reason=EndReason.END)
    assert (heard.errors, heard.open, heard.rejected) == ([], 0, {})


def test_row_22_a_ping_and_a_close_that_are_both_queued_are_answered_in_order() -> None:
    async def script(heard: Heard) -> None:
        async with wired(heard) as wire:
            await wire.send(wire.client.open())
            await wire.take("opened")
            await wire.send(wire.client.say("ping"), wire.client.close())
            await wire.take("closed")
        assert wire.client.types() == ["opened", "pong", "closed"]
        assert [each["clientseq"] for each in wire.client.taken] == [1, 2, 3]

    with audiohook_listening(steady) as heard:
        run(script(heard))


@Transcripts
def test_row_22_updates_jumps_errors_and_pauses_conform(transcripts: bool) -> None:
    async def script(heard: Heard) -> None:
        async with wired(heard) as wire:
            say = wire.client.say
            await wire.send(wire.client.open(supportedLanguages=True, language="en-US"))
            await wire.take("opened")
            one, two = frames(1, 2)
            await wire.send(one, say("update", {"language": "fr-FR"}))
            await wire.send(say("discarded", {"start": "PT0.2S", "discarded": "PT0.3S"}))
            await wire.send(say("error", {"code": 400, "message": "tough"}))
            await wire.send(say("paused"), say("paused"))
            await wire.send(say("resumed", {"start": "PT0.5S", "discarded": "PT10S"}), two)
            await wire.send(say("ping"))
            await wire.take("pong")
            await wire.close()
        assert wire.client.types().count("event") == 3 * transcripts

    with audiohook_listening(steady, transcripts=transcripts) as heard:
        run(script(heard))

    (events,) = heard.events.values()
    assert_whole(events)
    kinds = [type(event) for event in events[3:-1]]
    assert kinds == [LanguageChanged, Gap, Gap, Paused, Gap, Gap, Resumed, AudioFrame, AudioFrame]
    assert events[-1] == CallEnded(call_id=events[0].call_id, end_s=10.7, reason=EndReason.END)


def test_row_22_a_client_that_errs_is_asked_to_close_and_gets_its_closed() -> None:
    async def script(heard: Heard) -> None:
        async with wired(heard) as wire:
            await wire.send(wire.client.open(), *frames(1, 1))
            await wire.send(wire.client.say("ping", seq=9))
            await wire.take("disconnect")
            await wire.send(wire.client.close("disconnect"))
            await wire.take("closed")

    with audiohook_listening(steady) as heard:
        run(script(heard))

    (events,) = heard.events.values()
    assert_whole(events)
    assert isinstance(events[-1], CallEnded)
    assert events[-1].reason is EndReason.ERROR


async def good_call(heard: Heard, stop: asyncio.Event) -> None:
    """Bit by bit, all the while."""
    async with wired(heard) as wire:
        await wire.send(wire.client.open(customConfig={"call_id": "good"}))
        await wire.take("opened")
        for frame in frames(7, 50):
            await wire.send(frame)
            await asyncio.sleep(0)
        await stop.wait()
        await wire.close()


async def hostile_session(heard: Heard, seed: int) -> None:
    """Whatever is sent, the answers conform until the client itself has broken the protocol."""
    chance = random.Random(seed)
    fault = chance.choice(FAULTS)
    async with wired(heard, str(uuid.UUID(int=seed + 1))) as wire:
        try:
            await wire.send(*(_sendable(each) for each in fault.session(chance, str(uuid.UUID(int=seed + 1)))))
        except ConnectionClosed:
            return


def _sendable(message: str | bytes) -> str | bytes:
    return message if isinstance(message, bytes) else message.encode(errors="replace").decode()


def as_bits(events: Sequence[CallEvent]) -> list[object]:
    """Everything an event says but the hour, samples as bytes."""
    sounds = [event for event in events if isinstance(event, AudioFrame)]
    return [*((each.channel, each.start_s, each.samples.tobytes()) for each in sounds), *events[-1:]]


def test_row_15_malformed_input_leaves_the_call_beside_it_bit_identical() -> None:
    async def script(heard: Heard, hostile: int) -> None:
        stop = asyncio.Event()
        limit = asyncio.Semaphore(8)

        async def one(seed: int) -> None:
            async with limit:
                await hostile_session(heard, seed)

        async with asyncio.TaskGroup() as group:
            good = group.create_task(good_call(heard, stop))
            await asyncio.gather(*(group.create_task(one(seed)) for seed in range(hostile)))
            stop.set()
            await good

    heard_good: list[list[object]] = []
    for hostile in (0, 120):
        with audiohook_listening(steady) as heard:
            run(script(heard, hostile))
        heard_good.append(as_bits(heard.events["good"]))
        assert (heard.errors, heard.open) == ([], 0)

    assert len(heard_good[0]) == 101
    assert heard_good[0] == heard_good[1]
