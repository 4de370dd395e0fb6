"""Disputes of flags as JSON."""

from datetime import datetime

from qa_monitor.records.flags import StoredFlag
from qa_monitor.reviews.flag_disputes import FlagDispute, FlagRuling
from qa_monitor.reviews.schemas import Reason
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from qa_monitor.wire.flags import PRIORITY_LABELS


class DecideFlagJson(Shape):
    """What a lead makes of a dispute, and why: the agent reads it."""

    ruling: FlagRuling
    words: Reason


class FlagDisputeJson(Shape):
    """A dispute of a flag."""

    flag_id: str
    call_id: str
    tenant: str | None
    agent_id: str
    team: str
    rule_id: str
    name: Bilingual
    priority: PriorityLabel
    start_s: float
    said: str
    """What raised the flag; masked numbers are masked."""
    words: str
    """Why the agent holds it to be wrong."""
    by: str
    at: datetime
    ruling: FlagRuling | None
    """Null: still to be decided. `false_alarm`: the agent was right; `stands`: the flag was."""
    decided_words: str | None
    decided_by: str | None
    decided_at: datetime | None


class FlagDisputesJson(Shape):
    """Disputes, the latest first."""

    disputes: list[FlagDisputeJson]


def dispute_json(dispute: FlagDispute, stored: StoredFlag) -> FlagDisputeJson:
    """With the flag it is about."""
    flag = stored.flag
    return FlagDisputeJson(
        flag_id=flag.flag_id,
        call_id=flag.call_id,
        tenant=stored.tenant,
        agent_id=stored.agent_id,
        team=stored.team,
        rule_id=flag.rule_id,
        name=Bilingual(en=flag.name_en, fr=flag.name_fr),
        priority=PRIORITY_LABELS[flag.priority],
        start_s=flag.start_s,
        said=flag.evidence.text,
        words=dispute.words,
        by=dispute.by,
        at=dispute.at,
        ruling=dispute.ruling,
        decided_words=dispute.decided_words,
        decided_by=dispute.decided_by,
        decided_at=dispute.decided_at,
    )
