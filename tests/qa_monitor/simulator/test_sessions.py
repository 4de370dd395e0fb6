"""AudioHook over a real socket: the client plays a call into a service, also one that has a say, or misbehaves."""

import asyncio
import http
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from dataclasses import replace as changed

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from qa_monitor.simulator.audiohook.opening import Offer
from qa_monitor.simulator.faults import read_fault
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Credentials, Line, SentCall, play
from streams.records import Speaker
from streams.samples.codec import Encoding, encode
from tests.qa_monitor.audiohook_service import a_transcript
from tests.qa_monitor.simulator.builders import a_call

SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="
Told = Sequence[tuple[str, dict[str, object]]]


@dataclass(slots=True)
class AudioHookService:
    """Answers as it must, and besides as it is told to."""

    after_opened: Told = ()
    """Sent right after the first `opened`."""
    before_closed: Told = ()
    instead_of_opened: Told = ()
    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)
    sessions: list[list[dict[str, object]]] = field(default_factory=list)
    sound: list[bytes] = field(default_factory=list)
    reset: bool = False
    refuse: bool = False

    async def answer(self, socket: ServerConnection) -> None:
        """One session."""
        assert socket.request is not None
        self.headers.append(dict(socket.request.headers.raw_items()))
        said: list[dict[str, object]] = []
        self.sessions.append(said)
        seq = 0

        async def send(kind: str, parameters: dict[str, object]) -> None:
            nonlocal seq
            seq += 1
            await socket.send(
                json.dumps(
                    {
                        "version": "2",
                        "id": said[0]["id"],
                        "type": kind,
                        "seq": seq,
                        "clientseq": said[-1]["seq"],
                        "parameters": parameters,
                    }
                )
            )

        try:
            async for message in socket:
                if isinstance(message, bytes):
                    self.sound.append(message)
                    continue
                said.append(json.loads(message))
                for kind, parameters in self._due(said):
                    await send(kind, parameters)
        except ConnectionClosed:
            self.reset = True

    def _due(self, said: list[dict[str, object]]) -> Told:
        latest = said[-1]
        match latest["type"]:
            case "open":
                if self.instead_of_opened:
                    return self.instead_of_opened
                parameters = latest["parameters"]
                assert isinstance(parameters, dict)
                more = self.after_opened if len(self.sessions) == 1 else ()
                return [("opened", {"media": parameters["media"][:1]}), *more]
            case "ping":
                return [("pong", {})]
            case "close":
                return [*self.before_closed, ("closed", {})]
            case _:
                return ()

    def check(self, socket: ServerConnection, request: Request) -> Response | None:
        """Refuse the upgrade where told to."""
        return socket.respond(http.HTTPStatus.UNAUTHORIZED, '{"detail": "signature"}') if self.refuse else None


@asynccontextmanager
async def a_service(service: AudioHookService) -> AsyncIterator[AudioHookService]:
    async with serve(service.answer, "127.0.0.1", 0, process_request=service.check, compression=None) as server:
        service.url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield service


def played(
    service: AudioHookService, call: PlannedCall | None = None, change: Callable[[Line], Line] = lambda line: line
) -> SentCall:
    """One call of two seconds in a tenth of one."""

    async def scene() -> SentCall:
        async with a_service(service):
            line = change(Line(url=service.url, protocol=StreamProtocol.AUDIOHOOK, speed=20.0))
            (sent,) = await play([call or a_call(16_000)], line)
            return sent

    return asyncio.run(scene())


def kinds(service: AudioHookService, session: int = 0) -> list[object]:
    return [message["type"] for message in service.sessions[session]]


def test_a_call_is_played_to_its_end() -> None:
    """Both people in mu-law, 200 ms at a time, between open and close."""
    call = a_call(16_000)
    service = AudioHookService()

    sent = played(service, call)

    assert sent.error is None
    assert kinds(service) == ["open", "close"]
    assert [len(frame) for frame in service.sound] == [3200] * 10
    assert b"".join(service.sound) == encode(call.samples.reshape(-1), Encoding.MULAW)


