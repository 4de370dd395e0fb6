"""The query that finds calls about the same case."""

from datetime import timedelta

from sqlalchemy import Connection, func, select

from qa_monitor.library.records import CASE, Case, FoundCall
from qa_monitor.people.sight import Sight
from qa_monitor.store.library.call_list import NOT_FELT, NOT_JUDGED, call_facts, find_courses, find_scores
from qa_monitor.store.shared.codec import from_text
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema
from streams.records import CallId

calls, facts = schema.calls, schema.call_facts
BEFORE = timedelta(days=90)
"""Only so long before a call is looked: the metadata of calls have no index of their own, their beginning has."""
MOST = 20


def find_case(connection: Connection, call_id: CallId, sight: Sight) -> Case:
    """The earlier calls of its case that may be seen, the newest first."""
    own = connection.execute(
        select(calls.c.tenant, calls.c.started_at, calls.c.metadata).where(calls.c.call_id == call_id)
    ).one_or_none()
    named = "" if own is None else from_text(own.metadata, dict[str, str]).get(CASE, "").strip()
    if own is None or not named:
        return Case()
    query = (
        select(facts)
        .join_from(calls, facts, facts.c.call_id == calls.c.call_id)
        .where(
            calls.c.started_at < own.started_at,
            calls.c.started_at >= own.started_at - BEFORE,
            calls.c.tenant == own.tenant,
            calls.c.call_id != call_id,
            func.json_extract(calls.c.metadata, f"$.{CASE}") == named,
            is_seen(sight, facts),
        )
        .order_by(calls.c.started_at.desc())
        .limit(MOST)
    )
    rows = connection.execute(query).all()
    felt, judged = find_courses(connection, rows), find_scores(connection, rows, sight)
    return Case(
        name=named,
        calls=tuple(
            FoundCall(facts=call_facts(row, felt.get(row.call_id, NOT_FELT), judged.get(row.call_id, NOT_JUDGED)))
            for row in rows
        ),
    )
