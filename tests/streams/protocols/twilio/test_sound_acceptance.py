"""Rows 7 to 9 of the acceptance table, every vendor: wrong codecs, swapped channels, headers inside the sound."""

import pytest

from bench.sounds.noises import NOISES
from streams.health.formats import FormatGuard, Suspicion
from streams.records import AudioFrame, CallEnded, CallStarted, Speaker
from streams.samples.codec import Encoding, encode
from tests.streams.protocols.twilio.sessions import (
    A_TELNYX,
    AN_EXOTEL,
    VENDORS,
    Vendor,
    a_header,
    call_of,
    end_of,
    heard,
    pcm,
    source,
)
from tests.streams.sessions import NOON, after, play, sound

EVERY_VENDOR = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.dialect.name)
TWO_TRACKS = pytest.mark.parametrize(
    "vendor", [each for each in VENDORS if len(each.tracks) == 2], ids=lambda vendor: vendor.dialect.name
)
LINEAR = pytest.mark.parametrize("vendor", [A_TELNYX, AN_EXOTEL], ids=lambda vendor: vendor.dialect.name)


@EVERY_VENDOR
@pytest.mark.parametrize("encoding", ["OPUS", "AMR-WB", "audio/x-speex", "", None, 7])
def test_row_07_wrong_codec_is_refused_at_the_start(vendor: Vendor, encoding: object) -> None:
    """Bytes of an unknown codec are never decoded: no call, and a reason in words."""
    dialect = vendor.open()

    events = play(dialect, [vendor.connect(), vendor.start(**vendor.format_of(encoding)), vendor.media(1, bytes(320))])

    assert events == []
    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert len(dialect.close.reason) > 20


@LINEAR
def test_row_07_wrong_codec_behind_a_right_name_is_flagged_within_two_seconds(vendor: Vendor) -> None:
    """Announced as L16, sent as mu-law, or with the higher byte first: what comes out is suspected, not believed."""
    track = {"tracks": ["inbound"]} if vendor.names_tracks else {}
    music = NOISES["hold music"](4.0)
    suspected = []
    for data in (
        encode(music, Encoding.MULAW),
        encode(music, Encoding.PCM16),
        encode(music.byteswap(), Encoding.PCM16),
    ):
        pieces = [data[begin : begin + 320] for begin in range(0, len(data), 320)][:100]
        media = [vendor.media(number, piece) for number, piece in enumerate(pieces, 1)]
        events = heard(vendor.open(), [vendor.start(**vendor.format_of("L16"), **track), *media, vendor.stop()], vendor)
        guard = FormatGuard(8000)
        suspected.append([guard.feed(event.samples) for event in events if isinstance(event, AudioFrame)][-1])

    assert suspected == [Suspicion.WRONG_ENCODING, None, Suspicion.BYTE_SWAPPED]


@TWO_TRACKS
def test_row_08_swapped_channels_follow_the_direction(vendor: Vendor) -> None:
    """On an outbound call the leg that runs the stream is the agent's."""
    inbound, outbound = (_of(vendor, {"direction": direction}).channels for direction in ("inbound", "outbound"))

    assert inbound == (Speaker.CUSTOMER, Speaker.AGENT)
    assert outbound == (Speaker.AGENT, Speaker.CUSTOMER)
    assert _of(vendor, {"direction": "unknown"}).channels == (Speaker.UNKNOWN, Speaker.UNKNOWN)


@TWO_TRACKS
def test_row_08_swapped_order_of_tracks_moves_no_sound(vendor: Vendor) -> None:
    """Whichever track speaks first, inbound is channel 0, whatever the lengths of its payloads."""
    sounds = vendor.sounds(1.0)
    mixed = dict(reversed(sounds.items()))

    for size in (1, 161, 333):
        events = heard(vendor.open(), vendor.session(mixed, size=size * vendor.encoding.width), vendor)
        assert pcm(events, vendor) == source(vendor, sounds)


def test_row_08_swapped_or_not_a_source_without_tracks_is_mixed() -> None:
    """Nobody can be told apart, so nobody is judged by voice, whatever the direction."""
    for direction in ("inbound", "outbound", "unknown"):
        assert _of(AN_EXOTEL, {"direction": direction}).channels == (Speaker.MIXED,)


@LINEAR
def test_row_09_wav_header_inside_a_payload_is_no_sound(vendor: Vendor) -> None:
    """Before the first sample, split over two messages, and again in mid-stream."""
    data = vendor.sounds(0.2)[vendor.tracks[0]] if vendor.encoding is Encoding.PCM16 else bytes(range(200)) * 16
    pieces = [data[begin : begin + 320] for begin in range(0, len(data), 320)]
    header = a_header()
    payloads = [header[:20], header[20:] + pieces[0], *pieces[1:5], header + pieces[5], *pieces[6:]]
    media = [vendor.media(n, payload, at_ms=n * 20) for n, payload in enumerate(payloads, 1)]
    dialect = vendor.open()
    track = {"tracks": ["inbound"]} if vendor.names_tracks else {}

    events = heard(dialect, [vendor.start(**vendor.format_of("L16"), **track), *media, vendor.stop()], vendor)

    assert sound(events, 0).tobytes() == data
    assert dialect.rejected == {}


@LINEAR
def test_row_09_wav_header_that_contradicts_the_start_is_refused(vendor: Vendor) -> None:
    """The call ends where the contradiction is seen; what came before it stays."""
    track = {"tracks": ["inbound"]} if vendor.names_tracks else {}
    dialect = vendor.open()
    first = [vendor.start(**vendor.format_of("L16"), **track), vendor.media(1, bytes(320))]

    events = heard(dialect, [*first, vendor.media(2, a_header(rate_hz=16000) + bytes(320))], vendor)

    assert dialect.close is not None
    assert (dialect.close.code, "16000" in dialect.close.reason) == (1003, True)
    assert (len(sound(events, 0)), end_of(events)) == (160, 0.02)
    assert dialect.rejected == {"wrong_type": 1}


@LINEAR
def test_row_09_wav_header_found_late_is_refused_by_the_tick(vendor: Vendor) -> None:
    """It was held behind a chunk that never came."""
    track = {"tracks": ["inbound"]} if vendor.names_tracks else {}
    dialect = vendor.open()
    dialect.receive(vendor.start(**vendor.format_of("L16"), **track), NOON)
    dialect.receive(vendor.media(1, bytes(320)), NOON)
    dialect.receive(vendor.media(3, a_header(bits=8) + bytes(320)), NOON)

    events = dialect.tick(after(0.3))

    assert isinstance(events[-1], CallEnded)
    assert dialect.close is not None
    assert dialect.close.code == 1003


def _of(vendor: Vendor, custom: dict[str, object]) -> CallStarted:
    return call_of(vendor.open().receive(vendor.start(custom), NOON))