def test_the_upgrade_is_signed_and_says_who_calls() -> None:
    """The session's id is that of the messages; nothing secret is in a header."""
    service = AudioHookService()
    known = Credentials(key="the-key", secret=SECRET, organization="d7934305-0972-4844-938e-9060eef73d05")

    assert played(service, change=lambda line: changed(line, credentials=known)).error is None

    headers, opening = service.headers[0], service.sessions[0][0]
    parameters = opening["parameters"]
    assert isinstance(parameters, dict)
    assert headers["Audiohook-Session-Id"] == opening["id"]
    assert headers["Audiohook-Organization-Id"] == parameters["organizationId"] == known.organization
    assert headers["X-API-KEY"] == "the-key"
    assert 'keyid="the-key"' in headers["Signature-Input"]
    assert headers["Signature"].startswith("sig1=:")
    assert SECRET not in str(headers)
    assert parameters["customConfig"]["call_id"] == "call-1"


def test_transcripts_of_the_service_come_back() -> None:
    """As it told them, until its last word."""
    service = AudioHookService(before_closed=[("event", {"entities": [a_transcript()]})])

    sent = played(service)

    assert sent.error is None
    assert [(one.text, one.start_s, one.end_s, one.final) for one in sent.transcripts] == [
        ("Good morning.", 1.0, 1.9, True)
    ]


def test_a_service_that_pauses_gets_no_sound() -> None:
    """And an answer with what was discarded once it asks again."""
    service = AudioHookService(after_opened=[("pause", {})])

    sent = played(service)

    assert sent.error is None
    assert kinds(service) == ["open", "paused", "close"]
    assert service.sound == []


def test_a_reconnect_carries_the_call_on_in_another_session() -> None:
    """The second names the first and sends what is left."""
    service = AudioHookService(after_opened=[("reconnect", {})])

    sent = played(service)

    assert sent.error is None
    assert kinds(service, 0)[-1] == "close"
    parameters = service.sessions[1][0]["parameters"]
    assert isinstance(parameters, dict)
    assert parameters["continuedSessions"] == [{"id": service.sessions[0][0]["id"], "serverseq": 3, "clientseq": 2}]
    assert 0 < len(b"".join(service.sound)) <= 32_000


@pytest.mark.parametrize(
    ("service", "error"),
    [
        (
            AudioHookService(instead_of_opened=[("disconnect", {"reason": "unauthorized"})]),
            "the service disconnected: unauthorized",
        ),
        (
            AudioHookService(after_opened=[("disconnect", {"reason": "error", "info": "seq"})]),
            "the service disconnected: error: seq",
        ),
        (
            AudioHookService(after_opened=[("pong", {})]),
            "the service broke the protocol: a pong nobody asked for (409)",
        ),
        (
            AudioHookService(instead_of_opened=[("opened", {"media": []})]),
            "the service chose none of the media that were offered",
        ),
        (
            AudioHookService(before_closed=[("closed", {})]),
            "the service broke the protocol: closed after closed (409)",
        ),
        (AudioHookService(refuse=True), "(401, signature): give the key and the secret of its settings"),
    ],
)
def test_what_the_service_did_is_the_error_of_the_call(service: AudioHookService, error: str) -> None:
    """In its own words where it has some."""
    sent = played(service)

    assert sent.error is not None
    assert error in sent.error


def test_a_completed_disconnect_is_no_error() -> None:
    """The service has heard enough."""
    service = AudioHookService(after_opened=[("disconnect", {"reason": "completed"})])

    assert played(service).error is None


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("pause=500ms@500ms", ["open", "paused", "resumed", "close"]),
        ("stall=400ms@400ms", ["open", "discarded", "discarded", "close"]),
    ],
)
def test_faults_are_said_as_audiohook_says_them(asked: str, wanted: list[str]) -> None:
    """Not simply left out."""
    service = AudioHookService()

    sent = played(service, change=lambda line: changed(line, faults=(read_fault(asked),)))

    assert sent.error is None
    assert kinds(service) == wanted
    assert len(service.sound) < 10


def test_a_broken_session_is_broken_without_a_word() -> None:
    """No close, no error, no closing handshake."""
    service = AudioHookService()

    sent = played(service, change=lambda line: changed(line, faults=(read_fault("abrupt@1s"),)))

    assert sent.error is None
    assert service.reset
    assert kinds(service) == ["open"]


def test_one_channel_is_one_side() -> None:
    """Whose, must be said."""
    call = a_call(16_000, channels=1)
    assert call.channels == (Speaker.MIXED,)

    refused = played(AudioHookService(), call)
    assert refused.error is not None
    assert "--offer external" in refused.error

    service = AudioHookService()
    assert played(service, call, lambda line: changed(line, offer=Offer.EXTERNAL)).error is None
    assert b"".join(service.sound) == encode(call.samples[:, 0], Encoding.MULAW)
