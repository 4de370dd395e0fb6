"""What was done about a flag, and how often desks are interrupted, to their JSON shapes. Plain functions."""

from collections.abc import Sequence

from alerts.acts import act_by
from qa_monitor.deskwatch import DeskRate
from qa_monitor.schemas import CareJson, DeskJson
from qa_monitor.store.records import StoredFlag


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


def desks_json(rates: Sequence[DeskRate]) -> list[DeskJson]:
    """How often each desk was interrupted lately."""
    return [DeskJson(desk=rate.desk, told=rate.told, flooded=rate.flooded) for rate in rates]
