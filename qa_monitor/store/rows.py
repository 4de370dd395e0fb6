"""Records to rows and back. Plain functions, no queries."""

from dataclasses import dataclass, replace

from sqlalchemy import Row

from alerts.acts import due_at
from alerts.care import Care
from alerts.records import CoachId, FlagId, HeldFlag, HoldReason, RedFlag
from qa_monitor.records.calls import CallAgent, CallState, FlagCounts, Hold, StoredCall
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.store.codec import from_text, to_text
from sentiment.records import Course, Dynamics, Emotion, EmotionScore, Prosody
from streams.consent import Consent, Notice
from streams.records import (
    CallId,
    CallStarted,
    Direction,
    EndReason,
    Language,
    Sought,
    Speaker,
    Timing,
    Utterance,
    UtteranceId,
    Word,
)

Cells = dict[str, object]
"""Column names to values."""
AnyRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who is on a call, and how the customer went through it."""

    channels: tuple[Speaker, ...] = ()
    agents: tuple[CallAgent, ...] = ()
    course: Course | None = None


def call_cells(call: CallStarted) -> Cells:
    """An announced call, live."""
    return {
        "call_id": call.call_id,
        "tenant": call.tenant,
        "team": call.team,
        "agent_id": call.agent_id,
        "direction": call.direction.value,
        "language": None if call.language is None else call.language.value,
        "rate_hz": call.rate_hz,
        "started_at": call.started_at,
        "dialect": call.dialect,
        "notice": call.notice.value,
        "consent": call.consent.value,
        "metadata": to_text(dict(call.metadata)),
        "state": CallState.LIVE.value,
    }


def agent_cells(call_id: CallId, agent: CallAgent) -> Cells:
    """One agent's part of a call."""
    return {"call_id": call_id, "from_s": agent.from_s, "agent_id": agent.agent_id, "team": agent.team}


def call_agent(row: AnyRow) -> CallAgent:
    """A row of call agents."""
    return CallAgent(agent_id=row.agent_id, team=row.team, from_s=row.from_s)


def stored_call(row: AnyRow, company: Company, counts: FlagCounts) -> StoredCall:
    """A row of calls, with who was on it."""
    call = CallStarted(
        call_id=CallId(row.call_id),
        tenant=row.tenant,
        team=row.team,
        agent_id=row.agent_id,
        direction=Direction(row.direction),
        language=language_or_none(row.language),
        channels=company.channels,
        rate_hz=row.rate_hz,
        started_at=row.started_at,
        dialect=row.dialect,
        notice=Notice(row.notice),
        consent=Consent(row.consent),
        metadata=from_text(row.metadata, dict[str, str]),
    )
    return StoredCall(
        call=call,
        state=CallState(row.state),
        ended_at=row.ended_at,
        end_reason=None if row.end_reason is None else EndReason(row.end_reason),
        duration_s=row.duration_s,
        blind=row.blind,
        paused=Hold(row.paused) if row.paused is not None and row.state == CallState.LIVE else None,
        flags=counts,
        dynamics=None if row.dynamics is None else from_text(row.dynamics, Dynamics),
        agents=company.agents,
        course=company.course,
    )


def language_or_none(value: str | None) -> Language | None:
    """A language column."""
    return None if value is None else Language(value)


def utterance_cells(utterance: Utterance, *, late: bool = False) -> Cells:
    """A final utterance, without its embedding."""
    return {
        "call_id": utterance.call_id,
        "utterance_id": utterance.utterance_id,
        "channel": utterance.channel,
        "speaker": utterance.speaker.value,
        "start_s": utterance.start_s,
        "end_s": utterance.end_s,
        "text": utterance.text,
        "words": to_text(utterance.words),
        "language": utterance.language.value,
        "confidence": utterance.confidence,
        "revision": utterance.revision,
        "trusted": utterance.trusted,
        "timing": None if utterance.timing is None else to_text(utterance.timing),
        "late": late,
        "sought": to_text(utterance.sought) if utterance.sought else None,
    }


