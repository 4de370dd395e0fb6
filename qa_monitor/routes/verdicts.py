"""Whether a flag was worth a coach's attention: the coach says so, and rules are judged by it."""

from fastapi import APIRouter, HTTPException

from alerts.records import FlagId
from qa_monitor.routes.flags import ANYONE
from qa_monitor.routes.parts import Parts
from qa_monitor.rules.schemas import NewVerdictJson, VerdictJson
from qa_monitor.rules.verdicts import Verdict
from qa_monitor.store.records import NotKept, StoreError

router = APIRouter(prefix="/v1/flags", tags=["flags"])


@router.post("/{flag_id}/verdict", responses={404: {}, 503: {}})
async def verdict(flag_id: str, body: NewVerdictJson, parts: Parts) -> VerdictJson:
    """Useful, a false alarm, or already known. A second word replaces the first."""
    said = Verdict(flag_id=FlagId(flag_id), kind=body.verdict, by=ANYONE, at=parts.clock())
    try:
        await parts.store.save_verdict(said)
        parts.rules.weigh(await parts.store.verdict_counts())
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return VerdictJson(flag_id=said.flag_id, verdict=said.kind, by=said.by, at=said.at)
