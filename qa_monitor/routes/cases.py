"""Earlier calls about the same case."""

from fastapi import APIRouter

from qa_monitor.library.schemas import CaseJson
from qa_monitor.library.wire import found_json
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import kept_call, refusals, scores_sight
from qa_monitor.routes.visitors import Who
from streams.records import CallId

router = APIRouter(prefix="/v1/calls/{call_id}/case", tags=["library"], responses={404: {}, 503: {}})


@router.get("")
async def case(call_id: str, parts: Parts, who: Who) -> CaseJson:
    """By `case` in the metadata of calls: those of the 90 days before that one may see, the newest first."""
    await kept_call(parts, who, call_id)
    sight = await scores_sight(parts, who)
    with refusals():
        found = await parts.after.library.case(CallId(call_id), sight)
    return CaseJson(case=found.name or None, calls=[found_json(one) for one in found.calls])
