"""Scores found in the database."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select

from qa_monitor.records.calls import BACKLOG, LATER, CallState
from qa_monitor.scorecards.records import Answer, CallScore, Override, Rescoring, ScoreId, ScoreQuery
from qa_monitor.store.scorecards.rows import answer_record, override_record, rescoring_record, score_record
from qa_monitor.store.shared.sights import is_seen, score_is_shown
from qa_monitor.store.tables import schema
from streams.records import CallId

scores, answers, overrides = schema.call_scores, schema.score_answers, schema.score_overrides
rescorings, calls, imports = schema.rescorings, schema.calls, schema.imports


def find_score(connection: Connection, score_id: ScoreId) -> CallScore | None:
    """One score with its answers."""
    row = connection.execute(select(scores).where(scores.c.score_id == score_id)).first()
    return None if row is None else score_record(row, find_answers(connection, scores.c.score_id == score_id)[score_id])


def find_scores(connection: Connection, call_id: CallId) -> tuple[CallScore, ...]:
    """All of a call: current ones first, then the newest."""
    own = scores.c.call_id == call_id
    order = (scores.c.current.desc(), scores.c.at.desc(), scores.c.scorecard_id, scores.c.score_id)
    rows = connection.execute(select(scores).where(own).order_by(*order)).all()
    found = find_answers(connection, own)
    return tuple(score_record(row, found[row.score_id]) for row in rows)


def find_answers(connection: Connection, of: ColumnElement[bool]) -> dict[str, tuple[Answer, ...]]:
    """By score, in the order of the scorecard's version."""
    found: dict[str, list[Answer]] = defaultdict(list)
    query = select(answers).select_from(answers.join(scores)).where(of).order_by(answers.c.score_id, answers.c.number)
    for row in connection.execute(query):
        found[row.score_id].append(answer_record(row))
    return defaultdict(tuple, {score_id: tuple(each) for score_id, each in found.items()})


def find_override(connection: Connection, call_id: CallId) -> tuple[Override, ...]:
    """What humans answered about a call."""
    joined = overrides.join(scores, scores.c.score_id == overrides.c.score_id)
    query = select(overrides).select_from(joined).where(scores.c.call_id == call_id).order_by(overrides.c.id)
    return tuple(override_record(row) for row in connection.execute(query))


def find_scored(connection: Connection, query: ScoreQuery) -> tuple[CallScore, ...]:
    """Current scores, those of the newest calls first."""
    joined = scores.join(calls, calls.c.call_id == scores.c.call_id)
    asked = select(scores).select_from(joined).where(scores.c.current.is_(True), *_limits(query))
    ordered = asked.order_by(calls.c.started_at.desc(), calls.c.call_id, scores.c.scorecard_id).limit(query.limit)
    return tuple(score_record(row) for row in connection.execute(ordered))


def _limits(query: ScoreQuery) -> Iterator[ColumnElement[bool]]:
    yield is_seen(query.sight)
    yield score_is_shown(query.sight, scores)
    if query.since is not None:
        yield calls.c.started_at >= query.since
    if query.until is not None:
        yield calls.c.started_at < query.until
    if query.scorecards:
        yield scores.c.scorecard_id.in_(query.scorecards)
    if query.at_least is not None:
        yield scores.c.total >= query.at_least
    if query.at_most is not None:
        yield scores.c.total <= query.at_most
    if query.failed is not None:
        yield scores.c.failed.is_(query.failed)
    if query.state is not None:
        yield scores.c.state == query.state.value


def find_unscored(
    connection: Connection, since: datetime, until: datetime, limit: int, *, late_too: bool
) -> tuple[CallId, ...]:
    """Calls that are over and have no score; those that began first first.

    Since `since` they began, or were brought in as recordings.
    """
    waits = calls.c.blind == LATER if late_too else calls.c.blind.in_((LATER, BACKLOG))
    scored = select(scores.c.score_id).where(scores.c.call_id == calls.c.call_id).exists()
    came = select(imports.c.call_id).where(imports.c.at >= since)
    asked = select(calls.c.call_id).where(
        (calls.c.started_at >= since) | calls.c.call_id.in_(came),
        calls.c.state != CallState.LIVE.value,
        calls.c.ended_at <= until,
        or_(calls.c.blind.is_(None), ~waits),
        ~scored,
    )
    return tuple(CallId(row.call_id) for row in connection.execute(asked.order_by(calls.c.started_at).limit(limit)))


def find_rescoring(connection: Connection) -> Rescoring | None:
    """The last one begun."""
    row = connection.execute(select(rescorings).order_by(rescorings.c.began_at.desc()).limit(1)).first()
    return None if row is None else rescoring_record(row)
