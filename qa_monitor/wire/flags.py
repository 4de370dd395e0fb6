"""Red flags, held flags and good news to their JSON shapes."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import quote

from alerts.records import Evidence, HeldFlag, HoldReason, Measured, Priority
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.verdicts import Verdict
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.schemas.flags import (
    ClipJson,
    EvidenceJson,
    FlagJson,
    HeldJson,
    LatencyJson,
    MeasuredJson,
    NotesJson,
    PriorityLabel,
)
from qa_monitor.schemas.shape import Bilingual
from qa_monitor.wire.care import care_json
from qa_monitor.wire.utterances import word_json
from streams.records import CallId

PRIORITY_LABELS: Mapping[Priority, PriorityLabel] = MappingProxyType(
    {Priority.HIGH: "high", Priority.MEDIUM: "medium", Priority.LOW: "low"}
)


def notes_json(record: CallRecord) -> NotesJson | None:
    """The good news of a call; none where there is none."""
    found = [held_json(held, record.call).flag for held in record.held if held.reason is HoldReason.GOOD_NEWS]
    return NotesJson(notes=found) if found else None


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


def kept_json(stored: StoredFlag) -> FlagJson:
    """A flag that is on disk, also where nobody was told of it: then it has no number."""
    return flag_json(stored).model_copy(update={"saved": True})


def held_json(held: HeldFlag, stored: StoredCall, word: Verdict | None = None) -> HeldJson:
    """A held flag of a call, and the latest word on it."""
    agent = stored.agent_at(held.flag.start_s)
    call = stored.call
    flag = StoredFlag(
        flag=held.flag, agent_id=agent.agent_id, team=agent.team, language=call.language, tenant=call.tenant
    )
    if word is not None and held.reason is HoldReason.SHADOW:
        flag = replace(flag, verdict=word.kind, verdict_by=word.by, verdict_at=word.at)
    return HeldJson(flag=kept_json(flag), reason=held.reason)
