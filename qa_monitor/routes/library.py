"""Kept calls, to be found again: listed, searched, sampled for review; and the searches somebody named."""

import asyncio
import secrets
from typing import Annotated, NoReturn

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.library.cursor import CursorError, read_cursor
from qa_monitor.library.records import Asked, SavedSearch
from qa_monitor.library.sampling import Method, Part, sample
from qa_monitor.library.schemas import (
    AskedJson,
    ChoicesJson,
    FoundPageJson,
    NewSearchJson,
    PickJson,
    SampledJson,
    SampleJson,
    SearchesJson,
    SearchJson,
)
from qa_monitor.library.wire import choices_json, found_json, named, page_json, reason_text, search_json
from qa_monitor.people.records import Role
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.reviewing import scores_sight
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.rules.wire import names_of
from qa_monitor.security.visitor import Visitor

router = APIRouter(prefix="/v1/library", tags=["library"])
MOST_SEARCHES = 200
"""Searches one account can keep."""


@router.get("/calls", responses={422: {}, 503: {}})
async def calls(asked: Annotated[AskedJson, Query()], parts: Parts, who: Who) -> FoundPageJson:
    """Kept calls of one's own teams, page by page. A call that is added meanwhile moves no other to another page.

    What somebody calibrates is to them as if it were not scored, until the calibration is closed.
    """
    try:
        after = None if asked.after is None else read_cursor(asked.after, asked.sort)
        wanted = Asked(filter=asked.filter(), sort=asked.sort, after=after, limit=asked.limit)
        return page_json(await parts.after.library.calls(wanted, await scores_sight(parts, who)))
    except (CursorError, StoreError) as error:
        _refuse(error)


@router.get("/choices", responses={503: {}})
async def choices(parts: Parts, who: Who) -> ChoicesJson:
    """What calls can be filtered by: teams, agents and rules that there are among those one may see."""
    try:
        return choices_json(
            await parts.after.library.choices(sight_of(parts, who)), names_of(parts.rules.in_force.sets)
        )
    except StoreError as error:
        _refuse(error)


@router.post("/sample", responses={422: {}, 503: {}})
async def draw(asked: SampleJson, parts: Parts, who: Who) -> SampledJson:
    """Calls to review among those that are over, each with the reason it was chosen."""
    library, sight = parts.after.library, await scores_sight(parts, who)
    by_rule = asked.method is Method.STRATIFIED and asked.part is Part.RULE
    try:
        candidates = await library.candidates(asked.filter.filter(), sight, rules=by_rule)
        picks = await asyncio.to_thread(sample, candidates, asked.method, asked.part, asked.size, asked.seed)
        found = await library.named([pick.call_id for pick in picks], sight)
    except StoreError as error:
        _refuse(error)
    directory = parts.register.directory
    return SampledJson(
        picks=[
            PickJson(
                call=found_json(found[pick.call_id]),
                why=pick.reason.why,
                reason=reason_text(named(pick.reason, asked.part, found[pick.call_id].facts, directory)),
            )
            for pick in picks
            if pick.call_id in found  # it may have been deleted since
        ],
        of=len(candidates),
        seed=asked.seed,
    )


@router.get("/searches", responses={503: {}})
async def searches(parts: Parts, who: Who) -> SearchesJson:
    """One's own searches, and those that are shared."""
    owner = _owner(who)
    try:
        found = await parts.after.library.searches(owner)
    except StoreError as error:
        _refuse(error)
    return SearchesJson(searches=[search_json(search, owner) for search in found])


@router.post("/searches", responses={409: {}, 422: {}, 503: {}})
async def save(body: NewSearchJson, parts: Parts, who: Who) -> SearchJson:
    """Keep a search under a name. One of one's own with this name is replaced."""
    owner, name = _owner(who), body.name.strip()
    try:
        own = [search for search in await parts.after.library.searches(owner) if search.owner == owner]
        same = next((search.search_id for search in own if search.name == name), None)
        if same is None and len(own) >= MOST_SEARCHES:
            raise HTTPException(409, f"at most {MOST_SEARCHES} searches can be kept: remove one first")
        search = SavedSearch(
            search_id=same or secrets.token_hex(8),
            owner=owner,
            name=name,
            query=body.query.lstrip("?"),
            shared=body.shared,
            made_at=parts.clock(),
        )
        await parts.after.library.save_search(search)
    except StoreError as error:
        _refuse(error)
    return search_json(search, owner)


@router.delete("/searches/{search_id}", status_code=204, responses={403: {}, 404: {}, 503: {}})
async def remove(search_id: str, parts: Parts, who: Who) -> None:
    """Forget one's own search; QA leads may take out any that is shared."""
    owner = _owner(who)
    try:
        known = {search.search_id: search for search in await parts.after.library.searches(owner)}
        if search_id not in known:
            raise NotKept("search", search_id)
        if known[search_id].owner != owner and Role.QA_LEAD not in who.roles:
            raise HTTPException(403, "somebody else's search: a QA lead may remove it")
        await parts.after.library.remove_search(search_id)
    except StoreError as error:
        _refuse(error)


def _owner(who: Visitor) -> str:
    return "" if who.account is None else who.account.account_id


def _refuse(error: CursorError | StoreError) -> NoReturn:
    status = 422 if isinstance(error, CursorError) else 404 if isinstance(error, NotKept) else 503
    raise HTTPException(status, str(error)) from error
