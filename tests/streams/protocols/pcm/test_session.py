"""The pcm dialect: the preamble field by field, the audio sample by sample."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.consent import Consent, Notice
from streams.protocols.pcm.session import Pcm
from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.route import Route
from streams.records import AudioFrame, CallEnded, CallId, CallStarted, Direction, EndReason, Language, Speaker
from streams.refusals import Close
from streams.samples.codec import Encoding
from tests.streams.sessions import (
    END,
    NOON,
    a_pcm,
    after,
    assert_whole,
    decoded,
    gaps,
    nobody,
    pcm_session,
    play,
    preamble,
    some_bytes,
    sound,
)


def started(**changes: object) -> CallStarted:
    (event,) = a_pcm().receive(preamble(**changes), NOON)
    assert isinstance(event, CallStarted)
    return event


def live(**changes: object) -> Pcm:
    dialect = a_pcm()
    dialect.receive(preamble(**changes), NOON)
    return dialect


def interleaved(data: bytes, channel: int) -> list[int]:
    every: list[int] = np.frombuffer(data, dtype="<i2")[channel::2].tolist()
    return every


def test_the_preamble_says_all_there_is_to_know() -> None:
    call = started(tenant="acme", metadata={"queue": "7", "weight": 2})

    assert (call.call_id, call.agent_id, call.team, call.tenant) == ("c-1", "a-7", "billing", "acme")
    assert (call.direction, call.language) == (Direction.INBOUND, Language.FR)
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.GRANTED)
    assert call.channels == (Speaker.CUSTOMER, Speaker.AGENT)
    assert (call.rate_hz, call.dialect, call.started_at) == (8000, "pcm", NOON)
    assert call.metadata == {"queue": "7", "weight": "2"}


def test_what_is_said_nowhere_allows_nothing() -> None:
    call = started(agent_id=None, team=None, language=None, notice=None, consent=None)

    assert (call.language, call.notice, call.consent) == (None, Notice.NONE, Consent.UNKNOWN)


def test_the_language_may_be_null() -> None:
    fields = json.loads(preamble()) | {"language": None}
    (call,) = a_pcm().receive(json.dumps(fields), NOON)

    assert isinstance(call, CallStarted)
    assert call.language is None


def test_the_token_is_asked_about_and_kept_nowhere() -> None:
    tokens: list[str | None] = []

    def listen(token: str | None, call: CallStarted) -> CallStarted:
        tokens.append(token)
        return call

    (call,) = Pcm(opened_at=NOON, admit=listen, route=Route()).receive(preamble(token="s3cret"), NOON)

    assert tokens == ["s3cret"]
    assert "s3cret" not in repr(call)


def test_a_wrong_token_starts_no_call() -> None:
    dialect = Pcm(opened_at=NOON, admit=nobody, route=Route())

    assert dialect.receive(preamble(), NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1008
    assert dialect.closed(NOON) == ()


@pytest.mark.parametrize("size", [640, 1, 3, 5, 641, 1999])
def test_stereo_comes_out_as_it_went_in_wherever_it_is_cut(size: int) -> None:
    """No swap, no shift, whatever the length of the messages."""
    data = some_bytes(3, 8000)

    events = play(a_pcm(), pcm_session(data, size), step_s=0.0)

    assert_whole(events)
    assert sound(events, 0).tolist() == interleaved(data, 0)
    assert sound(events, 1).tolist() == interleaved(data, 1)
    assert events[-1] == CallEnded(call_id=CallId("c-1"), end_s=0.25, reason=EndReason.END)


def test_mono_mu_law_is_one_channel() -> None:
    data = some_bytes(4, 4000)

    events = play(a_pcm(), pcm_session(data, 160, encoding="mulaw", channels=["mixed"]))

    assert_whole(events)
    assert sound(events, 0).tolist() == decoded(data).tolist()


def test_a_last_half_sample_is_counted() -> None:
    dialect = a_pcm()

    events = play(dialect, pcm_session(some_bytes(5, 643)))

    assert_whole(events)
    assert dialect.rejected == {"unfinished_sample": 1}


@pytest.mark.parametrize(
    "channels",
    [["customer"], ["agent"], ["mixed"], ["unknown"], ["agent", "customer"], ["unknown", "unknown"]],
)
def test_roles_are_what_the_preamble_says(channels: list[str]) -> None:
    assert list(started(channels=channels).channels) == channels


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"call_id": None}, 1008, "call_id: found nothing"),
        ({"call_id": ""}, 1008, "call_id: found nothing"),
        ({"call_id": "../x"}, 1008, "call_id: found '../x'; allowed: 1 to 128 letters, digits"),
        ({"call_id": "x" * 129}, 1008, "call_id: found 'xxxxxxxxxxxxxxxxxxxxxxx…'"),
        ({"call_id": 7}, 1008, "call_id: found 7"),
        ({"call_id": ["a"]}, 1008, "call_id: found a list"),
        ({"agent_id": "a\nb"}, 1008, "agent_id"),
        ({"team": {"a": 1}}, 1008, "team: found an object"),
        ({"tenant": "a/b"}, 1008, "tenant"),
        ({"direction": "sideways"}, 1008, "direction: found 'sideways'; allowed: inbound, outbound, unknown"),
        ({"language": "de"}, 1008, "language: found 'de'; allowed: fr, en"),
        ({"language": 5}, 1008, "language: found 5"),
        ({"notice": "maybe"}, 1008, "notice: found 'maybe'; allowed: none, played, contract"),
        ({"consent": True}, 1008, "consent: found True; allowed: unknown, granted, refused, objected, off_record"),
        ({"channels": []}, 1008, "channels: found a list; allowed: customer and agent"),
        ({"channels": ["boss"]}, 1008, "channels"),
        ({"channels": ["customer", "customer"]}, 1008, "channels"),
        ({"channels": ["customer", "agent", "agent"]}, 1008, "channels"),
        ({"channels": "customer"}, 1008, "channels"),
        ({"channels": [1]}, 1008, "channels"),
        ({"rate_hz": 7999}, 1003, "rate_hz: found 7999; allowed: 8000 to 48000"),
        ({"rate_hz": 48001}, 1003, "rate_hz"),
        ({"rate_hz": None}, 1003, "rate_hz: found nothing"),
        ({"rate_hz": True}, 1003, "rate_hz: found True"),
        ({"rate_hz": 8000.5}, 1003, "rate_hz: found 8000.5"),
        ({"rate_hz": -(10**40)}, 1003, "rate_hz"),
        ({"encoding": "opus"}, 1003, "encoding: found 'opus'; allowed: pcm16, mulaw, alaw"),
        ({"encoding": None}, 1003, "encoding: found nothing"),
        ({"metadata": ["a"]}, 1008, "metadata: found a list"),
        ({"metadata": {"a": {"b": 1}}}, 1008, "metadata.a: found an object"),
        ({"metadata": {"a": "x" * 600}}, 1008, "metadata.a"),
        ({"metadata": {"a\u202e": "x"}}, 1008, "metadata.a\u202e: found a bad name"),
        ({"consnet": "granted"}, 1008, "consnet: found an unknown field"),
    ],
)
def test_a_bad_preamble_is_refused_naming_field_found_and_allowed(
    changes: dict[str, object], code: int, reason: str
) -> None:
    dialect = a_pcm()

    assert dialect.receive(preamble(**changes), NOON) == ()
    assert dialect.close is not None
    assert (dialect.close.code, dialect.close.reason[: len(reason)]) == (code, reason)
    assert len(dialect.close.reason.encode()) <= 123


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["nonsense"], 1007),
        (["[" * 50000], 1007),
        (["null"], 1007),
        ([b"\x00\x00", END], 1008),
        (["x" * (LARGEST_MESSAGE + 1)], 1009),
        ([b"\x00" * (LARGEST_MESSAGE + 1)], 1009),
        ([preamble(), b"\x00" * (LARGEST_MESSAGE + 1)], 1009),
        ([preamble(), "nonsense"], 1007),
    ],
)
def test_what_breaks_the_protocol_is_refused_with_its_code(messages: list[str | bytes], code: int) -> None:
    dialect = a_pcm()

    events = play(dialect, messages)

    assert dialect.close is not None
    assert dialect.close.code == code
    assert_whole(events)
    assert not events or isinstance(events[-1], CallEnded)


def test_the_largest_message_is_accepted() -> None:
    frames = live().receive(b"\x00" * LARGEST_MESSAGE, NOON)

    assert [len(frame.samples) for frame in frames if isinstance(frame, AudioFrame)] == [LARGEST_MESSAGE // 4] * 2


def test_other_text_is_counted_and_ignored() -> None:
    dialect = live()

    assert dialect.receive('{"event":"hello"}', NOON) == ()
    assert dialect.receive(preamble(), NOON) == ()
    assert dialect.rejected == {"unknown_event": 2}
    assert dialect.close is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [(1000, EndReason.END), (1001, EndReason.ABRUPT), (1005, EndReason.ABRUPT), (1006, EndReason.ABRUPT)],
)
def test_only_a_normal_close_is_an_end(code: int, reason: EndReason) -> None:
    dialect = live()

    assert dialect.closed(NOON, code) == (CallEnded(call_id=CallId("c-1"), end_s=0.0, reason=reason),)
    assert dialect.closed(NOON, code) == ()
    assert dialect.close is None


def test_the_end_event_closes_normally() -> None:
    dialect = live()

    dialect.receive(END, NOON)

    assert dialect.close == Close(code=1000, reason="the call has ended")


def test_no_preamble_within_five_seconds_is_refused() -> None:
    dialect = a_pcm()

    dialect.tick(after(5.1))

    assert dialect.close == Close(code=1008, reason="no valid start within 5 s")


def test_a_silent_source_is_ended_after_60_s() -> None:
    dialect = live()

    (ended,) = dialect.tick(after(60))

    assert ended == CallEnded(call_id=CallId("c-1"), end_s=0.0, reason=EndReason.TIMEOUT)
    assert dialect.rejected == {"quiet": 1}


def test_a_stall_is_a_gap_on_every_channel() -> None:
    """Three seconds nothing, then on at real pace."""
    dialect = a_pcm()
    data = some_bytes(6, 640 * 50)
    messages = pcm_session(data)
    events = play(dialect, messages[:-1], step_s=0.02)
    for tenth in range(30):
        events += dialect.tick(after(1.02 + tenth / 10))
    events += play(dialect, [*messages[1:-1], END], step_s=0.02, begin_s=4.04)

    assert_whole(events)
    for channel in range(2):
        found = gaps(events, channel)
        assert found[0][0] == pytest.approx(1.0, abs=0.1)
        assert sum(duration_s for _, duration_s in found) == pytest.approx(3.0, abs=0.1)


@given(
    data=st.binary(max_size=3000),
    cuts=st.lists(st.integers(0, 3000), max_size=20),
    encoding=st.sampled_from(Encoding),
    channels=st.sampled_from([["customer"], ["agent", "customer"]]),
)
@settings(deadline=None, derandomize=True)
def test_any_cut_of_any_bytes_is_the_same_audio(
    data: bytes, cuts: list[int], encoding: Encoding, channels: list[str]
) -> None:
    borders = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    parts: list[str | bytes] = [data[begin:end] for begin, end in zip(borders, borders[1:], strict=False)]
    hello = preamble(encoding=encoding, channels=channels)

    events = play(a_pcm(), [hello, *parts, END], step_s=0.001)
    whole = play(a_pcm(), [hello, data, END])

    assert_whole(events)
    for channel in range(len(channels)):
        assert sound(events, channel).tolist() == sound(whole, channel).tolist()
