"""A call, with everything kept about it, to its JSON shapes."""

from datetime import datetime

from qa_monitor.records.calls import StoredCall
from qa_monitor.records.outlines import Peaks
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.schemas.calls import AgentJson, CallDetailJson, CallJson, PeaksJson
from qa_monitor.schemas.dynamics import HoldJson
from qa_monitor.schemas.flags import FlagCountsJson
from qa_monitor.wire.consents import consent_json
from qa_monitor.wire.course import course_json
from qa_monitor.wire.dynamics import dynamics_json
from qa_monitor.wire.flags import flag_json, held_json
from qa_monitor.wire.health import gap_json
from qa_monitor.wire.utterances import utterance_json


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


def peaks_json(peaks: Peaks) -> PeaksJson:
    """The outline of a call's audio."""
    channels = [list(channel) for channel in peaks.channels]
    return PeaksJson(per_second=peaks.per_second, duration_s=peaks.duration_s, channels=channels)


def detail_json(record: CallRecord, now: datetime) -> CallDetailJson:
    """Everything kept about one call."""
    dynamics = record.call.dynamics
    words = {one.flag_id: one for one in record.trial_verdicts}
    return CallDetailJson(
        call=call_json(record.call, now),
        utterances=[utterance_json(kept.utterance, kept.emotion, late=kept.late) for kept in record.utterances],
        flags=[flag_json(flag) for flag in record.flags],
        held=[held_json(held, record.call, words.get(held.flag.flag_id)) for held in record.held],
        dynamics=None if dynamics is None else dynamics_json(dynamics),
        gaps=[gap_json(gap) for gap in record.gaps],
        holds=[HoldJson(start_s=hold.start_s, end_s=hold.end_s, cause=hold.cause) for hold in record.holds],
        consents=[consent_json(said) for said in record.consents],
    )
