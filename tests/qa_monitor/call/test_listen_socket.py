"""Listening to a live call over a real socket, and in a real browser: who may, what comes, and how late."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest
from playwright.sync_api import expect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.call.recording.listen_wire import HEAD
from qa_monitor.call.recording.listeners import MOST_WAITING_S
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.config import Settings
from qa_monitor.people.listening import Ending, Heard, Listening
from qa_monitor.server import Opening, running_server
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, play
from streams.records import CallId, Language
from tests.qa_monitor.browser import open_browser, watch_page
from tests.qa_monitor.builders import NOON, a_call
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.live_calls import Source, started
from tests.qa_monitor.people_service import Staffed, staffed
from tests.qa_monitor.playing import a_planned_call, dictated
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.storing import a_store

NAME = "en-2-charged-twice"
CALL = a_planned_call(NAME, until_s=14)
SOON_MS = 30_000
LOUDEST = """() => {
  window.loudest = [0, 0];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    for (const ear of [0, 1]) {
      for (const sample of this.buffer.getChannelData(ear)) {
        window.loudest[ear] = Math.max(window.loudest[ear], Math.abs(sample));
      }
    }
    start.apply(this, when);
  };
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(settings_for(tmp_path_factory.mktemp("listen")), dictated(NAME, CALL)) as found:
        yield found


@contextmanager
def played(url: str, call: PlannedCall, speed: float = 1.0) -> Iterator[None]:
    """The call is live within the block, and over behind it."""
    line = Line(url=url, protocol=StreamProtocol.PCM, speed=speed)
    playing = threading.Thread(target=lambda: asyncio.run(play([call], line)), name="caller")
    playing.start()
    try:
        while not any(one["call_id"] == call.call_id for one in live_calls(url)):
            assert playing.is_alive(), "the call did not begin"
        yield
    finally:
        playing.join(60)


