"""What was done about a flag, to its JSON shape."""

from alerts.acts import act_by
from qa_monitor.records.flags import StoredFlag
from qa_monitor.schemas.care import CareJson


def care_json(stored: StoredFlag) -> CareJson:
    """At whose desk a flag lies, and what was done about it there."""
    care = stored.care
    return CareJson(
        desk=care.desk,
        asked_at=care.asked_at,
        act_by=act_by(stored.flag, care),
        held=care.held,
        delivered_at=care.delivered_at,
        delivered_to=care.delivered_to,
        snoozed_until=care.snoozed_until,
        escalations=care.escalations,
        escalated_at=care.escalated_at,
        word=care.word,
        outcome=care.outcome,
        act=care.act,
        acted_by=care.acted_by,
        acted_at=care.acted_at,
    )
