"""One AudioSocket connection: who gets in, what its frames mean, and how it ends."""

from uuid import UUID

import numpy as np
import pytest

from streams.protocols.audiosocket import Leg, Pairs
from streams.protocols.audiosocket_leg import AudioSocket
from streams.records import CallEnded, CallStarted, Dtmf, EndReason, Speaker
from streams.refusals import POLICY, Refused
from streams.samples.codec import Encoding, decode
from tests.streams.protocols.audiosocket_sessions import (
    AGENT,
    CUSTOMER,
    HANGUP,
    SLIN,
    SLIN16,
    Legs,
    a_call,
    both_legs,
    dtmf,
    frame,
    hello,
    one_leg,
    paced,
    pairs_for,
    play_legs,
    sound_of,
)
from tests.streams.sessions import NOON, after, assert_whole, sound


def alone() -> Legs:
    """One connection that carries the whole call."""
    return Legs(pairs=pairs_for(one_leg()))


def reason_of(legs: Legs) -> EndReason:
    ended = legs.events[-1]
    assert isinstance(ended, CallEnded)
    return ended.reason


def closing(legs: Legs, uuid: UUID = CUSTOMER) -> str:
    close = legs.leg(uuid).close
    assert close is not None
    return close.reason


def test_the_call_begins_with_the_first_audio_as_it_was_announced() -> None:
    legs = alone()

    assert not legs.say(CUSTOMER, hello(CUSTOMER), 0.0)
    started, heard = legs.say(CUSTOMER, frame(SLIN16, bytes(640)), 0.5)

    assert isinstance(started, CallStarted)
    assert (started.call_id, started.agent_id, started.channels) == ("c-1", "a-7", (Speaker.MIXED,))
    assert (started.rate_hz, started.dialect) == (16_000, "audiosocket")
    assert started.started_at == after(0.48)
    assert heard.start_s == 0.0  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", range(0x10, 0x19))
def test_every_kind_of_audio_is_heard_at_its_rate(kind: int) -> None:
    legs = alone()
    rate_hz = [8000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000][kind - 0x10]
    data = sound_of(1, rate_hz / 8000 * 0.5)
    size = rate_hz // 50 * 2

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(data, kind=kind, size=size), (0.51, HANGUP)]})

    assert_whole(legs.events)
    assert legs.events[0].rate_hz == rate_hz  # type: ignore[union-attr]
    np.testing.assert_array_equal(sound(legs.events, 0), decode(data, Encoding.PCM16))


@pytest.mark.parametrize("size", [2, 100, 319 * 2, 3200, 16_384])
def test_any_length_of_payload_is_taken(size: int) -> None:
    legs = alone()
    data = sound_of(1, 1.5)
    timed = [(0.0, hello(CUSTOMER)), *((0.0, each) for each in [b""])]
    for begin in range(0, len(data), size):
        end = min(begin + size, len(data))
        timed.append((end / 16_000, frame(SLIN, data[begin:end])))

    play_legs(legs, {CUSTOMER: [*timed, (1.6, HANGUP)]})

    assert_whole(legs.events)
    np.testing.assert_array_equal(sound(legs.events, 0), decode(data, Encoding.PCM16))


def test_an_unknown_uuid_is_refused_without_a_word_of_it() -> None:
    legs = Legs(pairs=pairs_for({}))

    assert not legs.say(AGENT, hello(AGENT), 0.0)

    assert "unknown" in closing(legs, AGENT)
    assert str(AGENT) not in closing(legs, AGENT)
    assert legs.leg(AGENT).rejected == {"policy": 1}


def test_whoever_keeps_the_announced_calls_may_refuse_in_its_own_words() -> None:
    def full(uuid: UUID) -> Leg | None:
        raise Refused(POLICY, "as many calls as allowed are being followed")

    leg = AudioSocket(opened_at=NOON, join=Pairs(full).join)

    assert not leg.receive(hello(CUSTOMER), NOON)
    assert leg.close is not None
    assert "as many calls" in leg.close.reason


def test_a_side_that_is_connected_already_is_not_given_to_another() -> None:
    """Two UUIDs for the same channel can only be a mistake."""
    legs = Legs(pairs=pairs_for({uuid: Leg(call=a_call(), channel=0, pair_key="p") for uuid in (CUSTOMER, AGENT)}))
    legs.say(CUSTOMER, hello(CUSTOMER), 0)

    legs.say(AGENT, hello(AGENT), 0)

    assert "connected already" in closing(legs, AGENT)
    assert legs.leg(CUSTOMER).close is None


def test_a_call_that_has_ended_is_not_begun_again_by_its_other_side() -> None:
    legs = Legs(pairs=pairs_for(both_legs()))
    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(3200)), (0.3, HANGUP)]})

    legs.say(AGENT, hello(AGENT), 1.0)

    assert "has ended" in closing(legs, AGENT)
    assert sum(isinstance(event, CallStarted) for event in legs.events) == 1


def test_a_channel_that_the_call_does_not_have_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no channel 2"):
        Leg(call=a_call(), channel=2, pair_key="p")


