"""What customers call about: the running week, and surges."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from qa_monitor.application import Application
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.security.visitor import Visitor
from qa_monitor.themes.lines import lines_of
from qa_monitor.themes.port import Scope
from qa_monitor.themes.records import FEWEST_CALLS, Surge, SurgeId
from qa_monitor.themes.sayers import MOST_EXAMPLES
from qa_monitor.themes.schemas import SurgeJson, SurgesJson, ThemesJson
from qa_monitor.themes.weeks import WEEK, WEEKS, compare
from qa_monitor.themes.wire import Examples, reason_json, surge_json, term_json
from streams.records import Language

router = APIRouter(prefix="/v1/themes", tags=["themes"])
EACH = MOST_EXAMPLES
"""Examples looked at: for the words a term is most often said in, and for the terms that the same calls say."""
SHOWN_FOR = timedelta(days=7)
"""How long a surge that is over is listed."""


@router.get("", responses={503: {}})
async def themes(
    parts: Parts,
    who: Who,
    team: Annotated[list[str] | None, Query(max_length=100)] = None,
    language: Language | None = None,
) -> ThemesJson:
    """What customers said more often in the last seven days than in the four weeks before, and the reasons by week.

    Of the teams one may see; a term that fewer than five calls said is never told.
    """
    now = parts.clock()
    scope = Scope(
        since=now - WEEK * WEEKS, until=now, sight=sight_of(parts, who), teams=frozenset(team or ()), language=language
    )
    store, watch = parts.after.themes.store, parts.after.themes
    try:
        found = await compare(store, scope, [reason.theme for reason in watch.reasons.reasons], watch.dispersion)
        told = [growth.theme for growth in found.terms] + [reason.theme for reason in watch.reasons.reasons]
        examples = await store.examples(told, replace(scope, since=now - WEEK), EACH)
        teams = await store.teams(scope.sight)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    shown = Examples(examples, audio=parts.settings.keep_audio)
    lines = lines_of(found.terms, {term.theme: shown.sayers(term.theme) for term in found.terms})
    this_week = found.weeks[-1]
    return ThemesJson(
        begins_at=this_week.begins_at,
        until=now,
        calls=this_week.calls,
        calls_before=found.calls_before,
        counting=watch.behind,
        learning=watch.learning,
        teams=list(teams),
        terms=[term_json(line, found.before.get(line.lead.theme, 0), shown, watch.reasons) for line in lines],
        reasons=[
            reason_json(reason, found.weeks, found.reasons.get(reason.theme), shown) for reason in watch.reasons.reasons
        ],
    )


@router.get("/surges", responses={503: {}})
async def surges(parts: Parts, who: Who) -> SurgesJson:
    """Surges that go on, and those that ended within a week, the latest first.

    One is told to those who may see at least five of its calls.
    """
    try:
        found = await parts.after.themes.store.surges(parts.clock() - SHOWN_FOR)
        told = [await _told(parts, who, surge) for surge in found]
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return SurgesJson(surges=[surge for surge in told if surge is not None])


@router.post("/surges/{surge_id}/acknowledge", responses={404: {}, 503: {}})
async def acknowledge(surge_id: int, parts: Parts, who: Who) -> SurgeJson:
    """Say that one knows of it: its alarm is muted for everyone. The first to say so is kept."""
    store = parts.after.themes.store
    try:
        kept = await store.surge(SurgeId(surge_id))
        if kept is None or await _told(parts, who, kept) is None:
            raise HTTPException(404, f"no surge {surge_id} is kept")
        known = await store.acknowledge(SurgeId(surge_id), who.name, parts.clock())
        told = None if known is None else await _told(parts, who, known)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    if told is None:
        raise HTTPException(404, f"no surge {surge_id} is kept")
    return told


async def _told(parts: Application, who: Visitor, surge: Surge) -> SurgeJson | None:
    """The surge as this visitor sees it; none where too few of its calls are theirs to see."""
    scope = Scope(
        since=surge.began_at, until=surge.ended_at or parts.clock(), sight=sight_of(parts, who), tenant=surge.tenant
    )
    store = parts.after.themes.store
    calls = await store.named(surge.themes[0], scope)
    if calls < FEWEST_CALLS:
        return None
    examples = Examples(await store.examples(surge.themes, scope, EACH), audio=parts.settings.keep_audio)
    return surge_json(surge, calls, examples, parts.after.themes.reasons)
