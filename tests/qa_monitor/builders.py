"""Records to test with: each builder makes a whole one, and takes what the test is about."""

from datetime import UTC, datetime

from alerts.records import Evidence, FlagId, FlagState, HeldFlag, HoldReason, Latency, Measured, Priority, RedFlag
from qa_monitor.records.flags import StoredFlag
from sentiment.records import Dynamics, Emotion, EmotionScore, Prosody
from streams.consent import Consent, Notice
from streams.records import (
    CallId,
    CallStarted,
    Direction,
    Gap,
    GapReason,
    Language,
    Speaker,
    Timing,
    Utterance,
    UtteranceId,
    Word,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


def a_call(
    call_id: str = "call-1",
    *,
    channels: tuple[Speaker, ...] = BOTH,
    notice: Notice = Notice.PLAYED,
    consent: Consent = Consent.GRANTED,
    started_at: datetime = NOON,
    rate_hz: int = 8_000,
) -> CallStarted:
    """An inbound French call with consent."""
    return CallStarted(
        call_id=CallId(call_id),
        team="north",
        agent_id="agent-7",
        direction=Direction.INBOUND,
        language=Language.FR,
        channels=channels,
        rate_hz=rate_hz,
        started_at=started_at,
        dialect="pcm",
        notice=notice,
        consent=consent,
        metadata={"queue": "sales"},
    )


def a_word(text: str = "résilier", start_s: float = 1.0) -> Word:
    """A word of 0.4 s."""
    return Word(text=text, start_s=start_s, end_s=start_s + 0.4, probability=0.9)


def an_utterance(
    start_s: float = 1.0,
    *,
    call_id: str = "call-1",
    channel: int = 0,
    speaker: Speaker = Speaker.CUSTOMER,
    text: str = "Je veux résilier.",
    final: bool = True,
) -> Utterance:
    """Two seconds of a customer."""
    return Utterance(
        call_id=CallId(call_id),
        utterance_id=UtteranceId(f"{channel}-{start_s:.2f}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=start_s + 2,
        text=text,
        words=(a_word("Je", start_s), a_word("veux", start_s + 0.5), a_word("résilier.", start_s + 1)),
        language=Language.FR,
        confidence=0.8,
        final=final,
        revision=3,
        timing=Timing(endpoint_s=0.5, queued_s=0.01, speech_s=0.2),
    )


def a_prosody() -> Prosody:
    """A voice higher and louder than before, whose pace has no baseline yet."""
    return Prosody(
        voiced_s=1.4,
        pitch_hz=210.0,
        pitch_range_st=5.0,
        level_db=-20.0,
        pace_wps=2.5,
        pitch_change_st=3.0,
        level_change_db=6.0,
        pace_change=None,
    )


def a_score(utterance: Utterance) -> EmotionScore:
    """An angry one."""
    return EmotionScore(
        call_id=utterance.call_id,
        utterance_id=utterance.utterance_id,
        probabilities={Emotion.ANGER: 0.7, Emotion.DISTRESS: 0.1, Emotion.NEUTRAL: 0.15, Emotion.HAPPY: 0.05},
        arousal=0.6,
        valence=-0.5,
        certainty=0.7,
        enough=True,
        prosody=a_prosody(),
        explanation_en="louder by 6 dB than at first",
        explanation_fr="plus fort de 6 dB qu'au début",
    )


def a_flag(
    name: str = "f1",
    *,
    call_id: str = "call-1",
    state: FlagState = FlagState.CONFIRMED,
    priority: Priority = Priority.HIGH,
    raised_s: float = 3.0,
    latency: Latency | None = None,
) -> RedFlag:
    """The customer wants to cancel."""
    return RedFlag(
        flag_id=FlagId(name),
        call_id=CallId(call_id),
        rule_id="cancellation",
        rule_version="1a2b",
        priority=priority,
        state=state,
        start_s=2.0,
        end_s=2.4,
        raised_s=raised_s,
        name_en="Wants to cancel",
        name_fr="Veut résilier",
        action_en="Listen in",
        action_fr="Écoutez l'appel",
        deadline_s=60.0,
        evidence=Evidence(
            speaker=Speaker.CUSTOMER,
            utterance_ids=(UtteranceId("0-1.00"),),
            text="Je veux résilier.",
            words=(a_word(),),
            phrase="résilier",
            measured=(Measured(name="certainty", value=0.95, threshold=0.8),),
            clip_start_s=0.0,
            clip_end_s=7.4,
        ),
        latency=latency or Latency(text_s=0.8, rule_s=0.81),
        raised_at=NOON,
    )


def a_stored_flag(name: str = "f1", *, sequence: int | None = 1, state: FlagState = FlagState.CONFIRMED) -> StoredFlag:
    """A flag as the store gives it."""
    return StoredFlag(
        flag=a_flag(name, state=state),
        agent_id="agent-7",
        team="north",
        language=Language.FR,
        tenant="default",
        sequence=sequence,
    )


def a_held_flag(name: str = "f2", raised_s: float = 9.0) -> HeldFlag:
    """A repeat."""
    return HeldFlag(flag=a_flag(name, raised_s=raised_s), reason=HoldReason.REPEAT)


def a_gap(start_s: float = 4.0) -> Gap:
    """Lost frames of the customer's channel."""
    return Gap(call_id=CallId("call-1"), channel=0, start_s=start_s, duration_s=0.5, reason=GapReason.LOST)


def some_dynamics(now_s: float = 10.0) -> Dynamics:
    """Mostly the customer."""
    return Dynamics(
        now_s=now_s,
        silence_s=1.0,
        talk_over_s=0.0,
        talk_over_total_s=0.4,
        silence_total_s=3.0,
        talk_share={"customer": 0.7, "agent": 0.3},
        interrupter=None,
    )
