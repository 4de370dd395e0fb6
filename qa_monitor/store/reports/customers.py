"""Answers and waits that are brought in: of calls and teams that may be seen, and of no others."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.people.sight import Sight
from qa_monitor.reports.customers import Survey, Taken, Wait
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema

calls, surveys, waits = schema.calls, schema.surveys, schema.waits
AT_ONCE = 500
"""Calls asked for in one query."""


def save_surveys(connection: Connection, given: Sequence[Survey], sight: Sight) -> Taken:
    """Each in place of the one of the same id, unless that one is of a call that may not be seen."""
    kept = seen_calls(connection, [survey.call_id for survey in given], sight)
    own = _not_anothers(connection, given, sight)
    taken = [survey for survey in given if survey.call_id in kept and survey.survey_id in own]
    for survey in taken:
        cells = {
            "call_id": survey.call_id,
            "kind": survey.kind.value,
            "value": survey.value,
            "answered_at": survey.answered_at,
        }
        statement = upsert(surveys).values(survey_id=survey.survey_id, **cells)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id"], set_=cells))
    left = {survey.call_id for survey in given} - {survey.call_id for survey in taken}
    return Taken(taken=len(taken), unmatched=tuple(sorted(left)))


def save_waits(connection: Connection, given: Sequence[Wait], sight: Sight) -> Taken:
    """Each in place of the one of the same id or call. A wait for a call takes its tenant and team from it."""
    kept = seen_calls(connection, [wait.call_id for wait in given if wait.call_id], sight)
    taken, unmatched = 0, set()
    for wait in given:
        tenant, team = kept.get(wait.call_id or "", (wait.tenant, wait.team))
        if (
            (wait.call_id and wait.call_id not in kept)
            or not sight.sees(tenant, [team])
            or not _own(connection, wait, sight)
        ):
            unmatched.add(wait.call_id or wait.wait_id)
            continue
        cells = {
            "call_id": wait.call_id,
            "tenant": tenant,
            "team": team,
            "queue": wait.queue,
            "began_at": wait.began_at,
            "waited_s": wait.waited_s,
            "answered": wait.answered,
        }
        if wait.call_id:
            same_call = (waits.c.call_id == wait.call_id) & (waits.c.wait_id != wait.wait_id)
            connection.execute(delete(waits).where(same_call))
        statement = upsert(waits).values(wait_id=wait.wait_id, **cells)
        connection.execute(statement.on_conflict_do_update(index_elements=["wait_id"], set_=cells))
        taken += 1
    return Taken(taken=taken, unmatched=tuple(sorted(unmatched)))


def seen_calls(connection: Connection, call_ids: Sequence[str], sight: Sight) -> dict[str, tuple[str, str]]:
    """Tenant and team of those that are kept and may be seen."""
    found: dict[str, tuple[str, str]] = {}
    ids = sorted(set(call_ids))
    for first in range(0, len(ids), AT_ONCE):
        query = select(calls.c.call_id, calls.c.tenant, calls.c.team).where(
            calls.c.call_id.in_(ids[first : first + AT_ONCE]), is_seen(sight)
        )
        found.update({row.call_id: (row.tenant, row.team) for row in connection.execute(query)})
    return found


def _not_anothers(connection: Connection, given: Sequence[Survey], sight: Sight) -> set[str]:
    """Ids that are free, or name an answer to a call that may be seen."""
    ids = sorted({survey.survey_id for survey in given})
    taken: dict[str, str] = {}
    for first in range(0, len(ids), AT_ONCE):
        query = select(surveys.c.survey_id, surveys.c.call_id).where(
            surveys.c.survey_id.in_(ids[first : first + AT_ONCE])
        )
        taken.update({row.survey_id: row.call_id for row in connection.execute(query)})
    seen = seen_calls(connection, list(taken.values()), sight)
    return {survey_id for survey_id in ids if survey_id not in taken or taken[survey_id] in seen}


def _own(connection: Connection, wait: Wait, sight: Sight) -> bool:
    """Whether the id is free, or names a wait of a team that may be seen."""
    row = connection.execute(select(waits.c.tenant, waits.c.team).where(waits.c.wait_id == wait.wait_id)).first()
    return row is None or sight.sees(row.tenant, [row.team])
