"""How long flags take: reported by the pages that drew them, read by whoever looks after the service."""

from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from alerts.records import FlagId, Latency
from qa_monitor.call.latency.flag_latencies import WINDOW_S, Stage
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.schemas.shape import Shape

router = APIRouter(prefix="/v1", tags=["latency"])


class DrawnJson(Shape):
    """A flag that a page drew."""

    flag_id: Annotated[str, Field(max_length=300)]
    held_s: Annotated[float, Field(ge=0, le=60)]
    """Seconds since it was painted, until this was sent."""


class DrawnListJson(Shape):
    """What a page drew for the first time."""

    drawn: Annotated[list[DrawnJson], Field(min_length=1, max_length=100)]


class ScreenJson(Shape):
    """Seconds from the end of what caused each flag to this page; flags told too long ago are left out."""

    screen_s: dict[str, float]


class StageJson(Shape):
    """One stage over the last five minutes: wall seconds since the end of the cause, null where nothing was told."""

    stage: Stage
    count: int
    p50_s: float | None
    p95_s: float | None


class MinuteJson(Shape):
    """The whole way, for flags told within one minute."""

    at: datetime
    """The end of that minute."""
    count: int
    p50_s: float | None
    p95_s: float | None


class LatencyReportJson(Shape):
    """Answer of the figures."""

    now: datetime
    window_s: float
    alarm_s: float
    """The setting `latency_alarm_s`."""
    drift_s: float | None
    """The 95th percentile where it is above that; null while all is well."""
    stages: list[StageJson]
    minutes: list[MinuteJson]
    """The last hour; minutes without a flag are left out."""
    calls_followed: int
    """Calls that are transcribed and judged while they go on."""
    calls_capacity: int | None
    """So many calls at once are sure to be followed in time; null while nobody knows."""
    calls_room: int | None
    """So many more than now are; null while nobody knows."""


@router.post("/flags/drawn")
async def drawn(body: DrawnListJson, parts: Parts) -> ScreenJson:
    """A page says which new flags it has just drawn; it is told how long each took. The first to say so is kept."""
    found: dict[str, float] = {}
    for each in body.drawn:
        flag_id = FlagId(each.flag_id)
        seen = parts.stages.drawn(flag_id, each.held_s, monotonic())
        if seen is None:
            continue
        found[flag_id], first = seen
        parts.metrics.screen_latency(found[flag_id])
        if first:
            with suppress(StoreError):  # only a figure can be lost here; a store in trouble says so itself
                await parts.store.save_latency(flag_id, Latency(screen_s=found[flag_id]))
    return ScreenJson(screen_s=found)


@router.get("/latency")
async def latency(parts: Parts) -> LatencyReportJson:
    """Every stage over five minutes, and the last hour minute by minute."""
    now, now_s = parts.clock(), monotonic()
    return LatencyReportJson(
        now=now,
        window_s=WINDOW_S,
        alarm_s=parts.stages.alarm_s,
        drift_s=parts.stages.drift_s(now_s),
        stages=[
            StageJson(stage=each.stage, count=each.count, p50_s=each.figures.p50_s, p95_s=each.figures.p95_s)
            for each in parts.stages.stages(now_s)
        ],
        minutes=[
            MinuteJson(
                at=now - timedelta(minutes=each.ago),
                count=each.count,
                p50_s=each.figures.p50_s,
                p95_s=each.figures.p95_s,
            )
            for each in parts.stages.minutes(now_s)
        ],
        calls_followed=parts.heart.calls_followed,
        calls_capacity=parts.heart.calls_capacity,
        calls_room=parts.heart.calls_room,
    )
