"""Accounts, teams, agents and covers: looked at, changed, imported and exported, with the log of changes."""

import asyncio
from typing import Annotated, NoReturn

from fastapi import APIRouter, Body, HTTPException, Query
from fastapi.responses import JSONResponse, Response

from qa_monitor.application import Application
from qa_monitor.people.changes import find
from qa_monitor.people.csv_file import plan_people, write_people
from qa_monitor.people.records import Account, AccountId, Entry, PeopleError, Team
from qa_monitor.people.routing import Place, is_away, works
from qa_monitor.people.rows import Kind, cells_of, entry_of, id_of, kind_of
from qa_monitor.people.schemas import (
    ChangedJson,
    ChangesJson,
    EntryJson,
    HandedOutJson,
    ImportedJson,
    LineProblemJson,
    PeopleJson,
    PersonJson,
    RoutingJson,
    change_json,
    logged_json,
)
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who

router = APIRouter(prefix="/v1/people", tags=["people"])
MOST_TEXT = 4_000_000
NO_STORE = {"cache-control": "no-store"}


@router.get("")
async def people(parts: Parts) -> PeopleJson:
    """Everyone: teams, accounts, agents, covers, in this order."""
    return PeopleJson(entries=[_person(parts, entry) for entry in parts.register.directory.entries()])


@router.put("", responses={422: {}, 503: {}})
async def put(body: EntryJson, parts: Parts, who: Who) -> ChangedJson:
    """Make an entry, or change it. A closed account is logged out at once; a closed team's calls stay its own."""
    directory = parts.register.directory
    try:
        named = entry_of(body.kind, body.cells)
        before = find(directory, body.kind, id_of(named))
        entry = named if before is None else entry_of(body.kind, body.cells, before)
        changes = await parts.register.put([entry], by=who.name)
    except (PeopleError, StoreError) as error:
        _refuse(error)
    await parts.entrance.end_disabled()
    return ChangedJson(changes=[change_json(change) for change in changes])


@router.delete("", responses={422: {}, 503: {}})
async def remove(kind: Kind, id: Annotated[str, Query(max_length=400)], parts: Parts, who: Who) -> ChangedJson:
    """Take out an agent or a cover. Teams and accounts are closed instead: past calls go on naming them."""
    try:
        return ChangedJson(changes=[change_json(await parts.register.remove(kind, id, by=who.name))])
    except (PeopleError, StoreError) as error:
        _refuse(error)


@router.post("/import", responses={422: {"model": ImportedJson}, 503: {}})
async def import_people(
    text: Annotated[str, Body(media_type="text/csv", max_length=MOST_TEXT)],
    parts: Parts,
    who: Who,
    dry_run: Annotated[bool, Query(description="Say what it would change, and change nothing.")] = False,
) -> ImportedJson:
    """A CSV file as `export` writes it, or a part of one. With any mistake nothing changes, and each has its line."""
    # a thousand rows take a moment, in which calls go on
    plan = await asyncio.to_thread(plan_people, text, parts.register.directory)
    answer = ImportedJson(
        done=False,
        changes=[change_json(change) for change in plan.changes],
        problems=[LineProblemJson(line=each.line, problem=each.problem) for each in plan.problems],
    )
    if plan.problems:
        return JSONResponse(answer.model_dump(mode="json"), status_code=422)  # type: ignore[return-value]
    if dry_run:
        return answer
    try:
        changes = await parts.register.put(plan.entries, by=who.name)
    except (PeopleError, StoreError) as error:
        _refuse(error)
    await parts.entrance.end_disabled()
    return ImportedJson(done=True, changes=[change_json(change) for change in changes], problems=[])


@router.get("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(parts: Parts) -> Response:
    """Everyone as a CSV file, without passwords."""
    headers = {**NO_STORE, "content-disposition": 'attachment; filename="people.csv"'}
    return Response(write_people(parts.register.directory), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/changes", responses={503: {}})
async def changes(parts: Parts, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> ChangesJson:
    """Who changed what, and when, newest first."""
    try:
        return ChangesJson(changes=[logged_json(line) for line in await parts.register.changes(limit)])
    except StoreError as error:
        _refuse(error)


@router.get("/routing")
async def routing(
    parts: Parts,
    team: Annotated[str, Query(max_length=200)],
    tenant: Annotated[str, Query(max_length=200)] = "default",
    agent_id: Annotated[str, Query(max_length=200)] = "",
) -> RoutingJson:
    """Whom a flag of such a call would go to at this moment."""
    routed = parts.duty.now(Place(tenant=tenant, team=team, agent_id=agent_id))
    return RoutingJson(why=routed.why, coaches=sorted(routed.coaches))


@router.post("/accounts/{account_id}/password", responses={422: {}, 503: {}})
async def hand_out(account_id: str, parts: Parts, who: Who) -> HandedOutJson:
    """A new password for an account, shown this once; its owner must change it at the first log-in."""
    try:
        return HandedOutJson(password=await parts.entrance.hand_out_password(AccountId(account_id), by=who.name))
    except (PeopleError, StoreError) as error:
        _refuse(error)


def _person(parts: Application, entry: Entry) -> PersonJson:
    directory, now = parts.register.directory, parts.clock()
    working = online = password = rules = None
    if isinstance(entry, Account):
        password = parts.register.password(entry.account_id) is not None
        if entry.coaches:
            working = works(entry, now) and not is_away(entry, directory, now)
            online = entry.coach_id in parts.duty.present
    if isinstance(entry, Team):
        rules = parts.rules.of(entry.key.tenant, entry.key.team).book.version
    return PersonJson(
        kind=kind_of(entry),
        id=id_of(entry),
        cells=cells_of(entry),
        working=working,
        online=online,
        password=password,
        rules=rules,
    )


def _refuse(error: PeopleError | StoreError) -> NoReturn:
    raise HTTPException(422 if isinstance(error, PeopleError) else 503, str(error)) from error
