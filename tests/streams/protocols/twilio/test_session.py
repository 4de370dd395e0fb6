"""A live stream: audio in order, keys, silence and every way to end."""

import base64
import json
from collections.abc import Mapping

import pytest

from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.twilio.session import MOST_BAD_MEDIA, Twilio
from streams.records import AudioFrame, CallEnded, CallStarted, Dtmf, EndReason
from streams.refusals import Close
from tests.streams.sessions import (
    FRAME,
    NOON,
    STOP,
    a_twilio,
    after,
    assert_whole,
    decoded,
    gaps,
    media,
    play,
    some_bytes,
    sound,
    start,
    twilio_session,
)

DATA = some_bytes(1, FRAME)
MEDIA = media(1, DATA)


def started(custom: Mapping[str, object] | None = None, **changes: object) -> CallStarted:
    """The record that a start with these fields gives."""
    events = a_twilio().receive(start(custom, **changes), NOON)
    assert isinstance(events[0], CallStarted)
    return events[0]


def live() -> Twilio:
    dialect = a_twilio()
    dialect.receive(start(), NOON)
    return dialect


def test_a_clean_call_comes_out_as_it_went_in() -> None:
    inbound, outbound = some_bytes(1, 8000), some_bytes(2, 8000)
    dialect = a_twilio()

    events = play(dialect, twilio_session(inbound, outbound))

    assert_whole(events)
    assert sound(events, 0).tolist() == decoded(inbound).tolist()
    assert sound(events, 1).tolist() == decoded(outbound).tolist()
    assert events[-1] == CallEnded(call_id=started().call_id, end_s=1.0, reason=EndReason.END)
    assert dialect.close == Close(code=1000, reason="the call has ended")
    assert dialect.rejected == {}
    assert dialect.replies() == ()


def test_a_lone_outbound_track_is_the_agent_s() -> None:
    dialect = a_twilio()
    dialect.receive(start(tracks=["outbound"]), NOON)

    (frame,) = dialect.receive(media(1, DATA, track="outbound"), NOON)

    assert isinstance(frame, AudioFrame)
    assert frame.channel == 0


def test_a_track_that_was_not_announced_is_dropped_and_counted() -> None:
    dialect = a_twilio()
    dialect.receive(start(tracks=["inbound"]), NOON)

    assert dialect.receive(media(1, DATA, track="outbound"), NOON) == ()
    assert dialect.rejected == {"unknown_track": 1}


def test_numbers_may_be_numbers_or_text() -> None:
    payload = base64.b64encode(DATA).decode()
    inside = {"track": "inbound", "chunk": 1, "timestamp": 0, "payload": payload}
    dialect = live()
    first = dialect.receive(json.dumps({"event": "media", "media": inside}), NOON)
    second = dialect.receive(media(2, DATA), NOON)

    assert len(first) == len(second) == 1


def test_a_late_track_is_padded_and_both_end_together() -> None:
    """The outbound track begins a second later; the inbound one stops a second earlier."""
    messages = [start()]
    messages += [media(n, DATA) for n in range(1, 51)]
    messages += [media(n, DATA, track="outbound", at_ms=1000 + (n - 1) * 20) for n in range(1, 51)]

    events = play(a_twilio(), [*messages, STOP], step_s=0.02)

    assert_whole(events)
    assert gaps(events, 0) == [(1.0, 1.0)]
    assert gaps(events, 1) == [(0.0, 1.0)]


def test_a_lost_chunk_is_marked_by_the_tick_when_nothing_more_arrives() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), NOON)
    dialect.receive(media(3, DATA), after(0.04))

    assert dialect.tick(after(0.2)) == ()
    assert len(dialect.tick(after(0.3))) == 2


def test_a_message_without_usable_audio_becomes_a_gap() -> None:
    messages = [start(tracks=["inbound"]), *(media(n, DATA) for n in range(1, 30)), STOP]
    messages[5] = messages[5].replace('"payload": "', '"payload": "!')
    dialect = a_twilio()

    events = play(dialect, messages, step_s=0.02)

    assert_whole(events)
    assert gaps(events, 0) == [(0.08, 0.02)]
    assert dialect.rejected == {"bad_media": 1}


