"""Calls whose themes are not counted yet, and counting them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.records.calls import BACKLOG, LATER, CallState
from qa_monitor.store.tables import schema
from qa_monitor.themes.records import EVERY, Counted, Ended, Said
from streams.records import CallId, Language, Speaker

calls, utterances = schema.calls, schema.utterances
marks, counts, clips = schema.theme_calls, schema.theme_counts, schema.theme_clips

LATE = timedelta(minutes=15)
"""How long the text of a call is waited for that is transcribed after it."""


def find_uncounted(connection: Connection, since: datetime, until: datetime, limit: int) -> Sequence[Ended]:
    """With what their customers said, as far as the text is trusted."""
    query = (
        select(calls.c.call_id, calls.c.tenant, calls.c.team, calls.c.started_at)
        .outerjoin(marks, marks.c.call_id == calls.c.call_id)
        .where(
            calls.c.state != CallState.LIVE.value,
            calls.c.started_at >= since,
            calls.c.ended_at <= until,
            marks.c.call_id.is_(None),
            calls.c.blind.is_(None) | calls.c.blind.not_in((BACKLOG, LATER)) | (calls.c.ended_at <= until - LATE),
        )
        .order_by(calls.c.started_at, calls.c.call_id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    said: dict[str, list[Said]] = defaultdict(list)
    texts = (
        select(utterances.c.call_id, utterances.c.start_s, utterances.c.end_s, utterances.c.text, utterances.c.language)
        .where(
            utterances.c.call_id.in_([row.call_id for row in rows]),
            utterances.c.speaker == Speaker.CUSTOMER.value,
            utterances.c.trusted,
        )
        .order_by(utterances.c.call_id, utterances.c.start_s)
    )
    for row in connection.execute(texts):
        one = Said(start_s=row.start_s, end_s=row.end_s, text=row.text, language=Language(row.language))
        said[row.call_id].append(one)
    return tuple(
        Ended(
            call_id=CallId(row.call_id),
            tenant=row.tenant,
            team=row.team,
            started_at=row.started_at,
            said=tuple(said[row.call_id]),
        )
        for row in rows
    )


def add_counts(connection: Connection, counted: Sequence[Counted], now: datetime) -> None:
    """One row per theme and ten minutes, and one example per theme and call."""
    for call in counted:
        # a call may be deleted while it is counted
        there = connection.execute(select(calls.c.call_id).where(calls.c.call_id == call.call_id)).first()
        mark = upsert(marks).values(call_id=call.call_id, counted_at=now).on_conflict_do_nothing()
        if there is None or not connection.execute(mark).rowcount:
            continue
        key = {"at": call.at, "tenant": call.tenant, "team": call.team, "language": call.language or ""}
        added = upsert(counts).on_conflict_do_update(
            index_elements=["at", "tenant", "theme", "team", "language"], set_={"calls": counts.c.calls + 1}
        )
        connection.execute(added, [{**key, "theme": theme, "calls": 1} for theme in (EVERY, *call.themes)])
        examples = [
            {
                "theme": theme,
                "call_id": call.call_id,
                "tenant": call.tenant,
                "team": call.team,
                "at": call.at,
                "start_s": place.start_s,
                "end_s": place.end_s,
                "shown": place.shown,
            }
            for theme, place in call.themes.items()
        ]
        if examples:
            connection.execute(upsert(clips).on_conflict_do_nothing(), examples)
