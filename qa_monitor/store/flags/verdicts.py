"""The queries about coaches' verdicts. Each takes a connection."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.acts import taken_on, undone
from alerts.lifecycle import changed, reopened
from alerts.records import CoachId, FlagId, FlagState, RedFlag
from qa_monitor.records.errors import TooLate
from qa_monitor.records.flags import OPEN_STATES, StoredFlag
from qa_monitor.records.verdicts import Restored, Said, Verdict, VerdictCount, VerdictKind
from qa_monitor.rules.ruleset import RuleVersion
from qa_monitor.store.flags.desks import told_before
from qa_monitor.store.flags.finds import find_flag
from qa_monitor.store.flags.rows import verdict_cells, verdict_count
from qa_monitor.store.flags.saves import number
from qa_monitor.store.flags.trials import count_trials, judge_trial, take_back_trial
from qa_monitor.store.tables import schema

verdicts, restores = schema.verdicts, schema.rule_restores
SAME_RULE = and_(
    restores.c.rule_id == verdicts.c.rule_id,
    restores.c.rule_version == verdicts.c.rule_version,
    restores.c.tenant == verdicts.c.tenant,
)
COUNTS = or_(restores.c.at.is_(None), verdicts.c.at > restores.c.at)
"""The verdict was given after its rule was last restored."""


def save_verdict(connection: Connection, verdict: Verdict, generation: str) -> tuple[StoredFlag, bool]:
    """Keep what a coach says of a flag that is kept; it replaces their earlier word, and takes an open flag on.

    The second value tells whether there is anything to tell: never of a flag on trial, which nobody was told about.
    """
    stored = find_flag(connection, verdict.flag_id)
    if stored is None:
        return judge_trial(connection, verdict), False
    is_open = stored.flag.state in OPEN_STATES
    if (stored.verdict, stored.verdict_by) == (verdict.kind, verdict.by) and not is_open:
        return stored, False
    write(connection, verdict, stored)
    judged = replace(stored, verdict=verdict.kind, verdict_by=verdict.by, verdict_at=verdict.at)
    if is_open:
        flag = changed(stored.flag, FlagState.ACKNOWLEDGED)
        care = taken_on(stored.care)
        judged = replace(judged, flag=flag, care=care, acknowledged_by=verdict.by, acknowledged_at=verdict.at)
    return number(connection, judged, verdict.at, generation), True


def take_back(
    connection: Connection, flag_id: FlagId, by: CoachId, since: datetime, at: datetime, generation: str
) -> tuple[StoredFlag, bool]:
    """Undo the last thing this coach did to a flag, if that was not before `since`. Raises `TooLate`."""
    now = find_flag(connection, flag_id)
    if now is None:
        return take_back_trial(connection, flag_id, by, since), False
    before = before_last_act(connection, now, by, since)
    if before is None:
        raise TooLate(flag_id)
    if before.verdict_at != now.verdict_at:
        own = (verdicts.c.flag_id == flag_id) & (verdicts.c.by == by)
        connection.execute(delete(verdicts).where(own))
        if before.verdict is not None and before.verdict_at is not None and before.verdict_by == by:
            earlier = Verdict(flag_id=flag_id, kind=before.verdict, by=by, at=before.verdict_at)
            write(connection, earlier, now)
    return number(connection, as_before(now, before, reopened(now.flag, before.flag)), at, generation), True


def as_before(now: StoredFlag, before: StoredFlag, flag: RedFlag) -> StoredFlag:
    """The flag with the coaches' part of an earlier moment."""
    return replace(
        now,
        flag=flag,
        care=undone(now.care, before.care),
        acknowledged_by=before.acknowledged_by,
        acknowledged_at=before.acknowledged_at,
        verdict=before.verdict,
        verdict_by=before.verdict_by,
        verdict_at=before.verdict_at,
    )


def before_last_act(connection: Connection, now: StoredFlag, by: CoachId, since: datetime) -> StoredFlag | None:
    """The flag as it was told before the last act on it that still holds; none where that was another's, or earlier."""
    acts = [
        (now.acknowledged_at, now.acknowledged_by),
        (now.verdict_at, now.verdict_by),
        (now.care.acted_at, now.care.acted_by),
    ]
    done = [(when, who) for when, who in acts if when is not None]
    last_at, last_by = max(done, key=lambda act: act[0], default=(None, None))
    if last_at is None or last_by != by or last_at < since:
        return None
    return told_before(connection, now, last_at)


def write(connection: Connection, verdict: Verdict, stored: StoredFlag) -> None:
    """Keep a verdict with what its flag was about."""
    cells = verdict_cells(verdict, stored)
    key = ["flag_id", "by"]
    connection.execute(upsert(verdicts).values(cells).on_conflict_do_update(index_elements=key, set_=cells))


def count_verdicts(connection: Connection) -> tuple[VerdictCount, ...]:
    """Those that count, by rule version, team, language and kind; then, counted apart, those on trial."""
    by = (
        verdicts.c.rule_id,
        verdicts.c.rule_version,
        verdicts.c.tenant,
        verdicts.c.team,
        verdicts.c.language,
        verdicts.c.kind,
    )
    query = select(*by, func.count().label("times")).outerjoin(restores, SAME_RULE).where(COUNTS)
    told = (verdict_count(row, on_trial=False) for row in connection.execute(query.group_by(*by).order_by(*by)))
    return (*told, *count_trials(connection))


def find_said(connection: Connection, rule: RuleVersion, tenant: str) -> Sequence[Said]:
    """The verdicts on one version of a rule that count, in the order in which they were given."""
    own = (verdicts.c.rule_id == rule[0], verdicts.c.rule_version == rule[1], verdicts.c.tenant == tenant)
    query = select(verdicts.c.kind, verdicts.c.at).outerjoin(restores, SAME_RULE).where(*own, COUNTS)
    rows = connection.execute(query.order_by(verdicts.c.at, verdicts.c.flag_id))
    return [Said(kind=VerdictKind(row.kind), at=row.at) for row in rows]


def restore_rule(connection: Connection, restored: Restored) -> None:
    """Keep that a rule is told again; a later time replaces the earlier."""
    cells: dict[str, object] = {
        "rule_id": restored.rule_id,
        "rule_version": restored.rule_version,
        "tenant": restored.tenant,
        "by": restored.by,
        "at": restored.at,
    }
    key = ["rule_id", "rule_version", "tenant"]
    connection.execute(upsert(restores).values(cells).on_conflict_do_update(index_elements=key, set_=cells))


def find_restored(connection: Connection) -> tuple[Restored, ...]:
    """Every rule that was restored, with the last time."""
    return tuple(
        Restored(rule_id=row.rule_id, rule_version=row.rule_version, tenant=row.tenant, by=row.by, at=row.at)
        for row in connection.execute(select(restores).order_by(restores.c.at))
    )
