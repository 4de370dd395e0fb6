"""Flags to rows and back. Plain functions, no queries."""

from dataclasses import replace

from alerts.acts import due_at
from alerts.care import Care
from alerts.records import CoachId, FlagId, HeldFlag, HoldReason, RedFlag
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictCount, VerdictKind
from qa_monitor.store.shared.cells import AnyRow, Cells, language_or_none
from qa_monitor.store.shared.codec import from_text, to_text


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


def verdict_cells(verdict: Verdict, stored: StoredFlag) -> Cells:
    """A verdict with what its flag was about: counting reads one table."""
    return {
        "flag_id": verdict.flag_id,
        "by": verdict.by,
        "kind": verdict.kind.value,
        "at": verdict.at,
        "rule_id": stored.flag.rule_id,
        "rule_version": stored.flag.rule_version,
        "tenant": stored.tenant,
        "team": stored.team,
        "language": None if stored.language is None else stored.language.value,
    }


def verdict_count(row: AnyRow, *, on_trial: bool) -> VerdictCount:
    """Verdicts of one kind on one version of a rule, in one team and language, `times` of them."""
    return VerdictCount(
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        tenant=row.tenant,
        team=row.team,
        language=language_or_none(row.language),
        kind=VerdictKind(row.kind),
        count=row.times,
        on_trial=on_trial,
    )
