"""Whether the service lives, whether it can take calls, and its figures."""

from math import nan
from time import monotonic

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from qa_monitor.application import Application
from qa_monitor.delivery.records import DeliveryState
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts

router = APIRouter(tags=["health"])


class Ready(BaseModel):
    """Answer of `/readyz`."""

    ready: bool
    reasons: list[str]
    """Why not."""
    warnings: list[str]
    """What the operator should know all the same."""
    model: str
    rules: str
    """Version of the rules in force."""


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers. Never asks anything else."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"model": Ready}})
async def readyz(parts: Parts) -> Ready:
    """Models are loaded and tried before the port opens; here the store and the disk are asked."""
    reasons: list[str] = []
    try:
        await parts.store.check()
    except StoreError as error:
        reasons.append(str(error))
    if parts.stopping.is_set():
        reasons.append("the service is stopping")
    warnings = [] if parts.store.warning is None else [parts.store.warning]
    if not parts.heart.disk_ok():
        warnings.append("the disk is nearly full: audio is not kept")
    if parts.rules.refused is not None:
        warnings.append(f"rules were refused, version {parts.rules.in_force.version} stays in force:")
        warnings.extend(str(problem) for problem in parts.rules.refused.problems)
    if parts.targets.refused is not None:
        warnings.append("the file of deliveries was refused, the targets before stay in force:")
        warnings.extend(parts.targets.refused.splitlines())
    warnings += [
        f"deliveries to {name} fail: {post.problem}" for name, post in parts.relay.posts.items() if post.problem
    ]
    load = parts.engine.load()
    if load.last_error is not None:
        warnings.append(f"{load.failed} windows could not be transcribed, the last for {load.last_error}")
    ready = Ready(
        ready=not reasons,
        reasons=reasons,
        warnings=warnings,
        model=parts.settings.model,
        rules=parts.rules.in_force.version,
    )
    return ready if ready.ready else JSONResponse(ready.model_dump(), status_code=503)  # type: ignore[return-value]


async def _deliveries(parts: Application) -> dict[str, float]:
    """How many deliveries wait, and how many were given up; nothing where the store cannot tell."""
    try:
        counts = await parts.relay.outbox.counts()
    except StoreError:
        return {}  # the other figures matter now more than ever
    waiting = [each for each in counts if each.state is DeliveryState.WAITING]
    oldest_at = min((each.oldest_at for each in waiting), default=parts.clock())
    return {
        "deliveries_waiting": float(sum(each.count for each in waiting)),
        "deliveries_dead": float(sum(each.count for each in counts if each.state is DeliveryState.DEAD)),
        "deliveries_oldest_seconds": max(0.0, (parts.clock() - oldest_at).total_seconds()),
    }


def _known(calls: int | None) -> float:
    return nan if calls is None else float(calls)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(parts: Parts) -> Response:
    """For Prometheus. Needs the access token, like the API."""
    now = {
        "calls_active": float(len(parts.switchboard.live)),
        "calls_followed": float(parts.heart.calls_followed),
        "calls_capacity": _known(parts.heart.calls_capacity),
        "calls_room": _known(parts.heart.calls_room),
        "calls_recorded_only": float(parts.heart.calls_recorded),
        "console_clients": float(parts.feed.consoles),
        "alerts_unsaved": float(parts.feed.unsaved),
        "alerts_given_up": float(parts.feed.given_up),
        "lag_seconds": parts.heart.lag_s,
        "alert_latency_p95_seconds": parts.stages.now(monotonic()).p95_s or 0.0,
        "alert_latency_drifting": float(parts.stages.drift_s(monotonic()) is not None),
        "shed_level": float(parts.heart.shed_level),
        "speech_later_waiting_s": parts.heart.later_s,
        "disk_free_bytes": float(parts.free_bytes),
        **await _deliveries(parts),
    }
    return Response(parts.metrics.text(parts.engine.load(), now), media_type="text/plain; version=0.0.4")
