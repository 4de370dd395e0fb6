"""Calls to rows and back. Plain functions, no queries."""

from dataclasses import dataclass

from qa_monitor.records.calls import CallAgent, CallState, FlagCounts, Hold, StoredCall
from qa_monitor.store.shared.cells import AnyRow, Cells, language_or_none
from qa_monitor.store.shared.codec import from_text, to_text
from sentiment.records import Course, Dynamics
from streams.consent import Consent, Notice
from streams.records import (
    CallId,
    CallStarted,
    Direction,
    EndReason,
    Speaker,
)


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
