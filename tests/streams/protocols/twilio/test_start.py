"""The start message: who is heard, on which tracks, in which format, and what was agreed."""

from collections.abc import Mapping

import pytest

from streams.consent import Consent, Notice
from streams.records import AudioFrame, CallStarted, Direction, Language, Speaker
from tests.streams.sessions import FRAME, NOON, a_twilio, media, some_bytes, start

DATA = some_bytes(1, FRAME)


def started(custom: Mapping[str, object] | None = None, **changes: object) -> CallStarted:
    """The record that a start with these fields gives."""
    events = a_twilio().receive(start(custom, **changes), NOON)
    assert isinstance(events[0], CallStarted)
    return events[0]


def test_the_start_says_who_is_heard_and_what_was_agreed() -> None:
    custom: dict[str, object] = {
        "call_id": "call-9",
        "agent_id": "agent-3",
        "team": "Équipe 1",
        "tenant": "acme",
        "language": "fr-FR",
        "direction": "inbound",
        "notice": "played",
        "consent": "granted",
        "token": "secret",
        "campaign": "spring",
    }
    call = started(custom=custom)

    assert (call.call_id, call.agent_id, call.team, call.tenant) == ("call-9", "agent-3", "Équipe 1", "acme")
    assert (call.language, call.direction) == (Language.FR, Direction.INBOUND)
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.GRANTED)
    assert (call.rate_hz, call.dialect, call.started_at) == (8000, "twilio", NOON)
    assert call.metadata == {
        "campaign": "spring",
        "session_id": "MZ1",
        "conversation_id": "CA1",
        "call_sid": "CA1",
        "account_id": "AC1",
    }


def test_what_the_source_does_not_say_allows_nothing() -> None:
    call = started()

    assert (call.call_id, call.tenant, call.team, call.agent_id) == ("CA1", "default", "", "")
    assert (call.language, call.notice, call.consent) == (None, Notice.NONE, Consent.UNKNOWN)


@pytest.mark.parametrize(
    ("direction", "channels"),
    [
        ("inbound", (Speaker.CUSTOMER, Speaker.AGENT)),
        ("outbound", (Speaker.AGENT, Speaker.CUSTOMER)),
        ("unknown", (Speaker.UNKNOWN, Speaker.UNKNOWN)),
    ],
)
def test_roles_follow_the_direction(direction: str, channels: tuple[Speaker, ...]) -> None:
    assert started(custom={"direction": direction}).channels == channels


@pytest.mark.parametrize("direction", list(Direction))
def test_a_direction_that_is_not_said_is_the_setting_s(direction: Direction) -> None:
    events = a_twilio(direction).receive(start(), NOON)

    assert isinstance(events[0], CallStarted)
    assert events[0].direction is direction


@pytest.mark.parametrize(
    ("tracks", "channels"),
    [
        (["inbound"], (Speaker.CUSTOMER,)),
        (["outbound"], (Speaker.AGENT,)),
        (["outbound", "inbound"], (Speaker.CUSTOMER, Speaker.AGENT)),
        (["inbound_track"], (Speaker.CUSTOMER,)),
        ([], (Speaker.MIXED,)),
        (None, (Speaker.MIXED,)),
    ],
)
def test_the_tracks_of_the_start_are_the_channels(tracks: list[str] | None, channels: tuple[Speaker, ...]) -> None:
    assert started(tracks=tracks).channels == channels


@pytest.mark.parametrize(
    ("encoding", "rate_hz", "size"),
    [("audio/x-mulaw", 8000, 1), ("PCMA", "8000", 1), ("audio/x-l16", 16000, 2), ("audio/x-raw", 24000, 2)],
)
def test_what_the_media_format_says_is_decoded(encoding: str, rate_hz: int | str, size: int) -> None:
    dialect = a_twilio()
    dialect.receive(start(mediaFormat={"encoding": encoding, "sampleRate": rate_hz}), NOON)

    (frame,) = dialect.receive(media(1, DATA), NOON)

    assert isinstance(frame, AudioFrame)
    assert len(frame.samples) == FRAME // size
    assert frame.rate_hz == int(rate_hz)
