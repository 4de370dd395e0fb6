"""Whether a flag was worth a coach's attention: the coach says so, and rules are judged by it."""

from fastapi import APIRouter, HTTPException

from alerts.records import FlagId
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.records.verdicts import Restored
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, check_sees_flag
from qa_monitor.rules.rights import NotTheirs, holding, rights_of
from qa_monitor.rules.verdict_schemas import NewVerdictJson, RestoredJson, RestoreJson
from qa_monitor.rules.weighing import weigh
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.wire.flags import kept_json

router = APIRouter(prefix="/v1", tags=["flags"])


@router.post("/flags/{flag_id}/verdict", responses={404: {}, 503: {}})
async def verdict(flag_id: str, body: NewVerdictJson, parts: Parts, who: Who) -> FlagJson:
    """Useful, a false alarm, or already known. A second word replaces the first; an open flag is taken on with it.

    A flag held since its rule is on trial can be judged too: nobody is told, and it counts for the trial alone.
    """
    await check_sees_flag(parts, who, flag_id)
    try:
        stored = await parts.feed.judge(FlagId(flag_id), body.verdict, who.coach_id)
        await weigh(parts.store, parts.rules)
    except NotKept as error:
        raise HTTPException(404, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return kept_json(stored)


@router.post("/rules/{rule_id}/restore", tags=["rules"], responses={403: {}, 409: {}, 503: {}})
async def restore(rule_id: str, body: RestoreJson, parts: Parts, who: Who) -> RestoredJson:
    """Tell a demoted rule again: verdicts given so far count no more, and it is judged afresh.

    By whoever may publish for all of the tenant's calls that go by it.
    """
    if (rule_id, body.rule_version) not in parts.rules.demoted(body.tenant):
        raise HTTPException(409, f"rule {rule_id} of this version is not demoted for {body.tenant!r}")
    try:
        rights_of(who.account).check(holding(parts.rules.in_force.sets, body.tenant, (rule_id, body.rule_version)))
    except NotTheirs as error:
        raise HTTPException(403, str(error)) from error
    restored = Restored(
        rule_id=rule_id, rule_version=body.rule_version, tenant=body.tenant, by=who.signed(body.by), at=parts.clock()
    )
    try:
        await parts.store.restore_rule(restored)
        await weigh(parts.store, parts.rules)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return RestoredJson(tenant=restored.tenant, at=restored.at, by=restored.by)
