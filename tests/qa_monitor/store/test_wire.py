"""The JSON that leaves the service."""

from datetime import timedelta

from alerts.records import FlagState
from qa_monitor.records.calls import CallAgent, CallState, FlagCounts, Hold, StoredCall
from qa_monitor.records.outlines import Peaks
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.wire.calls import call_json, detail_json, peaks_json
from qa_monitor.wire.flags import clip_url, flag_json
from qa_monitor.wire.health import health_json
from qa_monitor.wire.utterances import utterance_json
from streams.health.call_health import CallHealth, ChannelHealth, HealthFact
from streams.records import CallId
from tests.qa_monitor.builders import (
    NOON,
    a_call,
    a_gap,
    a_held_flag,
    a_score,
    a_stored_flag,
    an_utterance,
    some_dynamics,
)


def test_a_live_call_lasts_since_it_began() -> None:
    """And names its channels, states and flags."""
    agents = (CallAgent(agent_id="agent-7", team="north", from_s=0.0),)
    stored = StoredCall(call=a_call(), state=CallState.LIVE, flags=FlagCounts(high=2), agents=agents)
    shape = call_json(stored, NOON + timedelta(seconds=90)).model_dump(mode="json")

    assert shape == {
        "call_id": "call-1",
        "tenant": "default",
        "team": "north",
        "agent_id": "agent-7",
        "direction": "inbound",
        "language": "fr",
        "channels": ["customer", "agent"],
        "dialect": "pcm",
        "notice": "played",
        "consent": "granted",
        "started_at": "2026-03-02T12:00:00Z",
        "ended_at": None,
        "end_reason": None,
        "duration_s": 90.0,
        "state": "live",
        "blind": None,
        "paused": None,
        "flags": {"high": 2, "medium": 0, "low": 0},
        "agents": [{"agent_id": "agent-7", "team": "north", "from_s": 0.0}],
        "course": None,
    }


def test_a_past_call_lasts_as_long_as_its_audio() -> None:
    """Whatever the clock on the wall says."""
    stored = StoredCall(call=a_call(), state=CallState.ENDED, ended_at=NOON, duration_s=41.5)

    assert call_json(stored, NOON + timedelta(days=1)).duration_s == 41.5


def test_an_utterance_carries_its_words_and_its_score() -> None:
    """Partials and utterances of agents have no score."""
    utterance = an_utterance()

    shape = utterance_json(utterance, a_score(utterance)).model_dump(mode="json")

    assert shape["emotion"]["emotion"] == "anger"
    assert shape["emotion"]["probabilities"] == {"anger": 0.7, "distress": 0.1, "neutral": 0.15, "happy": 0.05}
    assert shape["emotion"]["explanation"] == {
        "en": "louder by 6 dB than at first",
        "fr": "plus fort de 6 dB qu'au début",
    }
    assert shape["emotion"]["prosody"]["pace_change"] is None
    assert shape["words"][0] == {"text": "Je", "start_s": 1.0, "end_s": 1.4, "probability": 0.9}
    assert "embedding" not in shape
    assert utterance_json(utterance).emotion is None


def test_a_flag_shows_its_evidence_and_whether_it_is_saved() -> None:
    """The clip has an address that any call id fits into."""
    shape = flag_json(a_stored_flag()).model_dump(mode="json")

    assert shape["priority"] == "high"
    assert shape["state"] == FlagState.CONFIRMED.value
    assert shape["name"] == {"en": "Wants to cancel", "fr": "Veut résilier"}
    assert shape["evidence"]["clip"]["url"] == "/v1/calls/call-1/audio?start_s=0.00&end_s=7.40"
    assert shape["evidence"]["measured"] == [{"name": "certainty", "value": 0.95, "threshold": 0.8}]
    assert shape["latency"] == {
        "text_s": 0.8,
        "rule_s": 0.81,
        "stored_s": None,
        "feed_s": None,
        "screen_s": None,
    }
    assert shape["saved"] is True
    assert flag_json(a_stored_flag(sequence=None)).saved is False
    assert clip_url(CallId("a/b?c"), 1, 2).startswith("/v1/calls/a%2Fb%3Fc/audio?")


def test_everything_kept_about_a_call_is_told() -> None:
    """Held flags with their reason, dynamics and gaps."""
    utterance = an_utterance()
    record = CallRecord(
        call=StoredCall(call=a_call(), state=CallState.LIVE, dynamics=some_dynamics()),
        utterances=(StoredUtterance(utterance=utterance, emotion=a_score(utterance)),),
        flags=(a_stored_flag(),),
        held=(a_held_flag(),),
        gaps=(a_gap(),),
    )

    shape = detail_json(record, NOON).model_dump(mode="json")

    assert shape["held"][0]["reason"] == "repeat"
    assert shape["held"][0]["flag"]["agent_id"] == "agent-7"
    assert shape["dynamics"]["talk_share"] == {"customer": 0.7, "agent": 0.3}
    assert shape["gaps"] == [{"channel": 0, "start_s": 4.0, "duration_s": 0.5, "reason": "lost"}]
    assert len(shape["utterances"]) == len(shape["flags"]) == 1


def test_the_health_of_a_call_is_told_with_its_facts() -> None:
    """Rounded to what can be read; the reason for blindness may come from elsewhere."""
    health = CallHealth(
        call_id=CallId("call-1"),
        at_s=31.0,
        channels=(
            ChannelHealth(level_db=-21.04, clipped_share=0.00012, lost_share=0.0, spoken_s=12.123),
            ChannelHealth(level_db=-100.0, clipped_share=0.0, lost_share=0.25, spoken_s=0.0),
        ),
        facts=(HealthFact.ONE_WAY, HealthFact.LOSS),
        blind=HealthFact.ONE_WAY,
    )

    shape = health_json(health, "one_way", None).model_dump(mode="json")

    assert shape == {
        "at_s": 31.0,
        "channels": [
            {"level_db": -21.0, "clipped_share": 0.0001, "lost_share": 0.0, "spoken_s": 12.12},
            {"level_db": -100.0, "clipped_share": 0.0, "lost_share": 0.25, "spoken_s": 0.0},
        ],
        "facts": ["one_way", "loss"],
        "blind": "one_way",
        "paused": None,
    }
    assert health_json(health, None, Hold.OFF_RECORD).paused is Hold.OFF_RECORD


def test_peaks_are_told_as_they_are() -> None:
    """Lowest and highest in turn."""
    peaks = Peaks(per_second=50, duration_s=0.04, channels=((-3, 4, -1, 2), (0, 0, 0, 0)))

    assert peaks_json(peaks).channels == [[-3, 4, -1, 2], [0, 0, 0, 0]]