def emotion_cells(score: EmotionScore, speaker: Speaker, call: StoredCall) -> Cells:
    """A score, with what makes it lawful beside it for the database to check."""
    return {
        "call_id": score.call_id,
        "utterance_id": score.utterance_id,
        "channel_role": speaker.value,
        "notice": call.call.notice.value,
        "consent": call.call.consent.value,
        **{emotion.value: score.probabilities.get(emotion, 0.0) for emotion in Emotion},
        "arousal": score.arousal,
        "valence": score.valence,
        "certainty": score.certainty,
        "enough": score.enough,
        "prosody": to_text(score.prosody),
        "explanation_en": score.explanation_en,
        "explanation_fr": score.explanation_fr,
    }


def stored_utterance(row: AnyRow) -> StoredUtterance:
    """A row of utterances joined with emotions."""
    utterance = Utterance(
        call_id=CallId(row.call_id),
        utterance_id=UtteranceId(row.utterance_id),
        speaker=Speaker(row.speaker),
        channel=row.channel,
        start_s=row.start_s,
        end_s=row.end_s,
        text=row.text,
        words=from_text(row.words, tuple[Word, ...]),
        language=Language(row.language),
        confidence=row.confidence,
        final=True,
        revision=row.revision,
        trusted=row.trusted,
        timing=None if row.timing is None else from_text(row.timing, Timing),
        sought=sought_phrases(row.sought),
    )
    emotion = None if row.prosody is None else emotion_score(row)
    return StoredUtterance(utterance=utterance, emotion=emotion, late=row.late)


def sought_phrases(text: str | None) -> tuple[Sought, ...]:
    """The column of phrases that may have been said."""
    return () if text is None else from_text(text, tuple[Sought, ...])


def emotion_score(row: AnyRow) -> EmotionScore:
    """The emotion part of such a row."""
    return EmotionScore(
        call_id=CallId(row.call_id),
        utterance_id=UtteranceId(row.utterance_id),
        probabilities={emotion: row._mapping[emotion.value] for emotion in Emotion},
        arousal=row.arousal,
        valence=row.valence,
        certainty=row.certainty,
        enough=row.enough,
        prosody=from_text(row.prosody, Prosody),
        explanation_en=row.explanation_en,
        explanation_fr=row.explanation_fr,
    )


def flag_cells(stored: StoredFlag) -> Cells:
    """A flag, whole in `body`; the other columns are for queries and for the coach's part."""
    flag = stored.flag
    return {
        "flag_id": flag.flag_id,
        "call_id": flag.call_id,
        "rule_id": flag.rule_id,
        "priority": int(flag.priority),
        "state": flag.state.value,
        "raised_s": flag.raised_s,
        "agent_id": stored.agent_id,
        "team": stored.team,
        "body": to_text(flag),
        "acknowledged_by": stored.acknowledged_by,
        "acknowledged_at": stored.acknowledged_at,
        "care": to_text(stored.care),
        "held": None if stored.care.held is None else stored.care.held.value,
        "due_at": due_at(flag, stored.care),
    }


def stored_flag(row: AnyRow) -> StoredFlag:
    """A row of flags joined with its call."""
    return StoredFlag(
        flag=from_text(row.body, RedFlag),
        agent_id=row.agent_id,
        team=row.team,
        language=language_or_none(row.language),
        tenant=row.tenant,
        acknowledged_by=None if row.acknowledged_by is None else CoachId(row.acknowledged_by),
        acknowledged_at=row.acknowledged_at,
        verdict=None if row.verdict is None else VerdictKind(row.verdict),
        verdict_by=None if row.verdict_by is None else CoachId(row.verdict_by),
        verdict_at=row.verdict_at,
        care=from_text(row.care, Care),
        sequence=row.sequence,
    )


def flag_event(row: AnyRow) -> FlagEvent:
    """A row of flag events."""
    kept = from_text(row.body, StoredFlag)
    return FlagEvent(sequence=row.sequence, flag=replace(kept, sequence=row.sequence))


def held_cells(held: HeldFlag) -> Cells:
    """A held flag."""
    flag = held.flag
    return {
        "call_id": flag.call_id,
        "flag_id": FlagId(flag.flag_id),
        "reason": held.reason.value,
        "raised_s": flag.raised_s,
        "body": to_text(flag),
    }


def held_flag(row: AnyRow) -> HeldFlag:
    """A row of held flags."""
    return HeldFlag(flag=from_text(row.body, RedFlag), reason=HoldReason(row.reason))
