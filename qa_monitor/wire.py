"""Records to the JSON shapes of `schemas.py`. Plain functions: no clock, no store."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from urllib.parse import quote

from alerts.records import Evidence, HeldFlag, HoldReason, Measured, Priority
from qa_monitor.care_wire import care_json
from qa_monitor.schemas import (
    AgentJson,
    Bilingual,
    CallDetailJson,
    CallJson,
    ChannelHealthJson,
    ClipJson,
    ConsentJson,
    CourseJson,
    DynamicsJson,
    EmotionJson,
    EvidenceJson,
    FlagCountsJson,
    FlagJson,
    GapJson,
    HealthJson,
    HeldJson,
    HoldJson,
    LatencyJson,
    MeasuredJson,
    NotesJson,
    PeaksJson,
    PriorityLabel,
    ProsodyJson,
    ShiftJson,
    TimingJson,
    UtteranceJson,
    WordJson,
)
from qa_monitor.store.records import CallRecord, Hold, Peaks, StoredCall, StoredConsent, StoredFlag
from sentiment.records import Course, Dynamics, EmotionScore, Prosody
from streams.records import CallHealth, CallId, Gap, Timing, Utterance, Word

PRIORITY_LABELS: Mapping[Priority, PriorityLabel] = MappingProxyType(
    {Priority.HIGH: "high", Priority.MEDIUM: "medium", Priority.LOW: "low"}
)


def call_json(stored: StoredCall, now: datetime) -> CallJson:
    """A call; while it is live its duration is the time since it started."""
    call = stored.call
    running_s = max(0.0, (now - call.started_at).total_seconds())
    return CallJson(
        call_id=call.call_id,
        tenant=call.tenant,
        team=call.team,
        agent_id=call.agent_id,
        direction=call.direction,
        language=call.language,
        channels=list(call.channels),
        dialect=call.dialect,
        notice=call.notice,
        consent=call.consent,
        started_at=call.started_at,
        ended_at=stored.ended_at,
        end_reason=stored.end_reason,
        duration_s=running_s if stored.duration_s is None else stored.duration_s,
        state=stored.state,
        blind=stored.blind,
        paused=stored.paused,
        flags=FlagCountsJson(high=stored.flags.high, medium=stored.flags.medium, low=stored.flags.low),
        agents=[AgentJson(agent_id=one.agent_id, team=one.team, from_s=one.from_s) for one in stored.agents],
        course=None if stored.course is None else course_json(stored.course),
    )


def course_json(course: Course) -> CourseJson:
    """How the customer went through a call."""
    return CourseJson(
        at_s=course.at_s,
        state=course.state,
        since_s=course.since_s,
        level=course.level,
        trend=course.trend,
        told=course.told,
        unsure=course.unsure,
        shifts=[ShiftJson(at_s=one.at_s, before=one.before, after=one.after) for one in course.shifts],
        peak=course.peak,
        peak_s=course.peak_s,
        peak_end=course.peak_end,
        upset_s=course.upset_s,
        recovered_s=course.recovered_s,
        recoveries=course.recoveries,
    )


def consent_json(said: StoredConsent) -> ConsentJson:
    """What the customer was told and answered, once."""
    return ConsentJson(
        at=said.at,
        at_s=said.at_s,
        notice=said.notice,
        consent=said.consent,
        source=said.source,
        by=said.by,
        reference=said.reference,
    )


def notes_json(record: CallRecord) -> NotesJson | None:
    """The good news of a call; none where there is none."""
    found = [held_json(held, record.call).flag for held in record.held if held.reason is HoldReason.GOOD_NEWS]
    return NotesJson(notes=found) if found else None


def word_json(word: Word) -> WordJson:
    """One word."""
    return WordJson(text=word.text, start_s=word.start_s, end_s=word.end_s, probability=word.probability)


def timing_json(timing: Timing) -> TimingJson:
    """Where the time went."""
    return TimingJson(endpoint_s=timing.endpoint_s, queued_s=timing.queued_s, speech_s=timing.speech_s)


def prosody_json(prosody: Prosody) -> ProsodyJson:
    """Pitch, energy and pace."""
    return ProsodyJson(
        voiced_s=prosody.voiced_s,
        pitch_hz=prosody.pitch_hz,
        pitch_range_st=prosody.pitch_range_st,
        level_db=prosody.level_db,
        pace_wps=prosody.pace_wps,
        pitch_change_st=prosody.pitch_change_st,
        level_change_db=prosody.level_change_db,
        pace_change=prosody.pace_change,
    )


def emotion_json(score: EmotionScore) -> EmotionJson:
    """What the customer's voice sounded like."""
    return EmotionJson(
        emotion=score.emotion,
        probabilities=score.probabilities,
        arousal=score.arousal,
        valence=score.valence,
        certainty=score.certainty,
        enough=score.enough,
        prosody=prosody_json(score.prosody),
        explanation=Bilingual(en=score.explanation_en, fr=score.explanation_fr),
    )


def utterance_json(utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False) -> UtteranceJson:
    """An utterance, partial or final, with its score where there is one. The embedding is left out."""
    return UtteranceJson(
        utterance_id=utterance.utterance_id,
        speaker=utterance.speaker,
        channel=utterance.channel,
        start_s=utterance.start_s,
        end_s=utterance.end_s,
        text=utterance.text,
        words=[word_json(word) for word in utterance.words],
        language=utterance.language,
        confidence=utterance.confidence,
        final=utterance.final,
        revision=utterance.revision,
        trusted=utterance.trusted,
        emotion=None if emotion is None else emotion_json(emotion),
        timing=None if utterance.timing is None else timing_json(utterance.timing),
        late=late,
    )


