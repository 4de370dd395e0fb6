"""Scores of calls as rows; each with its answers, and with the scorecard they were made by."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.delivery.notices import Notice, scored
from qa_monitor.records.errors import NotKept
from qa_monitor.scorecards.adding import answered, kept_on_top, same
from qa_monitor.scorecards.port import OldScore
from qa_monitor.scorecards.records import (
    AnswerValue,
    CallScore,
    Kept,
    Override,
    Rescoring,
    Scorecard,
    ScoreId,
    ScoreQuery,
)
from qa_monitor.store.deliveries.notices import Notices, Tell, tell_nobody
from qa_monitor.store.scorecards.finds import (
    find_override,
    find_rescoring,
    find_score,
    find_scored,
    find_scores,
    find_unscored,
)
from qa_monitor.store.scorecards.rows import answer_cells, override_cells, rescoring_cells, score_cells
from qa_monitor.store.shared.cells import language_or_none
from qa_monitor.store.shared.codec import from_text, to_text
from qa_monitor.store.shared.running import Running
from qa_monitor.store.tables import schema
from streams.records import CallId

scorecards, scores, answers = schema.scorecards, schema.call_scores, schema.score_answers
overrides, rescorings, calls = schema.score_overrides, schema.rescorings, schema.calls


class SqliteScores:
    """See `scorecards.port.ScoreStore`. Made by the store."""

    def __init__(self, write: Running, read: Running, notices: Notices) -> None:
        self._write, self._read, self._notices = write, read, notices

    async def save_scorecard(self, scorecard: Scorecard, at: datetime) -> None:
        await self._write(lambda connection: save_scorecard(connection, scorecard, at))

    async def scorecard(self, scorecard_id: str, version: str) -> Scorecard | None:
        return await self._read(lambda connection: find_scorecard(connection, scorecard_id, version))

    async def last_kept(self, scorecard_ids: Collection[str]) -> Mapping[str, Scorecard]:
        return await self._read(lambda connection: find_last_kept(connection, scorecard_ids))

    async def save_score(self, score: CallScore) -> CallScore:
        kept = await self._write(lambda connection: save_score(connection, score, self._notices.enter))
        self._notices.entered()
        return kept

    async def save_scores(self, scores: Sequence[CallScore], *, tell: bool = False) -> Kept:
        told = self._notices.enter if tell else tell_nobody
        kept = await self._write(lambda connection: save_scores(connection, scores, told))
        if tell:
            self._notices.entered()
        return kept

    async def scores_of(self, call_id: CallId) -> tuple[CallScore, ...]:
        return await self._read(lambda connection: find_scores(connection, call_id))

    async def override(
        self, score_id: ScoreId, question_id: str, value: AnswerValue, *, reason: str, by: str, at: datetime
    ) -> CallScore:
        word = (by, reason, at)
        return await self._write(lambda connection: override(connection, score_id, question_id, value, word))

    async def overrides(self, call_id: CallId) -> tuple[Override, ...]:
        return await self._read(lambda connection: find_override(connection, call_id))

    async def scored(self, query: ScoreQuery) -> tuple[CallScore, ...]:
        return await self._read(lambda connection: find_scored(connection, query))

    async def unscored(self, since: datetime, until: datetime, limit: int, *, late_too: bool) -> tuple[CallId, ...]:
        return await self._read(lambda connection: find_unscored(connection, since, until, limit, late_too=late_too))

    async def save_rescoring(self, job: Rescoring) -> None:
        await self._write(lambda connection: save_rescoring(connection, job))

    async def rescoring(self) -> Rescoring | None:
        return await self._read(find_rescoring)


def save_scorecard(connection: Connection, scorecard: Scorecard, at: datetime) -> None:
    """Once: a version never changes."""
    cells = {
        "scorecard_id": scorecard.scorecard_id,
        "version": scorecard.version,
        "at": at,
        "body": to_text(scorecard),
    }
    connection.execute(upsert(scorecards).values(cells).on_conflict_do_nothing())


def find_scorecard(connection: Connection, scorecard_id: str, version: str) -> Scorecard | None:
    """One version."""
    own = (scorecards.c.scorecard_id == scorecard_id, scorecards.c.version == version)
    body = connection.execute(select(scorecards.c.body).where(*own)).scalar()
    return None if body is None else from_text(body, Scorecard)


def find_last_kept(connection: Connection, scorecard_ids: Collection[str]) -> Mapping[str, Scorecard]:
    """See the port."""
    own = select(scorecards.c.scorecard_id, scorecards.c.body).where(scorecards.c.scorecard_id.in_(scorecard_ids))
    rows = connection.execute(own.order_by(scorecards.c.at))
    # of several with one id the later takes the place of the earlier
    return {scorecard_id: from_text(body, Scorecard) for scorecard_id, body in rows}


def save_score(connection: Connection, score: CallScore, tell: Tell = tell_nobody) -> CallScore:
    """See the port. The first score of a call by a version of a scorecard is told to other systems."""
    if not _is_there(connection, score.call_id):
        raise NotKept("call", score.call_id)
    kept, before = _saved(connection, score)
    if kept != before and _is_first(connection, kept):
        tell(connection, _news(connection, kept))
    return kept


def _news(connection: Connection, score: CallScore) -> Notice:
    call = connection.execute(select(calls).where(calls.c.call_id == score.call_id)).one()
    language = language_or_none(call.language)
    return scored(score, tenant=call.tenant, team=call.team, agent_id=call.agent_id, language=language)


def _is_first(connection: Connection, score: CallScore) -> bool:
    own = (scores.c.call_id == score.call_id, scores.c.scorecard_id == score.scorecard_id)
    query = select(func.count()).select_from(scores).where(*own, scores.c.version == score.version)
    return connection.execute(query).scalar_one() == 1


def save_scores(connection: Connection, many: Sequence[CallScore], tell: Tell = tell_nobody) -> Kept:
    """See the port. Told is what came out otherwise: another total, failed or not any more, or scored at last."""
    saved = [_saved(connection, score) for score in many if _is_there(connection, score.call_id)]
    for score, before in saved:
        if before is None or (before.total, before.failed) != (score.total, score.failed):
            tell(connection, _news(connection, score))
    return Kept(scores=tuple(score for score, _ in saved), changed=sum(score != before for score, before in saved))


def _saved(connection: Connection, score: CallScore) -> tuple[CallScore, CallScore | None]:
    """As it is kept now, and as it was before: the same where nothing is new of it, none where there was no score."""
    scorecard = _scorecard(connection, score)
    own = (scores.c.call_id == score.call_id, scores.c.scorecard_id == score.scorecard_id, scores.c.current.is_(True))
    score_id = connection.execute(select(scores.c.score_id).where(*own)).scalar()
    before = None if score_id is None else find_score(connection, ScoreId(score_id))
    if before is not None:
        score = kept_on_top(score, before.answers, scorecard)
        if same(before, score):
            return before, before
        connection.execute(update(scores).where(*own).values(current=False))
    connection.execute(insert(scores).values(score_cells(score)))
    if score.answers:
        rows = [
            {**answer_cells(score.score_id, answer), "number": number} for number, answer in enumerate(score.answers)
        ]
        connection.execute(insert(answers), rows)
    return score, before


def override(
    connection: Connection, score_id: ScoreId, question_id: str, value: AnswerValue, word: tuple[str, str, datetime]
) -> CallScore:
    """See the port; `word`: by whom, why, and when."""
    score = find_score(connection, score_id)
    if score is None:
        raise NotKept("score", score_id)
    if not score.current:
        raise OldScore(score_id)
    before = next((answer for answer in score.answers if answer.question_id == question_id), None)
    if before is None:
        raise NotKept("question", question_id)
    changed = answered(score, _scorecard(connection, score), question_id, value, word)
    after = next(answer for answer in changed.answers if answer.question_id == question_id)
    own = (answers.c.score_id == score_id, answers.c.question_id == question_id)
    connection.execute(update(answers).where(*own).values(answer_cells(score_id, after)))
    cells = {"total": changed.total, "failed": changed.failed, "state": changed.state.value}
    connection.execute(update(scores).where(scores.c.score_id == score_id).values(cells))
    by, reason, at = word
    said = Override(
        score_id=score_id, question_id=question_id, was=before.value, value=value, reason=reason, by=by, at=at
    )
    connection.execute(insert(overrides).values(override_cells(said)))
    return changed


def save_rescoring(connection: Connection, job: Rescoring) -> None:
    """In place of what was kept of it."""
    cells = rescoring_cells(job)
    connection.execute(upsert(rescorings).values(cells).on_conflict_do_update(index_elements=["job_id"], set_=cells))


def _is_there(connection: Connection, call_id: CallId) -> bool:
    return connection.execute(select(calls.c.call_id).where(calls.c.call_id == call_id)).first() is not None


def _scorecard(connection: Connection, score: CallScore) -> Scorecard:
    found = find_scorecard(connection, score.scorecard_id, score.version)
    if found is None:
        raise NotKept("scorecard", f"{score.scorecard_id} {score.version}")
    return found
