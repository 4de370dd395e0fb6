"""Reports over finished calls, as JSON, CSV or PDF."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from qa_monitor.application import Application
from qa_monitor.records.errors import StoreError
from qa_monitor.reports.delivering import written
from qa_monitor.reports.periods import Every, zone_named
from qa_monitor.reports.records import BYS, Asked, By, Filter, Kind, ReportError
from qa_monitor.reports.schedules import Form
from qa_monitor.reports.schemas import ReportJson
from qa_monitor.reports.wire import report_json
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import scores_sight
from qa_monitor.routes.visitors import Who
from streams.records import Language

router = APIRouter(prefix="/v1/reports", tags=["reports"])
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2999, 12, 31)
"""Between them every day begins and ends by every clock."""
LOOKED_BACK = timedelta(days=28)
"""How much a report holds where its beginning is not said."""
MEDIA = {Form.CSV: "text/csv; charset=utf-8", Form.PDF: "application/pdf"}
FILES: dict[str, object] = {"application/json": {}, "text/csv": {}, "application/pdf": {}}


class Format(StrEnum):
    """How a report is answered."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a report is cut: by whose figures, and in which periods of which place."""

    by: By | None
    every: Every
    since: date | None
    until: date | None
    zone: str | None


def cut_of(
    by: Annotated[By | None, Query(description="Whose figures are put together.")] = None,
    every: Annotated[Every, Query(description="How the time is cut.")] = Every.WEEK,
    since: Annotated[date | None, Query(description="First local day; unset: four weeks before the last.")] = None,
    until: Annotated[date | None, Query(description="Last local day, itself included; unset: today.")] = None,
    zone: Annotated[str | None, Query(max_length=100, description="Unset: the setting `zone`.")] = None,
) -> Cut:
    """From the address."""
    return Cut(by=by, every=every, since=since, until=until, zone=zone)


def only_of(
    tenant: Annotated[str | None, Query(max_length=200)] = None,
    team: Annotated[str | None, Query(max_length=200)] = None,
    queue: Annotated[str | None, Query(max_length=200)] = None,
    agent: Annotated[str | None, Query(max_length=200)] = None,
) -> Filter:
    """From the address."""
    return Filter(tenant=tenant, team=team, queue=queue, agent=agent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the answer is to be."""

    format: Format
    language: Language
    within_s: float


def shape_of(
    format: Annotated[Format, Query(description="`json`, `csv` or `pdf`.")] = Format.JSON,
    language: Annotated[Language, Query(description="Of the PDF file.")] = Language.EN,
    within_s: Annotated[
        float, Query(gt=0, le=3600, description="Of the service level: answered within so many seconds is in time.")
    ] = 20.0,
) -> Shape:
    """From the address."""
    return Shape(format=format, language=language, within_s=within_s)


@router.get(
    "/{kind}",
    response_model=ReportJson,
    responses={200: {"content": FILES}, 422: {"description": "what was asked for cannot be made"}, 503: {}},
)
async def report(
    kind: Kind,
    cut: Annotated[Cut, Depends(cut_of)],
    only: Annotated[Filter, Depends(only_of)],
    shape: Annotated[Shape, Depends(shape_of)],
    parts: Parts,
    who: Who,
) -> Response:
    """Figures of the calls that may be seen, each with what it rests on. docs/reports.md says what each one is."""
    try:
        found = await parts.after.reports.make(
            _asked(parts, kind, cut, only, shape.within_s), await scores_sight(parts, who)
        )
    except ReportError as error:
        raise HTTPException(422, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    if shape.format is Format.JSON:
        text = await asyncio.to_thread(lambda: report_json(found).model_dump_json())
        return Response(text, media_type="application/json")
    form = Form(shape.format.value)
    content = await asyncio.to_thread(written, found, form, shape.language)
    name = f"{kind.value}-{found.asked.by.value}-{found.asked.first}-{found.asked.last}.{form.value}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _asked(parts: Application, kind: Kind, cut: Cut, only: Filter, within_s: float) -> Asked:
    """Raises `ReportError`."""
    for name, day in (("since", cut.since), ("until", cut.until)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ReportError(f"{name}: found {day}; allowed: {FIRST_DAY} to {LAST_DAY}")
    zone = cut.zone or parts.settings.zone
    try:
        today = parts.clock().astimezone(zone_named(zone)).date()
    except ValueError as error:
        raise ReportError(f"zone: {error}") from error
    last = cut.until or today
    return Asked(
        kind=kind,
        by=cut.by or (By.TEAM if By.TEAM in BYS[kind] else BYS[kind][0]),
        every=cut.every,
        zone=zone,
        first=cut.since or min(last, last - LOOKED_BACK + timedelta(days=1)),
        last=last,
        only=only,
        within_s=within_s,
    )
