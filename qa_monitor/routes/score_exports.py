"""What calls earned, for other systems: a row for each question of each score in force."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from qa_monitor.application import Application
from qa_monitor.export.scores import SCORES, ScoredCall, rows_of
from qa_monitor.routes.exports import ExportQuery
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import scores_sight
from qa_monitor.routes.row_files import CONTENT, NEXT, Rows, RowsFile, RowsForm
from qa_monitor.routes.visitors import Who
from qa_monitor.scorecards.records import Scorecard
from qa_monitor.store.calls.exports import Asked
from qa_monitor.store.scorecards.exports import AfterScore, after_score
from streams.records import CallId

router = APIRouter(prefix="/v1", tags=["exports"])
EXAMPLE = (
    "call_id,tenant,team,agent_id,...,question_id,...,value,answered,answered_by,...,evidence_s,total,points,...\r\n"
    "c-1,default,sales,agent-7,...,greeting,...,yes,machine,,...,1.20-3.85,86.5,2.0,...\r\n"
)


@router.get(
    "/exports/scores",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"example": EXAMPLE}, **CONTENT}, "headers": NEXT},
        422: {},
        501: {},
        503: {},
    },
)
async def export_scores(parts: Parts, who: Who, asked: Annotated[ExportQuery, Query()]) -> Response:
    """Scores of calls of one's own teams that are over, a row for each question, the earliest call first.

    A page holds `limit` scores with all their questions. Of calls one calibrates just now there are none.
    """
    wanted = Asked(
        since=asked.since,
        until=asked.until,
        tenant=asked.tenant,
        team=asked.team,
        agent_id=asked.agent_id,
        sight=await scores_sight(parts, who),
    )
    after, wording = _read_cursor(asked.cursor), Wording(parts)
    file = RowsFile(name="scores", form=asked.format, columns=SCORES)
    if asked.limit is None or asked.format is RowsForm.PARQUET:
        return await file.whole(parts, _pages(parts, wanted, after, wording))
    page = await parts.store.score_exports.page(wanted, after, asked.limit)
    cursor = _cursor(after_score(page[-1])) if len(page) == asked.limit else None
    return file.page(await wording.rows(page), cursor)


class Wording:
    """Rows with the questions as they were asked; each version of a scorecard is read once."""

    def __init__(self, parts: Application) -> None:
        self._parts = parts
        self._read: dict[tuple[str, str], Scorecard | None] = {}

    async def rows(self, page: Sequence[ScoredCall]) -> Rows:
        """Of these scores. Raises `StoreError`."""
        return [row for one in page for row in rows_of(one, await self._of(one))]

    async def _of(self, one: ScoredCall) -> Scorecard | None:
        key = (one.score.scorecard_id, one.score.version)
        if key not in self._read:
            self._read[key] = await self._parts.store.score_exports.scorecard(*key)
        return self._read[key]


async def _pages(parts: Application, wanted: Asked, after: AfterScore | None, wording: Wording) -> AsyncIterator[Rows]:
    async for page in parts.store.score_exports.pages(wanted, after):
        yield await wording.rows(page)


def _cursor(last: AfterScore) -> str:
    return urlsafe_b64encode(
        json.dumps([last.started_at.isoformat(), last.call_id, last.scorecard_id]).encode()
    ).decode()


def _read_cursor(cursor: str | None) -> AfterScore | None:
    if cursor is None:
        return None
    try:
        at, call_id, scorecard_id = json.loads(urlsafe_b64decode(cursor))
        # without a zone it is none of ours: `astimezone` would take it for the machine's
        if (began := datetime.fromisoformat(at)).tzinfo is None:
            raise ValueError(at)
        return AfterScore(started_at=began, call_id=CallId(str(call_id)), scorecard_id=str(scorecard_id))
    except (ValueError, TypeError) as error:
        raise HTTPException(422, "cursor: allowed: the X-Next-Cursor of the page before") from error
