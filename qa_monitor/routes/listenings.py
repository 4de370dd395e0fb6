"""Who listened to which live call, from when to when."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response, StreamingResponse

from qa_monitor.people.listening import Listening
from qa_monitor.people.listening_json import ListeningsJson, csv_lines, heading, listening_json
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts

router = APIRouter(prefix="/v1/people/listenings", tags=["people"], responses={503: {}})
FILE = {"cache-control": "no-store", "content-disposition": 'attachment; filename="listenings.csv"'}


@router.get("")
async def listenings(parts: Parts, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> ListeningsJson:
    """Newest first. Who listens now has no ending yet."""
    try:
        return ListeningsJson(listenings=[listening_json(one) for one in await parts.store.listenings.latest(limit)])
    except StoreError as error:
        raise HTTPException(503, str(error)) from error


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(parts: Parts) -> Response:
    """All of them as a CSV file, newest first."""
    pages = parts.store.listenings.pages()
    try:
        # before anything is sent: a store that cannot be read is an error, not a short file
        first = await anext(pages, ())
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return StreamingResponse(_lines(first, pages), media_type="text/csv; charset=utf-8", headers=FILE)


async def _lines(first: tuple[Listening, ...], rest: AsyncIterator[tuple[Listening, ...]]) -> AsyncIterator[str]:
    yield heading() + csv_lines(first)
    async for page in rest:
        yield csv_lines(page)
