"""Earlier calls about the same case."""

from fastapi import APIRouter

from qa_monitor.library.schemas import CaseJson
from qa_monitor.library.wire import found_json
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import blind_for, kept_call, refusals
from qa_monitor.routes.visitors import Who, sight_of
from streams.records import CallId

router = APIRouter(prefix="/v1/calls/{call_id}/case", tags=["library"], responses={404: {}, 503: {}})


@router.get("")
async def case(call_id: str, parts: Parts, who: Who) -> CaseJson:
    """By `case` in the metadata of calls: those of the 90 days before that one may see, the newest first."""
    await kept_call(parts, who, call_id)
    blind = await blind_for(parts, who)
    with refusals():
        found = await parts.after.library.case(CallId(call_id), sight_of(parts, who))
    return CaseJson(
        case=found.name or None,
        calls=[found_json(one, blind=one.facts.call_id in blind) for one in found.calls],
    )
