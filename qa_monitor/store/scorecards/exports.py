"""Scores in force page by page, in the order in which their calls began: what is read is bounded."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, literal, select, tuple_

from qa_monitor.export.scores import ScoredCall
from qa_monitor.records.calls import CallState
from qa_monitor.scorecards.records import CallScore, Scorecard
from qa_monitor.store.calls.exports import Asked
from qa_monitor.store.scorecards.finds import find_answers
from qa_monitor.store.scorecards.rows import score_record
from qa_monitor.store.scorecards.scorecards import find_scorecard
from qa_monitor.store.shared.cells import language_or_none
from qa_monitor.store.shared.running import Running
from qa_monitor.store.shared.sights import is_seen, score_is_shown
from qa_monitor.store.tables import schema
from streams.records import CallId

PAGE = 200
"""Scores read together, each with all its answers."""
scores, calls = schema.call_scores, schema.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterScore:
    """The last score of the page before."""

    started_at: datetime
    call_id: CallId
    scorecard_id: str


class SqliteScoreExports:
    """Made by the store."""

    def __init__(self, read: Running) -> None:
        self._read = read

    async def page(self, asked: Asked, after: AfterScore | None, limit: int = PAGE) -> tuple[ScoredCall, ...]:
        """The next so many of these calls, `asked.after` left aside. Raises `StoreError`."""
        return await self._read(lambda connection: find_page(connection, asked, after, limit))

    async def pages(self, asked: Asked, after: AfterScore | None) -> AsyncIterator[tuple[ScoredCall, ...]]:
        """All of them. Scores that come in meanwhile may be among them. Raises `StoreError`."""
        while page := await self.page(asked, after):
            yield page
            after = after_score(page[-1])

    async def scorecard(self, scorecard_id: str, version: str) -> Scorecard | None:
        """What was asked. Raises `StoreError`."""
        return await self._read(lambda connection: find_scorecard(connection, scorecard_id, version))


def after_score(last: ScoredCall) -> AfterScore:
    """Where the page after this score begins."""
    return AfterScore(started_at=last.started_at, call_id=last.score.call_id, scorecard_id=last.score.scorecard_id)


def find_page(connection: Connection, asked: Asked, after: AfterScore | None, limit: int) -> tuple[ScoredCall, ...]:
    """By the beginning of the call, its id, and the scorecard."""
    key = (calls.c.started_at, calls.c.call_id, scores.c.scorecard_id)
    joined = scores.join(calls, calls.c.call_id == scores.c.call_id)
    about = (calls.c.tenant, calls.c.team, calls.c.agent_id, calls.c.language, calls.c.started_at)
    query = select(scores, *about).select_from(joined).where(scores.c.current.is_(True), *_limits(asked))
    if after is not None:
        last = (after.started_at, after.call_id, after.scorecard_id)
        query = query.where(
            tuple_(*key) > tuple_(*(literal(cell, of.type) for cell, of in zip(last, key, strict=True)))
        )
    rows = connection.execute(query.order_by(*key).limit(limit)).all()
    answers = find_answers(connection, scores.c.score_id.in_([row.score_id for row in rows]))
    return tuple(_scored(row, score_record(row, answers[row.score_id])) for row in rows)


def _limits(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield is_seen(asked.sight)
    yield score_is_shown(asked.sight, scores)
    yield calls.c.state != CallState.LIVE.value
    if asked.since is not None:
        yield calls.c.started_at >= asked.since
    if asked.until is not None:
        yield calls.c.started_at < asked.until
    wanted = {"tenant": asked.tenant, "team": asked.team, "agent_id": asked.agent_id}
    yield from (calls.c[name] == cell for name, cell in wanted.items() if cell is not None)


def _scored(row: Row[tuple[object, ...]], score: CallScore) -> ScoredCall:
    return ScoredCall(
        score=score,
        tenant=row.tenant,
        team=row.team,
        agent_id=row.agent_id,
        language=language_or_none(row.language),
        started_at=row.started_at,
    )
