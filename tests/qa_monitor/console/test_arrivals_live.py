"""The page of arrivals on the whole service: what it shows of connections that are really made."""

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from streams.records import Language
from tests.qa_monitor.browser import watch_page
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.service import Running, running, settings_for

pytestmark = pytest.mark.browser

RATE_HZ = 8000
FRAME_MS = 100
SOON_MS = 15_000
START = {
    "call_id": "seen-arriving",
    "rate_hz": RATE_HZ,
    "encoding": "pcm16",
    "channels": ["customer", "agent"],
    "agent_id": "agent-7",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Everything but the weights of the speech model: it hears that nobody speaks."""
    nobody = Dictation(np.zeros((16_000, 2), np.int16), RATE_HZ, [], Language.FR)
    settings = settings_for(tmp_path_factory.mktemp("arrivals"))
    with running(settings, lambda _: nobody.engine()) as service:
        yield service


def address(service: Running, path: str) -> str:
    return f"{service.url.replace('http', 'ws')}/v1/streams/{path}"


def tones(at_s: float, length_s: float, *amplitudes: float) -> bytes:
    """A tone per channel, interleaved."""
    times = at_s + np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    columns = [
        amplitude * 32767 * np.sin(2 * np.pi * (300 + 170 * number) * times)
        for number, amplitude in enumerate(amplitudes)
    ]
    return np.stack(columns, axis=1).astype("<i2").tobytes()


def send(page: Page, socket: ClientConnection, from_s: float, to_s: float, *amplitudes: float) -> None:
    """At the pace of speech."""
    for number in range(round(from_s * 1000), round(to_s * 1000), FRAME_MS):
        socket.send(tones(number / 1000, FRAME_MS / 1000, *amplitudes))
        page.wait_for_timeout(FRAME_MS)


def test_a_call_is_seen_from_its_connection_to_its_end(service: Running, browser: Browser) -> None:
    """Nobody; waiting; live with the level of both channels; levels that follow the sound; ended, with its code."""
    with watch_page(browser, f"{service.url}/arrivals") as page:
        expect(page.locator("#none-words")).to_have_text("Nobody has connected since the service started.")
        row = page.locator("#rows tr")
        with connect(address(service, "pcm"), compression=None) as socket:
            expect(row.locator(".stand")).to_have_text("Waiting", timeout=SOON_MS)
            expect(row.locator(".peer")).to_have_text("127.0.0.1")
            socket.send(json.dumps(START))
            send(page, socket, 0.0, 3.0, 0.5, 0.05)
            expect(row.locator(".stand")).to_have_text("Live", timeout=SOON_MS)
            expect(row.locator(".call a")).to_have_text("seen-arriving")
            expect(row.locator(".db")).to_have_text(["-9\u00a0dB", "-29\u00a0dB"], timeout=SOON_MS)
            send(page, socket, 3.0, 9.0, 0.05, 0.5)
            expect(row.locator(".db")).to_have_text(["-29\u00a0dB", "-9\u00a0dB"], timeout=SOON_MS)
            expect(page.locator("#summary")).to_have_text("1 call is arriving.")
            socket.send(json.dumps({"event": "end"}))
            expect(row.locator(".stand")).to_have_text("Ended", timeout=SOON_MS)
        expect(row.locator(".kind")).to_have_text("Closed normally 1000")
        expect(row.locator(".level")).to_have_count(0)
        expect(page.locator("#summary")).to_have_text("No call is arriving.")


def test_who_is_turned_away_is_seen_with_the_reason(service: Running, browser: Browser) -> None:
    """Before the connection is open, by its status; after, by its close code."""
    with watch_page(browser, f"{service.url}/arrivals", locale="fr-FR") as page:
        with pytest.raises(InvalidStatus, match="404"), connect(address(service, "genesis")):
            pass
        with connect(address(service, "pcm"), compression=None) as socket:
            socket.send(json.dumps(START | {"rate_hertz": 8000}))
            with pytest.raises(ConnectionClosedError):
                socket.recv(timeout=10)
        wrong = page.locator("#rows .kind.wrong")
        expect(wrong.first).to_have_text(re.compile(r" 1008$"), timeout=SOON_MS)
        expect(page.locator("#rows .reason").first).to_contain_text("rate_hertz")
        expect(wrong.nth(1)).to_have_text("Adresse inconnue 404")