def clip_url(call_id: CallId, start_s: float, end_s: float) -> str:
    """Address of the seconds of audio behind a flag."""
    return f"/v1/calls/{quote(call_id, safe='')}/audio?start_s={start_s:.2f}&end_s={end_s:.2f}"


def measured_json(measured: Measured) -> MeasuredJson:
    """A value against its threshold."""
    return MeasuredJson(name=measured.name, value=measured.value, threshold=measured.threshold)


def evidence_json(evidence: Evidence, call_id: CallId) -> EvidenceJson:
    """Why a flag was raised, with the address of its clip."""
    start_s, end_s = evidence.clip_start_s, evidence.clip_end_s
    return EvidenceJson(
        speaker=evidence.speaker,
        utterance_ids=list(evidence.utterance_ids),
        text=evidence.text,
        words=[word_json(word) for word in evidence.words],
        phrase=evidence.phrase,
        measured=[measured_json(measured) for measured in evidence.measured],
        explanation=Bilingual(en=evidence.explanation_en, fr=evidence.explanation_fr),
        clip=ClipJson(start_s=start_s, end_s=end_s, url=clip_url(call_id, start_s, end_s)),
    )


def flag_json(stored: StoredFlag) -> FlagJson:
    """A flag with what a console shows beside it."""
    flag, latency = stored.flag, stored.flag.latency
    return FlagJson(
        flag_id=flag.flag_id,
        call_id=flag.call_id,
        tenant=stored.tenant,
        agent_id=stored.agent_id,
        team=stored.team,
        language=stored.language,
        rule_id=flag.rule_id,
        rule_version=flag.rule_version,
        priority=PRIORITY_LABELS[flag.priority],
        state=flag.state,
        start_s=flag.start_s,
        end_s=flag.end_s,
        raised_s=flag.raised_s,
        raised_at=flag.raised_at,
        name=Bilingual(en=flag.name_en, fr=flag.name_fr),
        action=Bilingual(en=flag.action_en, fr=flag.action_fr),
        deadline_s=flag.deadline_s,
        evidence=evidence_json(flag.evidence, flag.call_id),
        latency=LatencyJson(
            text_s=latency.text_s,
            rule_s=latency.rule_s,
            stored_s=latency.stored_s,
            feed_s=latency.feed_s,
            screen_s=latency.screen_s,
        ),
        acknowledged_by=stored.acknowledged_by,
        acknowledged_at=stored.acknowledged_at,
        verdict=stored.verdict,
        verdict_by=stored.verdict_by,
        verdict_at=stored.verdict_at,
        care=care_json(stored),
        saved=stored.saved,
        sequence=stored.sequence,
    )


def held_json(held: HeldFlag, stored: StoredCall) -> HeldJson:
    """A held flag of a call."""
    agent = stored.agent_at(held.flag.start_s)
    call = stored.call
    flag = StoredFlag(
        flag=held.flag, agent_id=agent.agent_id, team=agent.team, language=call.language, tenant=call.tenant
    )
    return HeldJson(flag=flag_json(flag).model_copy(update={"saved": True}), reason=held.reason)


def dynamics_json(dynamics: Dynamics) -> DynamicsJson:
    """How the conversation flows."""
    return DynamicsJson(
        now_s=dynamics.now_s,
        silence_s=dynamics.silence_s,
        talk_over_s=dynamics.talk_over_s,
        talk_over_total_s=dynamics.talk_over_total_s,
        silence_total_s=dynamics.silence_total_s,
        talk_share=dynamics.talk_share,
        interrupter=dynamics.interrupter,
        speakers_known=dynamics.speakers_known,
        interruptions=dynamics.interruptions,
        longest_turn_s=dynamics.longest_turn_s,
        pace_wpm=dynamics.pace_wpm,
        louder_db=dynamics.louder_db,
        hold_since_s=dynamics.hold_since_s,
        hold_s=dynamics.hold_s,
        hold_total_s=dynamics.hold_total_s,
        hold_cause=dynamics.hold_cause,
    )


def health_json(health: CallHealth, blind: str | None, paused: Hold | None) -> HealthJson:
    """The sound of a live call. `blind` may have a reason beyond what is measured."""
    return HealthJson(
        at_s=health.at_s,
        channels=[
            ChannelHealthJson(
                level_db=round(one.level_db, 1),
                clipped_share=round(one.clipped_share, 4),
                lost_share=round(one.lost_share, 4),
                spoken_s=round(one.spoken_s, 2),
            )
            for one in health.channels
        ],
        facts=list(health.facts),
        blind=blind,
        paused=paused,
    )


def gap_json(gap: Gap) -> GapJson:
    """Where audio is missing."""
    return GapJson(channel=gap.channel, start_s=gap.start_s, duration_s=gap.duration_s, reason=gap.reason)


def peaks_json(peaks: Peaks) -> PeaksJson:
    """The outline of a call's audio."""
    channels = [list(channel) for channel in peaks.channels]
    return PeaksJson(per_second=peaks.per_second, duration_s=peaks.duration_s, channels=channels)


def detail_json(record: CallRecord, now: datetime) -> CallDetailJson:
    """Everything kept about one call."""
    dynamics = record.call.dynamics
    return CallDetailJson(
        call=call_json(record.call, now),
        utterances=[utterance_json(kept.utterance, kept.emotion, late=kept.late) for kept in record.utterances],
        flags=[flag_json(flag) for flag in record.flags],
        held=[held_json(held, record.call) for held in record.held],
        dynamics=None if dynamics is None else dynamics_json(dynamics),
        gaps=[gap_json(gap) for gap in record.gaps],
        holds=[HoldJson(start_s=hold.start_s, end_s=hold.end_s, cause=hold.cause) for hold in record.holds],
        consents=[consent_json(said) for said in record.consents],
    )
