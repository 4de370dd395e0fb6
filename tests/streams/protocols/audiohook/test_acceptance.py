"""The acceptance table's rows that one AudioHook session can show, on the test's clock."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from streams.protocols.audiohook.nonces import Nonces
from streams.protocols.audiohook.signature import FAILURE_AFTER_S, Verdict
from streams.protocols.audiohook.states import State
from streams.protocols.audiohook.stream import FARTHEST_S
from streams.protocols.port import LARGEST_MESSAGE
from streams.records import (
    AudioFrame,
    CallEnded,
    CallStarted,
    EndReason,
    Gap,
    GapReason,
    Paused,
    Resumed,
    Samples,
    Speaker,
)
from streams.samples.codec import Encoding, decode, encode
from tests.streams.protocols.audiohook.client import LARGEST_TEXT, NOBODY, OFFERS, STEREO, medium
from tests.streams.protocols.audiohook.sessions import FRAME_BYTES, Session, a_hook, frames, interleaved
from tests.streams.protocols.audiohook.signing import COMPONENTS, NOW, Signer, judged
from tests.streams.sessions import after, assert_whole, gaps, some_bytes, sound

PCMU = ("PCMU", Encoding.MULAW)
L16 = ("L16", Encoding.PCM16)
Formats = pytest.mark.parametrize(("name", "encoding"), [PCMU, L16])
NOTHING = {"id": NOBODY, "ani": "", "aniName": "", "dnis": ""}


def some_sound(seed: int, seconds: float, encoding: Encoding) -> Samples:
    """Noise that the encoding carries without loss."""
    return decode(some_bytes(seed, round(seconds * 8000) * encoding.width), encoding)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def said_error(session: Session) -> bool:
    return session.client.types()[-1] == "disconnect" and session.client.last("disconnect")["reason"] == "error"


def ended(session: Session) -> CallEnded:
    assert_whole(session.events)
    last = session.events[-1]
    assert isinstance(last, CallEnded)
    return last


@Formats
@pytest.mark.parametrize("channels", [("external", "internal"), ("internal", "external"), ("external",), ("internal",)])
def test_row_01_clean_call(name: str, encoding: Encoding, channels: tuple[str, ...]) -> None:
    """Sixty seconds come out bit by bit as they went in, on equally long channels."""
    roles = {"external": Speaker.CUSTOMER, "internal": Speaker.AGENT}
    sides = [some_sound(seed, 60, encoding) for seed in range(len(channels))]
    data = interleaved(sides[0], sides[1], encoding) if len(sides) == 2 else encode(sides[0], encoding)
    session = Session().open([medium(*channels, encoding=name)])

    for frame in cut(data, 1600 * encoding.width * len(channels)):
        session.hear(frame)
    session.give(session.client.close())

    assert session.call().channels == tuple(roles[each] for each in channels)
    assert ended(session) == CallEnded(call_id=session.call().call_id, end_s=60.0, reason=EndReason.END)
    for channel, side in enumerate(sides):
        assert (sound(session.events, channel) == side).all()
    assert not any(isinstance(event, Gap) for event in session.events)
    assert session.hook.rejected == {}


def test_row_02_gap_discarded() -> None:
    """What the client discards is a gap of the right place and length on both channels; nothing later shifts."""
    session = Session().open()
    first, second = frames(1, 2)
    session.hear(first)
    found = session.say("discarded", {"start": "PT0.2S", "discarded": "PT1.3S"})
    later = session.hear(second)
    again = session.say("discarded", {"start": "PT0.2S", "discarded": "PT0.4S"})

    assert [type(event) for event in found] == [Gap, Gap]
    assert all(isinstance(event, Gap) and event.reason is GapReason.DISCARDED for event in found)
    assert gaps(session.events, 0) == gaps(session.events, 1) == [(0.2, 1.3)]
    assert [event.start_s for event in later if isinstance(event, AudioFrame)] == [1.5, 1.5]
    assert again == ()
    session.give(session.client.close())
    assert ended(session).end_s == pytest.approx(1.7)


@pytest.mark.parametrize("paused", [False, True])
def test_row_02_a_gap_is_no_longer_than_time_has_passed(paused: bool) -> None:
    """A day that is said to be missing from a call of seconds would be kept as a day of silence."""
    session = Session().open()
    first, second = frames(1, 2)
    session.hear(first)
    if paused:
        session.say("paused")
    session.say("resumed" if paused else "discarded", {"start": "PT86400S", "discarded": "PT86400S"})
    later = session.hear(second)
    session.give(session.client.close())

    for channel in (0, 1):
        ((from_s, duration_s),) = gaps(session.events, channel)
        assert (from_s, duration_s) == pytest.approx((0.2, FARTHEST_S))
    assert gaps(session.events, 0) == gaps(session.events, 1) == [(0.2, FARTHEST_S)]
    assert [event.start_s for event in later if isinstance(event, AudioFrame)] == [pytest.approx(FARTHEST_S + 0.2)] * 2
    assert session.hook.rejected["skip"] == 1
    assert ended(session).end_s == pytest.approx(FARTHEST_S + 0.4)


@pytest.mark.parametrize(("discarded", "end_s"), [("PT10S", 10.4), ("PT0S", 0.4)])
def test_row_03_pause(discarded: str, end_s: float) -> None:
    """A pause of ten seconds counts for what the client says of it, whether its clock ran on or stood still."""
    session = Session().open()
    session.hear(frames(1, 1)[0])
    session.say("paused")
    session.say("paused")
    session.pass_to(120)
    session.say("resumed", {"start": "PT0.2S", "discarded": discarded})
    session.say("resumed", {"start": "PT0.2S", "discarded": discarded})
    session.hear(frames(2, 1)[0])
    session.give(session.client.close())

    assert [event.at_s for event in session.events if isinstance(event, Paused)] == [0.2]
    assert [event.at_s for event in session.events if isinstance(event, Resumed)] == [pytest.approx(end_s - 0.2)]
    assert all(event.reason is GapReason.PAUSED for event in session.events if isinstance(event, Gap))
    assert ended(session).end_s == pytest.approx(end_s)
    assert ended(session).reason is EndReason.END
    assert "quiet" not in session.hook.rejected
    assert session.client.types() == ["opened", "closed"]


def test_row_03_pause_lets_late_frames_pass() -> None:
    """A second of audio may still be on its way when the client pauses; more is an error."""
    session = Session().open()
    session.say("paused")
    for frame in frames(1, 5):
        assert session.hear(frame) == ()
    assert session.hook.state is State.PAUSED

    session.hear(frames(1, 1)[0])

    assert said_error(session)
    assert ended(session).end_s == 0.0


def test_row_04_duplicate_seq() -> None:
    """A repeated number is an error, and the call ends once."""
    session = Session().open()
    session.hear(frames(1, 1)[0])
    ping = session.client.say("ping")
    session.give(ping)
    session.give(ping)

    assert said_error(session)
    assert ended(session).reason is EndReason.ERROR


def test_row_05_reorder_is_an_error() -> None:
    """Two messages that change places are an error."""
    session = Session().open()
    first, second = session.client.say("ping"), session.client.say("update", {"language": "fr-FR"})
    session.give(second)

    assert said_error(session)
    session.client._ping = None  # the first was never answered: it is read in a session that is over
    assert session.hook.receive(first, after(0)) == ()
    assert ended(session).reason is EndReason.ERROR


def test_row_06_abrupt_close() -> None:
    """A socket that breaks ends the call abruptly, with all that was heard."""
    session = Session().open()
    session.hear(frames(1, 1)[0])
    session.leave(1006)
    session.leave(1006)

    assert ended(session) == CallEnded(call_id=session.call().call_id, end_s=0.2, reason=EndReason.ABRUPT)


def test_row_07_wrong_codec() -> None:
    """Nothing usable is offered: no medium, no call; audio that comes nevertheless is an error."""
    offers = [medium("external", "internal", encoding="OPUS"), medium("external", rate=16000)]
    session = Session().open(offers)
    assert session.client.last("opened")["media"] == []

    session.hear(bytes(FRAME_BYTES))

    assert said_error(session)
    assert session.events == []


def test_row_08_swapped_channels() -> None:
    """The roles follow the order that was selected, and a frame that would shift them ends the call."""
    customer, agent = some_sound(1, 1, Encoding.MULAW), some_sound(2, 1, Encoding.MULAW)
    session = Session().open([medium("internal", "external"), *OFFERS])
    session.hear(interleaved(agent, customer, Encoding.MULAW))
    session.hear(b"\0")

    assert session.call().channels == (Speaker.AGENT, Speaker.CUSTOMER)
    assert (sound(session.events, 0) == agent).all()
    assert (sound(session.events, 1) == customer).all()
    assert said_error(session)
    assert ended(session).end_s == 1.0


@pytest.mark.parametrize("pings", [False, True])
def test_row_10_no_start_in_5_s(pings: bool) -> None:
    """Silent or only pinging, a socket without `open` is closed after five seconds."""
    session = Session()
    for second in range(1, 6):
        session.pass_to(second)
        assert session.hook.close is None
        if pings:
            session.say("ping")
    session.pass_to(5.5)

    assert session.hook.close is not None
    assert session.hook.close.code == 1008
    assert session.now_s == pytest.approx(5.1)
    assert session.events == []


def test_row_10_chatter_before_open_is_bounded() -> None:
    """Seventeen messages without `open` are too many."""
    session = Session()
    for _ in range(17):
        session.say("ping")

    assert session.hook.close is not None
    assert session.hook.close.code == 1008


def test_row_11_oversize_frame() -> None:
    """The largest message is taken, one byte more is an error; so is JSON without end."""
    for size, wrong in ((LARGEST_TEXT, False), (LARGEST_TEXT + 1, True)):
        session = Session().open()
        message = session.client.say("ping")
        session.give(message + " " * (size - len(message)))
        assert said_error(session) is wrong
    for length, wrong in ((LARGEST_MESSAGE, False), (LARGEST_MESSAGE + 2, True)):
        session = Session().open()
        session.hear(bytes(length), 4.096)
        assert said_error(session) is wrong
    for deep in ("[" * 60_000, '{"parameters":' * 4000, '{"version":"2","parameters":' + "[" * 900 + "]" * 900 + "}"):
        session = Session().open()
        session.give(deep)
        assert said_error(session)


@pytest.mark.parametrize("component", COMPONENTS)
def test_row_12_bad_signature(component: str) -> None:
    """One bit of any covered part changed, or the part not covered: refused, as is another key or another time."""
    headers = Signer().headers()
    name = {"@authority": "host"}.get(component, component)
    changed = {**headers, name: headers.get(name, "") + "x"}
    target = "/other" if component == "@request-target" else "/api/v1/voicebiometrics/ws"
    uncovered = replace(Signer(), components=tuple(each for each in COMPONENTS if each != component))

    assert not judged(changed, target=target).accepted
    assert judged(uncovered.headers()) is Verdict.NOT_COVERED
    assert judged(replace(Signer(), secret=b"another").headers()) is Verdict.WRONG
    assert judged(headers | {"x-api-key": "unknown"}) is Verdict.KEY_DIFFERS
    assert judged(replace(Signer(), nonce=f'"{"n" * 21}"').headers()) is Verdict.SHORT_NONCE
    assert judged(headers, now=NOW + timedelta(seconds=11)) is Verdict.TOO_OLD
    assert judged(headers, now=NOW - timedelta(seconds=4)) is Verdict.NOT_YET
    assert judged(headers) is Verdict.SIGNED
    assert FAILURE_AFTER_S >= 0.5


@pytest.mark.parametrize("authorised", [True, False])
def test_row_12_organisation_mismatch(authorised: bool) -> None:
    """An organisation that did not sign, or a signature that failed: no detail, no call."""
    session = Session(a_hook(authorised=authorised)).open(organizationId=NOBODY)

    assert session.client.taken[-1]["parameters"] == {"reason": "unauthorized"}
    session.give(session.client.close("disconnect"))
    assert session.client.types() == ["disconnect", "closed"]
    assert session.events == []


def test_row_13_replayed_nonce() -> None:
    """The same upgrade is good once, and a failed attempt does not use it up."""
    nonces = Nonces()
    forged = Signer().headers() | {"signature": f"sig1=:{base64.b64encode(bytes(32)).decode()}:"}

    verdicts = [judged(headers, nonces=nonces) for headers in (forged, Signer().headers(), Signer().headers())]

    assert verdicts == [Verdict.WRONG, Verdict.SIGNED, Verdict.REPLAYED]


def test_row_14_probe_creates_no_call() -> None:
    """A probe is answered like a call and is none, even where it sends audio."""
    session = Session().open(conversationId=NOBODY, participant=NOTHING)
    session.say("ping")
    session.hear(bytes(FRAME_BYTES))
    session.say("paused")
    session.say("resumed", {"start": "PT0S", "discarded": "PT1S"})
    session.say("discarded", {"start": "PT0S", "discarded": "PT2S"})
    session.say("update", {"language": "fr-FR"})
    session.give(session.client.close())
    session.leave()

    assert session.client.types() == ["opened", "pong", "closed"]
    assert session.client.last("opened")["media"] == [STEREO]
    assert session.events == []
    assert session.hook.rejected["probe"] == 1


def test_row_16_order_errors() -> None:
    """Audio before `open` and another id are errors; a second `open` and audio after `close` are passed over."""
    early = Session()
    early.give(bytes(FRAME_BYTES))
    stranger = Session().open()
    stranger.say("ping", id=NOBODY)
    twice = Session().open()
    twice.give(twice.client.open())
    twice.give(twice.client.close())
    twice.hear(bytes(FRAME_BYTES))
    twice.give(twice.client.open())

    assert said_error(early)
    assert said_error(stranger)
    assert early.events == []
    assert twice.client.types() == ["opened", "closed"]
    assert [type(event) for event in twice.events] == [CallStarted, CallEnded]


def test_row_18_bunching_and_jitter() -> None:
    """Two seconds held back and sent at once are no gap: only the samples count."""
    session = Session().open()
    sent = frames(1, 30)
    for index, frame in enumerate(sent):
        if index == 10:
            session.pass_to(session.now_s + 2)
        session.hear(frame, 0.2 if index < 10 or index > 20 else 0.0)
    session.give(session.client.close())

    assert ended(session).end_s == 6.0
    assert gaps(session.events, 0) == gaps(session.events, 1) == []
    assert len(sound(session.events, 0)) == 48_000


def test_row_19_silence_stays_silence() -> None:
    """Ten minutes of digital silence are ten minutes of zeros."""
    session = Session().open()
    for _ in range(3000):
        session.hear(b"\xff" * FRAME_BYTES)
    session.give(session.client.close())

    assert ended(session).end_s == 600.0
    assert not np.any(sound(session.events, 0))


def test_row_20_return_path() -> None:
    """Nothing but text that the protocol requires; the strict client has judged each message."""
    session = Session().open(supportedLanguages=True)
    said: list[str | bytes] = []
    session.client.take = lambda message: said.append(message) or {}  # type: ignore[method-assign, func-returns-value]
    for frame in frames(1, 5):
        session.hear(frame)
        session.say("ping")
    session.pass_to(50)
    session.give(session.client.close())

    assert all(isinstance(message, str) for message in said)
    assert [json.loads(message)["type"] for message in said] == ["pong"] * 5 + ["closed"]
