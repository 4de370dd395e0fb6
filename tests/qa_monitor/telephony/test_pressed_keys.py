"""Keys that telephone systems tell of are in no file, no log and no event, whichever protocol they come by."""

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest
import structlog
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from qa_monitor.logs import set_up_logs
from qa_monitor.store.database.database import FILE
from streams.engine.engine import SpeechEngine
from streams.records import Language
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.listening import console
from tests.qa_monitor.service import Running, running, settings_for
from tests.streams.protocols.pcm.sources import SOURCES, Source
from tests.streams.protocols.twilio.sessions import VENDORS, Vendor

pytestmark = pytest.mark.slow
KEYS = "D#D#AD#"
"""Letters and marks that stand nowhere else by themselves."""
MANY = "4539148803436467"
ROLES = 'channels = ["customer", "agent"]\n'
TELEPHONY = "".join(f"[routes.{name}]\n{ROLES}" for name in ("jambonz", "audio-fork", "exotel"))
TELEPHONY += f"[routes.audio-stream]\n{ROLES}rate_hz = 8000\n"
TELEPHONY += "".join(f'[routes.{name}]\nchannels = ["customer"]\n' for name in ("vonage", "asterisk"))


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that anything logs, at the finest level."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    set_up_logs("debug", written)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def nobody() -> SpeechEngine:
    return Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR).engine()


def of_source(source: Source) -> tuple[str, Sequence[str | bytes]]:
    """Where it connects, and what it says."""
    path = source.dialect if source.dialect == "pcm" else f"pcm/{source.dialect}"
    pressed = [source.dtmf.replace("5", key, 1) for key in (*KEYS, MANY)]
    sound = source.frames(source.audio(0.2))
    return path, [source.hello, *sound, *pressed, *sound, *([source.end] if source.end else [])]


def of_vendor(vendor: Vendor) -> tuple[str, Sequence[str | bytes]]:
    """The same of the Twilio family."""
    pressed = [
        json.dumps({"event": "dtmf", vendor.stream: "MZ1", "dtmf": {"track": "inbound_track", "digit": key}})
        for key in (*KEYS, MANY)
    ]
    return vendor.dialect.name, [vendor.connect(), vendor.start(), *pressed, vendor.stop()]


async def played(service: Running, path: str, messages: Sequence[str | bytes]) -> None:
    address = f"{service.url.replace('http', 'ws')}/v1/streams/{path}"
    async with connect(address, compression=None) as socket:
        try:
            for message in messages:
                await socket.send(message)
            await asyncio.sleep(0.3)
        except ConnectionClosed:
            pass  # a service that ends a call at its last word closes the connection


async def told_of(service: Running, path: str, messages: Sequence[str | bytes]) -> str:
    """All that consoles were told of a call until it was over."""
    async with console(service.url) as listener:
        await played(service, path, messages)
        await listener.until(lambda one: one.event == "call" and one.data["state"] == "ended", 60)
        return json.dumps([one.data for one in listener.told if one.event != "snapshot"])


def words_of(value: object) -> Iterator[str]:
    """Every text in a JSON value, whole."""
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from (key, *words_of(inner))
        case list():
            for inner in value:
                yield from words_of(inner)
        case _:
            yield str(value)


def cells(folder: Path) -> Iterator[str]:
    """Every value of the database, and every text within one that holds several."""
    connection = sqlite3.connect(folder / FILE)
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            for cell in row:
                text = cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
                yield text
                try:
                    yield from words_of(json.loads(text))
                except ValueError:
                    continue
    connection.close()


@pytest.mark.parametrize(
    ("path", "messages"),
    [of_source(source) for source in SOURCES] + [of_vendor(vendor) for vendor in VENDORS],
    ids=[source.name for source in SOURCES] + [vendor.dialect.name for vendor in VENDORS],
)
def test_no_key_is_kept_logged_or_told(
    path: str, messages: Sequence[str | bytes], tmp_path: Path, logged: io.StringIO
) -> None:
    """Each is an event of its own; several in one message may be a number and are counted as odd."""
    settings_file = tmp_path / "telephony.toml"
    settings_file.write_text(TELEPHONY)
    settings_file.chmod(0o600)
    with running(settings_for(tmp_path), lambda _: nobody()) as service:
        told = asyncio.run(told_of(service, path, messages))
        pressed = httpx.get(f"{service.url}/metrics", timeout=60).text
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    kept = {*cells(tmp_path), *words_of(lines), *words_of(json.loads(told))}

    assert f"dtmf_total {len(KEYS)}.0" in pressed
    assert kept.isdisjoint({*KEYS, KEYS, MANY})
    assert not any(KEYS in one or MANY in one for one in kept)
    assert all(MANY.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