def test_keys_are_told_and_never_counted_with_their_value() -> None:
    dialect = live()
    press = json.dumps({"event": "dtmf", "streamSid": "MZ1", "dtmf": {"track": "inbound_track", "digit": "5"}})
    wrong = press.replace('"5"', '"4111"')

    (event,) = dialect.receive(press, NOON)

    assert event == Dtmf(call_id=started().call_id, channel=0, digit="5", at_s=0.0)
    assert dialect.receive(wrong, NOON) == ()
    assert dialect.rejected == {"bad_dtmf": 1}


def test_marks_and_unknown_events_change_nothing() -> None:
    dialect = live()

    assert dialect.receive(json.dumps({"event": "mark", "streamSid": "MZ1", "mark": {"name": "x"}}), NOON) == ()
    assert dialect.receive(json.dumps({"event": "clear"}), NOON) == ()
    assert dialect.receive("{}", NOON) == ()
    assert dialect.rejected == {"unknown_event": 2}
    assert dialect.close is None


def test_the_largest_message_is_accepted() -> None:
    dialect = live()
    message = media(1, b"\xff" * 49000)
    message += " " * (LARGEST_MESSAGE - len(message))

    (frame,) = dialect.receive(message, NOON)

    assert isinstance(frame, AudioFrame)
    assert len(frame.samples) == 49000


def test_one_good_message_among_bad_ones_is_enough_to_go_on() -> None:
    dialect = live()
    bad = media(2, DATA).replace('"payload"', '"sound"')
    for _ in range(5):
        for _ in range(MOST_BAD_MEDIA):
            dialect.receive(bad, NOON)
        dialect.receive(media(1, DATA), NOON)

    assert dialect.close is None


def test_a_connection_without_a_start_is_closed_after_five_seconds() -> None:
    """By the tick, or by whatever it says then."""
    waiting, talking = a_twilio(), a_twilio()

    assert waiting.tick(after(5)) == ()
    assert waiting.close is None
    waiting.tick(after(5.1))
    talking.receive(start(), after(5.1))

    for dialect in (waiting, talking):
        assert dialect.close == Close(code=1008, reason="no valid start within 5 s")


def test_a_silent_source_is_counted_after_15_s_and_ended_after_60_s() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), after(1))
    early = [dialect.tick(after(second)) for second in range(2, 61)]
    counted = dict(dialect.rejected)
    (*_, ended) = dialect.tick(after(61))

    assert not any(early)
    assert counted == {"quiet": 1}
    assert ended == CallEnded(call_id=started().call_id, end_s=0.02, reason=EndReason.TIMEOUT)
    assert dialect.close == Close(code=1000, reason="no audio for 60 s")


def test_marks_do_not_keep_a_silent_source_alive() -> None:
    dialect = live()
    for second in range(1, 61):
        dialect.receive(json.dumps({"event": "mark", "mark": {"name": "x"}}), after(second))
        events = dialect.tick(after(second))

    assert isinstance(events[-1], CallEnded)


@pytest.mark.parametrize("code", [1000, 1001, 1006])
def test_a_socket_that_goes_without_stop_is_an_abrupt_end(code: int) -> None:
    """What was held for order is handed on first; a second report says nothing."""
    dialect = live()
    dialect.receive(media(1, DATA), NOON)
    dialect.receive(media(3, DATA), after(0.04))

    events = dialect.closed(after(0.05), code)

    assert [type(event).__name__ for event in events] == ["Gap", "AudioFrame", "Gap", "CallEnded"]
    assert events[-1] == CallEnded(call_id=started().call_id, end_s=0.06, reason=EndReason.ABRUPT)
    assert dialect.closed(after(1), code) == ()


def test_nothing_is_taken_after_the_end() -> None:
    dialect = live()
    dialect.receive(STOP, NOON)

    assert dialect.receive(MEDIA, NOON) == ()
    assert dialect.receive(start(), NOON) == ()
    assert dialect.tick(after(100)) == ()
    assert dialect.rejected == {"after_end": 2}


def test_an_arrival_clock_that_goes_back_harms_nothing() -> None:
    dialect = live()
    dialect.receive(media(1, DATA), after(3))

    events = [*dialect.receive(media(2, DATA), after(-3600)), *dialect.tick(after(-3600)), *dialect.closed(NOON)]

    assert isinstance(events[-1], CallEnded)
    assert events[-1].end_s == pytest.approx(0.04)
