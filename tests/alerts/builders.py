"""Small makers of records for the tests of alerts. Every argument has a default that suits most tests."""

from datetime import UTC, datetime

from alerts.combined import Condition
from alerts.conditions import WordsSaid
from alerts.records import Evidence, FlagId, FlagState, Priority, RedFlag, ScoredUtterance
from alerts.rule import Rule
from keywords.phrases.phrase import PhraseSet
from keywords.records import KeywordHit
from sentiment.records import Dynamics, Emotion, EmotionScore, Prosody
from streams.records import CallId, CallStarted, Language, Speaker, Utterance, UtteranceId, Word

CALL = CallId("call-1")


def a_call() -> CallStarted:
    return CallStarted(
        call_id=CALL,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8000,
        started_at=datetime(2025, 3, 3, 12, tzinfo=UTC),
        dialect="pcm",
    )


def some_words(text: str, start_s: float = 0.0, end_s: float = 2.0) -> tuple[Word, ...]:
    """The words of a text, evenly spread."""
    parts = text.split()
    step_s = (end_s - start_s) / max(1, len(parts))
    return tuple(
        Word(text=part, start_s=start_s + index * step_s, end_s=start_s + (index + 1) * step_s, probability=0.9)
        for index, part in enumerate(parts)
    )


def an_utterance(
    text: str = "I want to cancel my contract.",
    *,
    start_s: float = 0.0,
    speaker: Speaker = Speaker.CUSTOMER,
    final: bool = True,
    trusted: bool = True,
    language: Language = Language.EN,
) -> Utterance:
    channel = 1 if speaker is Speaker.AGENT else 0
    return Utterance(
        call_id=CALL,
        utterance_id=UtteranceId(f"{channel}-{start_s:.2f}"),
        speaker=speaker,
        channel=channel,
        start_s=start_s,
        end_s=start_s + 2.0,
        text=text,
        words=some_words(text, start_s, start_s + 2.0),
        language=language,
        confidence=0.9,
        final=final,
        revision=1,
        trusted=trusted,
    )


def a_hit(rule_id: str = "cancellation", *, start_s: float = 1.0, certainty: float = 0.9) -> KeywordHit:
    return KeywordHit(
        rule_id=rule_id,
        rule_version="1",
        phrase="to cancel",
        words=some_words("to cancel", start_s, start_s + 0.5),
        start_s=start_s,
        end_s=start_s + 0.5,
        certainty=certainty,
        language=Language.EN,
    )


def a_score(utterance: Utterance, *, anger: float, enough: bool = True) -> EmotionScore:
    rest = (1.0 - anger) / 3
    return EmotionScore(
        call_id=utterance.call_id,
        utterance_id=utterance.utterance_id,
        probabilities={
            Emotion.ANGER: anger,
            Emotion.DISTRESS: rest,
            Emotion.NEUTRAL: rest,
            Emotion.HAPPY: rest,
        },
        arousal=0.5,
        valence=-0.5,
        certainty=0.8,
        enough=enough,
        prosody=Prosody(
            voiced_s=1.0,
            pitch_hz=200.0,
            pitch_range_st=5.0,
            level_db=-20.0,
            pace_wps=3.0,
            pitch_change_st=4.0,
            level_change_db=6.0,
            pace_change=1.2,
        ),
        explanation_en="louder by 6 dB",
        explanation_fr="plus fort de 6 dB",
    )


def angry(start_s: float, anger: float = 0.9, *, enough: bool = True, trusted: bool = True) -> ScoredUtterance:
    """A final of the customer with this probability of anger."""
    utterance = an_utterance("that is not what I asked", start_s=start_s, trusted=trusted)
    return ScoredUtterance(utterance=utterance, emotion=a_score(utterance, anger=anger, enough=enough))


def some_dynamics(now_s: float, *, silence_s: float = 0.0, talk_over_s: float = 0.0) -> Dynamics:
    return Dynamics(
        now_s=now_s,
        silence_s=silence_s,
        talk_over_s=talk_over_s,
        talk_over_total_s=talk_over_s,
        silence_total_s=silence_s,
        talk_share={"customer": 0.5, "agent": 0.5},
        interrupter=None,
    )


def a_rule(
    rule_id: str = "cancellation",
    *,
    priority: Priority = Priority.HIGH,
    when: Condition | None = None,
    inhibits: tuple[str, ...] = (),
    repeat_after_s: float | None = None,
) -> Rule:
    phrases = PhraseSet.compile({Language.EN: ["to cancel"]})
    return Rule(
        rule_id=rule_id,
        rule_version="1",
        name_en="Name",
        name_fr="Nom",
        priority=priority,
        action_en="Help",
        action_fr="Aider",
        deadline_s=60.0,
        when=when or WordsSaid(speaker=Speaker.CUSTOMER, phrases=phrases),
        inhibits=inhibits,
        repeat_after_s=repeat_after_s,
    )


def a_flag(
    flag_id: str = "f1",
    *,
    rule_id: str = "cancellation",
    priority: Priority = Priority.HIGH,
    state: FlagState = FlagState.CONFIRMED,
    start_s: float = 20.0,
) -> RedFlag:
    return RedFlag(
        flag_id=FlagId(flag_id),
        call_id=CALL,
        rule_id=rule_id,
        rule_version="1",
        priority=priority,
        state=state,
        start_s=start_s,
        end_s=start_s + 1.0,
        raised_s=start_s + 2.0,
        name_en="Name",
        name_fr="Nom",
        action_en="Help",
        action_fr="Aider",
        deadline_s=60.0,
        evidence=Evidence(speaker=Speaker.CUSTOMER, clip_start_s=start_s - 10.0, clip_end_s=start_s + 6.0),
    )