def live_calls(url: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = httpx.get(f"{url}/v1/calls?state=live", timeout=30).json()["calls"]
    return found


def address(url: str, call_id: str) -> str:
    return f"{url.replace('http', 'ws')}/v1/calls/{call_id}/listen"


def test_both_channels_come_behind_the_call_and_then_its_end(service: Running) -> None:
    """As they were recorded, in order, each second once; and how far the call has come is told with them."""

    async def hear() -> tuple[dict[str, object], list[bytes], int | None]:
        async with connect(address(service.url, CALL.call_id)) as listener:
            begun = json.loads(await listener.recv())
            blocks, code = await everything(listener)
        return begun, blocks, code

    with played(service.url, CALL, speed=2):
        begun, blocks, code = asyncio.run(hear())
    heads = [HEAD.unpack(block[: HEAD.size]) for block in blocks]
    samples = np.concatenate([np.frombuffer(block[HEAD.size :], "<i2").reshape(-1, 2) for block in blocks])
    first = round(heads[0][0] * CALL.rate_hz)

    assert begun["rate_hz"] == CALL.rate_hz
    assert begun["channels"] == ["customer", "agent"]
    assert code == 1000
    assert np.array_equal(samples, CALL.samples[first : first + len(samples)])
    assert len(samples) > 10 * CALL.rate_hz
    assert all(start_s < now_s for start_s, now_s in heads)
    assert "listened_seconds_total" in httpx.get(f"{service.url}/metrics", timeout=30).text


async def everything(listener: ClientConnection) -> tuple[list[bytes], int | None]:
    """All blocks, and the close code."""
    blocks = []
    try:
        while True:
            message = await listener.recv()
            if isinstance(message, bytes):
                blocks.append(message)
    except ConnectionClosed as closed:
        return blocks, closed.rcvd.code if closed.rcvd is not None else None


def test_who_may_not_listen_is_refused_in_words(tmp_path: Path) -> None:
    """A stranger, a role without calls, a coach of another team; and nobody hears a call that is over."""

    async def refused(house: Staffed, cookie: str) -> tuple[int, str]:
        headers = {"cookie": cookie} if cookie else {}
        try:
            async with connect(address(house.url, "north-call"), additional_headers=headers):
                return 101, ""
        except InvalidStatus as error:
            return error.response.status_code, json.loads(error.response.body)["detail"]

    with staffed(tmp_path) as house:
        cookies = {"stranger": ""}
        for name in ("ann", "cleo", "eve", "fay"):
            with httpx.Client(base_url=house.url, timeout=60) as client:
                client.post("/login", data={"name": name, "password": "correct horse battery"})
                cookies[name] = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
        answers = {name: asyncio.run(refused(house, cookie)) for name, cookie in cookies.items()}

    assert {name: status for name, (status, _) in answers.items()} == {
        "stranger": 401,
        "ann": 404,
        "cleo": 404,
        "eve": 403,
        "fay": 403,
    }
    assert answers["ann"][1] == "no call north-call is live"
    assert answers["cleo"][1] == "no call north-call is kept"


def test_who_listened_is_kept_with_the_beginning_and_the_end(tmp_path: Path) -> None:
    """Before the first sound; afterwards with why it ended and how much was heard; as a file too."""

    async def listened() -> tuple[list[dict[str, object]], list[dict[str, object]], httpx.Response]:
        seen: list[Application] = []
        async with (
            running_server(settings_for(tmp_path), _opening(seen)) as url,
            httpx.AsyncClient(base_url=url) as page,
        ):
            board = seen[0].switchboard
            await Source(board.line(), started(CALL), CALL.samples).start()
            async with connect(address(url, CALL.call_id)) as listener:
                await listener.recv()
                during = (await page.get("/v1/people/listenings")).json()["listenings"]
                board.live[CALL.call_id].listeners.give(silence(61.0, 1.0))
                assert [one async for one in _blocks(listener, 1)]
            after = during
            while after[0]["ending"] is None:
                await asyncio.sleep(0.1)
                after = (await page.get("/v1/people/listenings")).json()["listenings"]
            return during, after, await page.get("/v1/people/listenings/export")

    (during,), (after,), file = asyncio.run(asyncio.wait_for(listened(), 120))
    head, row = (line.split(",") for line in file.text.splitlines())

    assert (during["by"], during["call_id"], during["agent_id"]) == ("console", CALL.call_id, CALL.agent_id)
    assert (during["ending"], during["ended_at"], during["heard_s"]) == (None, None, 0.0)
    assert (after["ending"], after["heard_s"], after["began_at"]) == ("left", 1.0, during["began_at"])
    assert str(after["ended_at"]) > str(after["began_at"])
    assert file.headers["content-disposition"].endswith('"listenings.csv"')
    assert dict(zip(head, row, strict=True))["by"] == "console"


def test_a_listening_that_a_kill_cut_off_says_that_its_end_is_not_known(tmp_path: Path) -> None:
    async def run() -> tuple[Listening, Listening]:
        heard = Heard(call_id=CallId("c"), tenant="default", team="", agent_id="a", by="dan", began_at=NOON)
        async with a_store(tmp_path) as store:
            await store.save_call(a_call("c"))
            await store.listenings.begin(heard)
            (before,) = await store.listenings.latest(5)
        async with a_store(tmp_path) as store:
            (after,) = await store.listenings.latest(5)
            await store.listenings.end(after.listening_id, Ending.LEFT, NOON, 3.0)
            assert await store.listenings.latest(5) == (after,)
            return before, after

    before, after = asyncio.run(run())

    assert (before.ending, before.ended_at) == (None, None)
    assert (after.ending, after.ended_at) == (Ending.SERVICE_STOPPED, None)


def test_a_listener_who_is_too_slow_is_cut_and_told_so_and_the_call_goes_on(tmp_path: Path) -> None:
    """More waits than may: the connection is closed with its own code and counted; others hear on."""

    async def overrun() -> tuple[int | None, list[object], str]:
        seen: list[Application] = []
        async with running_server(settings_for(tmp_path), _opening(seen)) as url:
            board = seen[0].switchboard
            await Source(board.line(), started(CALL), CALL.samples).start()
            listeners = board.live[CALL.call_id].listeners
            async with connect(address(url, CALL.call_id)) as slow:
                await slow.recv()
                listeners.give(silence(0.0, MOST_WAITING_S + 1))
                _, code = await everything(slow)
            async with connect(address(url, CALL.call_id)) as quick:
                await quick.recv()
                listeners.give(silence(61.0, 1.0))
                heard = [one async for one in _blocks(quick, 1)]
            return code, [HEAD.unpack(one[: HEAD.size])[0] for one in heard], await metrics(url)

    code, heard, counted = asyncio.run(asyncio.wait_for(overrun(), 120))

    assert code == 4008
    assert heard == [61.0]
    assert "listeners_cut_total 1.0" in counted


async def _blocks(listener: ClientConnection, count: int) -> AsyncIterator[bytes]:
    """The next so many blocks; what is told between them is left out."""
    while count > 0:
        message = await listener.recv()
        if isinstance(message, bytes):
            count -= 1
            yield message


def silence(start_s: float, seconds: float) -> Block:
    return Block(start_s=start_s, samples=np.zeros((int(seconds * CALL.rate_hz), 2), np.int16))


def _opening(seen: list[Application]) -> Opening:
    """An application that hears nobody, noted in `seen`."""
    nobody = Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR)

    @asynccontextmanager
    async def opening(settings: Settings) -> AsyncIterator[Application]:
        async with open_application(settings, lambda _: nobody.engine()) as parts:
            seen.append(parts)
            yield parts

    return opening


async def metrics(url: str) -> str:
    async with httpx.AsyncClient(timeout=30) as client:
        return (await client.get(f"{url}/metrics")).text


@pytest.mark.browser
def test_a_coach_listens_in_and_reads_how_far_behind(service: Running) -> None:
    """With one key; both ears get their channel; a second time ends it."""
    call = a_planned_call(NAME, until_s=14)
    with open_browser() as browser, played(service.url, call, speed=2), watch_page(browser, service.url) as page:
        page.evaluate(LOUDEST)
        page.locator("#live-calls .call").click(timeout=SOON_MS)
        page.keyboard.press("l")
        expect(page.locator("#pane-listen-words")).to_have_text("You are listening.", timeout=SOON_MS)
        expect(page.locator("#pane-listen-delay")).to_contain_text("behind the call", timeout=SOON_MS)
        page.wait_for_function("() => window.loudest.every((level) => level > 0.05)", timeout=SOON_MS)
        page.keyboard.press("l")
        expect(page.locator("#pane-listen")).to_have_text("Listen live")
        expect(page.locator("#pane-listen-delay")).to_have_text("")