def test_keys_are_heard_on_their_channel_and_nothing_else_is_a_key() -> None:
    legs = alone()
    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), (0.01, dtmf("9")), *paced(bytes(1600))]})
    legs.say(CUSTOMER, dtmf("5") + dtmf("#") + frame(0x03, b"\xff") + frame(0x03, b"12") + frame(0x03), 0.1)

    keys = [event for event in legs.events if isinstance(event, Dtmf)]

    assert [(key.digit, key.channel, key.at_s) for key in keys] == [("5", 0, 0.1), ("#", 0, 0.1)]
    assert legs.leg(CUSTOMER).rejected == {"bad_dtmf": 3}
    assert legs.pairs.rejected == {"stray_dtmf": 1}


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (HANGUP, EndReason.HANGUP),
        (frame(0x00, b"x"), EndReason.HANGUP),
        (None, EndReason.HANGUP),
        (frame(0xFF, b"\x01"), EndReason.HANGUP),
        (frame(0xFF, b"\x05"), EndReason.HANGUP),
        (frame(SLIN, b"abc"), EndReason.ERROR),
        (frame(SLIN, bytes(16_386)), EndReason.ERROR),
        (hello(CUSTOMER), EndReason.ERROR),
    ],
)
def test_how_a_connection_ends_says_how_the_call_ended(last: bytes | None, reason: EndReason) -> None:
    legs = alone()

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(3200)), (0.3, last)]})

    assert_whole(legs.events)
    assert reason_of(legs) is reason


@pytest.mark.parametrize("code", [b"\x02", b"\x04", b""])
def test_an_error_of_the_far_side_is_counted_and_makes_the_end_an_error(code: bytes) -> None:
    legs = alone()

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(3200)), (0.3, frame(0xFF, code)), (0.4, None)]})

    assert legs.leg(CUSTOMER).rejected == {"error_frame": 1}
    assert reason_of(legs) is EndReason.ERROR


def test_a_stream_that_breaks_off_inside_a_frame_ended_abruptly() -> None:
    legs = alone()

    play_legs(
        legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(3200)), (0.3, frame(SLIN, bytes(9))[:7]), (0.4, None)]}
    )

    assert reason_of(legs) is EndReason.ABRUPT


def test_unknown_kinds_are_counted_and_markers_of_silence_are_not() -> None:
    legs = alone()

    play_legs(legs, {CUSTOMER: [(0, frame(0x02) + hello(CUSTOMER) + frame(0x30, b"abc") + frame(0x02, b"ab"))]})

    assert legs.leg(CUSTOMER).close is None
    assert legs.leg(CUSTOMER).rejected == {"unknown_kind": 1}


def test_a_rate_that_changes_within_a_connection_ends_it() -> None:
    legs = alone()

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(3200)), (0.22, frame(SLIN16, bytes(640)))]})

    assert reason_of(legs) is EndReason.ERROR
    assert "16000 Hz" in closing(legs)


def test_nothing_is_sent_back() -> None:
    legs = alone()

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(32_000)), (1.1, dtmf("1")), (2, HANGUP)]})

    assert legs.sent == []


def test_silence_is_fed_frame_for_frame_where_it_is_asked_for() -> None:
    """Of the kind and length of what is heard; also while nothing is heard, since that is when the far side stalls."""
    leg = AudioSocket(opened_at=NOON, join=pairs_for(one_leg()).join, feed_silence=True)
    sent: list[str | bytes] = []
    for at_s, data in [(0.0, hello(CUSTOMER)), *paced(bytes(32_000), kind=SLIN16, size=640)]:
        leg.receive(data or b"", after(at_s))
        sent += leg.replies()
    for tick in range(11, 21):
        leg.tick(after(tick / 10))
        sent += leg.replies()

    assert set(sent) == {frame(SLIN16, bytes(640))}
    assert len(sent) == pytest.approx(2.0 / 0.02, abs=2)


def test_silence_is_fed_also_where_nothing_is_heard_yet() -> None:
    """Nobody speaks at first: Asterisk would give up after two seconds."""
    leg = AudioSocket(opened_at=NOON, join=pairs_for(one_leg()).join, feed_silence=True)
    sent: list[str | bytes] = []

    leg.receive(hello(CUSTOMER), NOON)
    for tick in range(1, 16):
        leg.tick(after(tick / 10))
        sent += leg.replies()

    assert set(sent) == {frame(SLIN, bytes(320))}
    assert len(sent) == pytest.approx(50, abs=1)


def test_silence_that_was_not_sent_in_time_is_not_sent_in_a_flood() -> None:
    leg = AudioSocket(opened_at=NOON, join=pairs_for(one_leg()).join, feed_silence=True)
    leg.receive(hello(CUSTOMER) + frame(SLIN, bytes(320)), NOON)

    leg.tick(after(30))

    assert len(leg.replies()) == 10


def test_a_quiet_side_is_kept_while_the_other_is_heard() -> None:
    """A telephone on hold need not send anything."""
    legs = Legs(pairs=pairs_for(both_legs()))
    legs.say(AGENT, hello(AGENT) + frame(SLIN, bytes(320)), 0)

    play_legs(legs, {CUSTOMER: [(0, hello(CUSTOMER)), *paced(bytes(16_000 * 60))]})

    assert legs.leg(AGENT).close is None
    assert legs.leg(CUSTOMER).close is None


@pytest.mark.parametrize("audio", [b"", frame(SLIN, bytes(320))])
def test_a_call_of_which_nothing_is_heard_any_more_is_given_up(audio: bytes) -> None:
    legs = Legs(pairs=pairs_for(both_legs()))
    for uuid in (CUSTOMER, AGENT):
        legs.say(uuid, hello(uuid) + audio, 0)

    play_legs(legs, {}, until_s=44.9)
    assert legs.leg(CUSTOMER).close is None
    play_legs(legs, {}, until_s=45.1)

    assert legs.leg(CUSTOMER).close is not None
    assert legs.leg(AGENT).close is not None
    assert_whole(legs.events)
    assert not audio or reason_of(legs) is EndReason.TIMEOUT
