"""A service for tests of its door: deaf, so that any sound may be played to it, with its own settings of telephony."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from qa_monitor.config import Settings
from qa_monitor.routes.arrivals import ArrivalJson, ArrivalsJson
from qa_monitor.telephony.settings_file import FILE_NAME
from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import Language
from tests.qa_monitor.service import Running, running, settings_for

ORGANIZATION = "d7934305-0972-4844-938e-9060eef73d05"
SESSION = "30b0e395-84d3-4570-ac13-9a62d8f514c0"
CORRELATION = "e160e428-53e2-487c-977d-96989bf5c99d"


class Deaf(SpeechModel):
    """Hears no word in anything. Safe to share, like the real one."""

    def __init__(self) -> None:
        pass  # no weights are needed

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """Nothing."""
        return [
            Recognised(
                text="",
                words=(),
                language=Language.FR,
                language_probability=1.0,
                confidence=0.0,
                no_speech=1.0,
                retried=False,
                looping=False,
                embedding=None,
            )
            for _ in windows
        ]


def deaf_engine(_: Settings) -> SpeechEngine:
    """An engine of one worker around it."""
    return SpeechEngine(Deaf(), workers=1, batch_size=1)


@contextmanager
def a_service(folder: Path, telephony: str = "", **changes: object) -> Iterator[Running]:
    """A service that asks who comes, unless the test says otherwise; `telephony`: the text of its settings file."""
    path = folder / FILE_NAME
    path.write_text(telephony)
    path.chmod(0o600)
    closed: dict[str, object] = {"open_loopback": False, "audiosocket_port": "off"}
    with running(settings_for(folder, **(closed | changes)), deaf_engine) as service:
        yield service


def secret_of(service: Running, name: str) -> str:
    """A token that the service made at its first start."""
    return (service.settings.data_dir / name).read_text().strip()


def bearer(token: str) -> dict[str, str]:
    """As a header."""
    return {"Authorization": f"Bearer {token}"}


def telephony(service: Running) -> dict[str, str]:
    """The ingest token of the installation."""
    return bearer(secret_of(service, "ingest-token"))


def people(service: Running) -> dict[str, str]:
    """The access token."""
    return bearer(secret_of(service, "access-token"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an upgrade came to."""

    status: int
    detail: str = ""
    headers: Mapping[str, str]
    subprotocol: str | None = None
    after_s: float
    """Since the request was begun."""


def socket_url(service: Running, path: str) -> str:
    """The address of a websocket; `path` is what follows `/v1/streams/`."""
    return f"{service.url.replace('http', 'ws')}/v1/streams/{path}"


async def knock(
    service: Running, path: str, headers: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> Answer:
    """Ask for a websocket; one that is opened is closed at once."""
    subprotocols = [Subprotocol(name) for name in offered] or None
    began_s = time.monotonic()
    try:
        async with connect(
            socket_url(service, path), additional_headers=headers, subprotocols=subprotocols, compression=None
        ) as socket:
            after_s = time.monotonic() - began_s
            response = socket.response
            assert response is not None
            return Answer(
                status=response.status_code,
                headers=dict(response.headers.raw_items()),
                subprotocol=socket.subprotocol,
                after_s=after_s,
            )
    except InvalidStatus as refused:
        answer = refused.response
        return Answer(
            status=answer.status_code,
            detail=answer.body.decode() if answer.body else "",
            headers=dict(answer.headers.raw_items()),
            after_s=time.monotonic() - began_s,
        )


def knocked(
    service: Running, path: str, headers: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> Answer:
    """The same, from a test that runs no loop of its own."""
    return asyncio.run(knock(service, path, headers, offered))


def arrivals(service: Running, limit: int = 100) -> list[ArrivalJson]:
    """What the page of arrivals is told now."""
    answer = httpx.get(f"{service.url}/v1/arrivals", params={"limit": limit}, headers=people(service))
    assert answer.status_code == 200, answer.text
    return ArrivalsJson.model_validate_json(answer.content).arrivals
