"""What breaks the protocol is refused with its code, and a refused call was never started."""

import json

import pytest

from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.route import Route
from streams.protocols.twilio.session import MOST_BAD_MEDIA, Twilio
from streams.records import CallStarted
from streams.refusals import Close
from tests.streams.sessions import CONNECTED, FRAME, NOON, STOP, a_twilio, after, media, nobody, some_bytes, start

DATA = some_bytes(1, FRAME)


def refusal(*messages: str | bytes) -> Close:
    """How the last of these messages closes the connection."""
    dialect = a_twilio()
    for message in messages:
        assert dialect.close is None
        dialect.receive(message, NOON)
    assert dialect.close is not None
    return dialect.close


DEEP = "[" * 30000
MEDIA = media(1, DATA)


@pytest.mark.parametrize(
    ("messages", "code", "word"),
    [
        ((b"\x00\x01",), 1003, "binary"),
        ((start(), b"\x00\x01"), 1003, "binary"),
        (("not json",), 1007, "JSON"),
        (("",), 1007, "JSON"),
        (("[]",), 1007, "JSON object"),
        (('{"event": "\ud800"}',), 1007, "UTF-8"),
        ((DEEP,), 1007, "JSON"),
        (('{"event":' + '{"a":' * 9000,), 1007, "JSON"),
        ((MEDIA[:-1],), 1007, "JSON"),
        (("x" * (LARGEST_MESSAGE + 1),), 1009, "65536"),
        (("é" * (LARGEST_MESSAGE // 2 + 1),), 1009, "65536"),
        ((MEDIA,), 1008, "media before start"),
        ((STOP,), 1008, "stop before start"),
        ((start(), start()), 1008, "second start"),
        ((start(), MEDIA.replace("MZ1", "MZ2")), 1008, "streamSid"),
        ((start(), STOP.replace("MZ1", "MZ2")), 1008, "streamSid"),
        ((json.dumps({"event": "start"}),), 1008, "start: found nothing"),
        ((json.dumps({"event": "start", "start": 3}),), 1008, "start: found 3"),
        ((start(tracks=["sideways"]),), 1008, "start.tracks"),
        ((start(tracks="inbound"),), 1008, "start.tracks"),
        ((start(callSid="../../etc"),), 1008, "call_id"),
        ((start(callSid=None, streamSid="a b"),), 1008, "call_id"),
        ((start({"language": "de"}),), 1008, "start.customParameters.language: found 'de'; allowed: fr, en"),
        ((start({"consent": "yes"}),), 1008, "start.customParameters.consent: found 'yes'"),
        ((start({"notice": "perhaps"}),), 1008, "start.customParameters.notice"),
        ((start({"direction": "up"}),), 1008, "start.customParameters.direction"),
        ((start({"extra": ["a"]}),), 1008, "start.customParameters.extra"),
        ((start({f"n{n}": "v" for n in range(40)}),), 1008, "40 entries"),
        ((start(mediaFormat=None),), 1003, "start.mediaFormat: found nothing; allowed: encoding PCMU, PCMA, L16"),
        (
            (start(mediaFormat={"encoding": "OPUS", "sampleRate": 8000}),),
            1003,
            "Opus is not decoded: stream",
        ),
        ((start(mediaFormat={"encoding": ["PCMU"], "sampleRate": 8000}),), 1003, "encoding"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": 44100}),), 1003, "found 44100; allowed: 8000"),
        ((start(mediaFormat={"encoding": "PCMU"}),), 1003, "sampleRate"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": "fast"}),), 1003, "sampleRate"),
        ((start(mediaFormat={"encoding": "PCMU", "sampleRate": 8000, "channels": 2}),), 1003, "channels"),
        (tuple([CONNECTED] * 17), 1008, "16 messages"),
        ((start(), *[MEDIA.replace('"payload"', '"sound"')] * (MOST_BAD_MEDIA + 1)), 1007, "51 bad media"),
    ],
)
def test_what_breaks_the_protocol_is_refused_with_its_code(
    messages: tuple[str | bytes, ...], code: int, word: str
) -> None:
    close = refusal(*messages)

    assert close.code == code
    assert word in close.reason


def test_a_refused_call_was_never_started() -> None:
    asked: list[tuple[str | None, CallStarted]] = []

    def listen(token: str | None, call: CallStarted) -> CallStarted:
        asked.append((token, call))
        return nobody(token, call)

    dialect = Twilio(opened_at=NOON, admit=listen, route=Route())

    assert dialect.receive(start({"token": "guess"}), NOON) == ()
    assert dialect.close is not None
    assert (dialect.close.code, asked[0][0], asked[0][1].call_id) == (1008, "guess", "CA1")
    assert dialect.closed(after(1)) == ()
