"""What every vendor of the Twilio family must survive, row by row of the acceptance table."""

import json
import random
from collections.abc import Sequence

import numpy as np
import pytest

from bench.sounds.noises import NOISES
from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.route import Route
from streams.records import AudioFrame, CallEnded, CallStarted, Dtmf, EndReason, Gap
from streams.refusals import POLICY, Refused
from tests.streams.protocols.twilio.sessions import (
    A_TELNYX,
    AN_EXOTEL,
    VENDORS,
    Vendor,
    call_of,
    end_of,
    heard,
    pcm,
    source,
    step_s,
)
from tests.streams.sessions import NOON, after, assert_whole, gaps, play

EVERY_VENDOR = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.dialect.name)
TWO_TRACKS = pytest.mark.parametrize(
    "vendor", [each for each in VENDORS if len(each.tracks) == 2], ids=lambda vendor: vendor.dialect.name
)
LINEAR = pytest.mark.parametrize("vendor", [A_TELNYX, AN_EXOTEL], ids=lambda vendor: vendor.dialect.name)


def parts(session: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Head, media messages and stop."""
    return list(session[:2]), list(session[2:-1]), session[-1]


@EVERY_VENDOR
def test_row_01_clean_call_is_identical_to_its_source(vendor: Vendor) -> None:
    """Sixty seconds, all tracks: one start, one end, equal lengths, every sample as it was sent."""
    sounds = vendor.sounds(60.0)
    dialect = vendor.open()

    events = heard(dialect, vendor.session(sounds), vendor)

    assert pcm(events, vendor) == source(vendor, sounds)
    assert not any(isinstance(event, Gap) for event in events)
    assert events[-1] == CallEnded(call_id=call_of(events).call_id, end_s=60.0, reason=EndReason.END)
    assert dialect.close is not None
    assert (dialect.close.code, dialect.rejected) == (1000, {})


@EVERY_VENDOR
def test_row_02_gap_of_each_lost_chunk_is_marked_where_it_was(vendor: Vendor) -> None:
    """One chunk in a hundred never comes: a gap of its length in its place, and nothing after it moves."""
    chance = random.Random(2)
    head, media, stop = parts(vendor.session(vendor.sounds(20.0)))
    ends = len(media) - len(vendor.tracks)
    kept = [each for each in media[:ends] if chance.random() > 0.01] + media[ends:]

    events = heard(vendor.open(), [*head, *kept, stop], vendor)

    lost = [json.loads(each) for each in media if each not in set(kept)]
    assert lost
    for channel, track in enumerate(vendor.tracks):
        expected = [int(each["media"]["timestamp"]) / 1000 for each in lost if each["media"].get("track", "") == track]
        assert _covered(gaps(events, channel)) == pytest.approx(expected)
    assert end_of(events) == 20.0


@EVERY_VENDOR
def test_row_04_duplicates_are_all_dropped(vendor: Vendor) -> None:
    """One in twenty comes again within ten messages: the sound is that of the clean call."""
    chance = random.Random(4)
    sounds = vendor.sounds(20.0)
    head, media, stop = parts(vendor.session(sounds))
    places = [(index, each) for index, each in enumerate(media)]
    repeats = [(index + chance.uniform(0.5, 10), each) for index, each in places if chance.random() < 0.05]
    ordered = [each for _, each in sorted([*places, *repeats], key=lambda place: place[0])]
    dialect = vendor.open()

    events = heard(dialect, [*head, *ordered, stop], vendor)

    assert pcm(events, vendor) == source(vendor, sounds)
    assert dialect.rejected == {"duplicate": len(repeats)}


@EVERY_VENDOR
def test_row_05_reorder_within_ten_frames_is_restored(vendor: Vendor) -> None:
    """One in twenty is late by up to nine frames of 20 ms: the order is restored and nothing is lost."""
    chance = random.Random(5)
    sounds = vendor.sounds(20.0)
    head, media, stop = parts(vendor.session(sounds))
    frames = len(vendor.tracks)
    late = [index + (chance.uniform(1, 9 * frames) if chance.random() < 0.05 else 0) for index in range(len(media))]
    order = sorted(range(len(media)), key=lambda index: (late[index], index))
    dialect = vendor.open()

    events = heard(dialect, [*head, *(media[index] for index in order), stop], vendor)

    assert pcm(events, vendor) == source(vendor, sounds)
    assert dialect.rejected == {}


@EVERY_VENDOR
def test_row_05_reorder_of_half_a_second_is_a_gap_and_a_drop(vendor: Vendor) -> None:
    head, media, stop = parts(vendor.session(vendor.sounds(2.0)))
    frames = len(vendor.tracks)
    moved = media.pop(20 * frames)
    media.insert(45 * frames, moved)
    dialect = vendor.open()

    events = heard(dialect, [*head, *media, stop], vendor)

    assert _covered(gaps(events, 0)) == pytest.approx([0.4])
    assert dialect.rejected == {"late": 1}


@EVERY_VENDOR
def test_rows_02_04_and_05_together_lose_only_what_never_came(vendor: Vendor) -> None:
    """5 % duplicates, 5 % reorder, 1 % loss at once: what did come is heard once, in its place."""
    chance = random.Random(6)
    sounds = vendor.sounds(20.0)
    head, media, stop = parts(vendor.session(sounds))
    frames = len(vendor.tracks)
    sent = []
    for index, each in enumerate(media):
        if chance.random() < 0.01 and index < len(media) - frames:
            continue
        sent.append((index + (chance.uniform(1, 8 * frames) if chance.random() < 0.05 else 0.0), each))
        if chance.random() < 0.05:
            sent.append((index + chance.uniform(0.5, 9), each))
    dialect = vendor.open()

    events = heard(dialect, [*head, *(each for _, each in sorted(sent)), stop], vendor)

    for channel, clean in enumerate(source(vendor, sounds)):
        whole = np.frombuffer(clean, dtype=np.int16)
        for frame in (each for each in events if isinstance(each, AudioFrame) and each.channel == channel):
            begin = round(frame.start_s * frame.rate_hz)
            assert (frame.samples == whole[begin : begin + len(frame.samples)]).all()
    unsent = len(media) - len({each for _, each in sent})
    assert unsent > 0
    assert sum(len(_covered(gaps(events, channel))) for channel in range(frames)) == unsent
    assert set(dialect.rejected) == {"duplicate"}


@EVERY_VENDOR
@pytest.mark.parametrize("code", [1000, 1006])
def test_row_06_abrupt_close_ends_the_call_with_its_tail(vendor: Vendor, code: int) -> None:
    """No stop: what was held for order is handed on, and the call ended, at once and once."""
    sounds = vendor.sounds(1.0)
    session = vendor.session(sounds)[:-1]
    lost = session.pop(-1 - 2 * len(vendor.tracks))
    dialect = vendor.open()
    events = play(dialect, session, step_s=step_s(vendor))

    events += dialect.closed(after(1.01), code)

    assert_whole(events)
    assert json.loads(lost)["event"] == "media"
    assert isinstance(events[-1], CallEnded)
    assert (events[-1].reason, events[-1].end_s) == (EndReason.ABRUPT, 1.0)
    assert (dialect.closed(after(2), code), dialect.tick(after(200))) == ((), ())


@EVERY_VENDOR
def test_row_10_no_start_in_five_seconds_is_closed(vendor: Vendor) -> None:
    """Silence, or a greeting alone: closed with 1008, and no call."""
    silent, greeting = vendor.open(), vendor.open()
    greeting.receive(vendor.connect(), after(1))

    for dialect in (silent, greeting):
        assert (dialect.tick(after(4.9)), dialect.close) == ((), None)
        assert dialect.tick(after(5.2)) == ()
        assert dialect.close is not None
        assert dialect.close.code == 1008


@EVERY_VENDOR
def test_row_11_oversize_is_refused_and_the_limit_itself_taken(vendor: Vendor) -> None:
    dialect = vendor.open()
    dialect.receive(vendor.start(), NOON)
    message = vendor.media(1, bytes(48000))
    most = message + " " * (LARGEST_MESSAGE - len(message))

    (frame,) = dialect.receive(most, NOON)
    dialect.receive(most + " ", NOON)

    assert isinstance(frame, AudioFrame)
    assert dialect.close is not None
    assert dialect.close.code == 1009


@EVERY_VENDOR
def test_row_13_replayed_token_opens_no_second_call(vendor: Vendor) -> None:
    """The token is in the start message, is good once, and a failed attempt does not spend it."""
    tickets = {"t-1"}

    def once(token: str | None, call: CallStarted) -> CallStarted:
        if token not in tickets:
            raise Refused(POLICY, "not authorised: the token is missing, wrong or spent")
        tickets.remove(token)
        return call

    wrong, first, second = (vendor.open(admit=once) for _ in range(3))
    wrong.receive(vendor.start({"token": "t-2"}), NOON)

    assert len(first.receive(vendor.start({"token": "t-1"}), NOON)) == 1
    assert second.receive(vendor.start({"token": "t-1"}), NOON) == ()
    for dialect in (wrong, second):
        assert dialect.close is not None
        assert dialect.close.code == 1008
        assert "t-" not in dialect.close.reason


@EVERY_VENDOR
def test_row_16_order_errors_are_refused_and_end_a_call_once(vendor: Vendor) -> None:
    start, media, stop = vendor.start(), vendor.media(1, bytes(vendor.frame)), vendor.stop()

    for messages in ([media], [stop], [start, start], [start, media, start], [start, media.replace("MZ1", "MZ2")]):
        dialect = vendor.open()
        events = play(dialect, messages)
        assert_whole(events)
        assert dialect.close is not None
        assert dialect.close.code == 1008
        assert dialect.receive(media, after(1)) == dialect.closed(after(1)) == ()


@EVERY_VENDOR
def test_row_18_bunching_of_two_seconds_is_no_gap(vendor: Vendor) -> None:
    """Held back, then sent at once: late is not lost."""
    sounds = vendor.sounds(6.0)
    head, media, stop = parts(vendor.session(sounds))
    frames = len(vendor.tracks)
    dialect = vendor.open()
    events = play(dialect, head)
    for index, message in enumerate(media):
        at_s = index // frames * 0.02 + 0.02
        events += dialect.receive(message, after(4.0 if 2.0 < at_s < 4.0 else at_s))
        events += dialect.tick(after(4.0 if 2.0 < at_s < 4.0 else at_s))
    events += dialect.receive(stop, after(6.1))

    assert_whole(events)
    assert pcm(events, vendor) == source(vendor, sounds)
    assert (gaps(events, 0), dialect.rejected) == ([], {})


@EVERY_VENDOR
def test_row_19_silence_and_tones_come_as_they_are_and_keys_are_told(vendor: Vendor) -> None:
    """Ten minutes of silence and music in payloads of a second, with a key now and then: no gap, no end."""
    second = np.concatenate([NOISES["silence"](300.0), NOISES["hold music"](4.0), NOISES["440 Hz"](296.0)])
    data = vendor.encoded(second)
    sounds = dict.fromkeys(vendor.tracks, data)
    session = vendor.session(sounds, size=8000 * vendor.encoding.width)
    key = json.dumps({"event": "dtmf", vendor.stream: "MZ1", "dtmf": {"digit": "5"}})
    session[10:10] = [key, key]
    dialect = vendor.open()

    events = play(dialect, session, step_s=1.0 / len(vendor.tracks))

    assert_whole(events)
    assert [event.digit for event in events if isinstance(event, Dtmf)] == ["5", "5"]
    assert (gaps(events, 0), end_of(events)) == ([], 600.0)
    assert pcm(events, vendor) == source(vendor, sounds)


@EVERY_VENDOR
def test_row_20_return_path_is_silent(vendor: Vendor) -> None:
    """From the first message to the last, through keys and errors: nothing is sent."""
    dialect = vendor.open(route=Route(transcripts=True))
    for index, message in enumerate(
        [*vendor.session(vendor.sounds(1.0))[:-1], "{}", '{"event":"error"}', vendor.stop()]
    ):
        dialect.receive(message, after(index * 0.01))
        dialect.tick(after(index * 0.01))
        assert dialect.replies() == ()


def _covered(found: Sequence[tuple[float, float]]) -> list[float]:
    """Where each lost chunk of 20 ms began, two in a row told apart."""
    return [start_s + 0.02 * part for start_s, length_s in found for part in range(round(length_s / 0.02))]
