"""Rules: what is in force and was, drafts tried on text, publishing and taking back. For people only."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import JSONResponse

from alerts.files.layout import rule_text
from alerts.files.problems import RuleError
from alerts.files.sources import Scope
from qa_monitor.application import Application
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who
from qa_monitor.rules.draft_schemas import (
    CheckedJson,
    DraftJson,
    PublishJson,
    RefusalJson,
    TriedJson,
    TryJson,
    UndoJson,
)
from qa_monitor.rules.history import HistoryError
from qa_monitor.rules.history_schemas import EntryJson, HistoryJson, KeptFileJson, KeptSetJson
from qa_monitor.rules.precision import ENOUGH
from qa_monitor.rules.publishing import Checked, NothingToUndo
from qa_monitor.rules.rights import NotTheirs, Publisher, rights_of
from qa_monitor.rules.ruleset import set_of
from qa_monitor.rules.schemas import Name, PublishedJson, RulesJson, WrittenRuleJson
from qa_monitor.rules.trial import Sentence, try_sentence
from qa_monitor.rules.wire import (
    checked_json,
    entry_json,
    not_tried,
    problems_json,
    refused_json,
    rights_json,
    scope_json,
    set_json,
    tried_json,
)
from qa_monitor.security.visitor import Visitor
from streams.records import Speaker

router = APIRouter(prefix="/v1/rules", tags=["rules"])
# plain functions: they run in a thread, since they wait for the disk or compile many phrases


@router.get("")
def rules(parts: Parts, who: Who) -> RulesJson:
    """In force now, for every tenant and team with rules of its own; how often each was right; what is one's own."""
    now, rights = parts.rules.in_force, rights_of(who.account)
    return RulesJson(
        version=now.version,
        since=now.since,
        how=now.how,
        by=now.by,
        sets=[set_json(scope, found, parts.rules, rights) for scope, found in now.sets.items()],
        enough=ENOUGH,
        published=[
            PublishedJson(scope=scope_json(scope), text=text, yours=rights.cover(scope))
            for scope, text in parts.publishing.texts().items()
        ],
        refused=refused_json(parts.rules),
        rights=rights_json(rights),
    )


@router.get("/history", responses={503: {}})
def history(parts: Parts, limit: Annotated[int | None, Query(ge=1)] = None) -> HistoryJson:
    """The sets that were in force, newest first: since when, who published them for whom. Without `limit`, all."""
    try:
        return HistoryJson(entries=[entry_json(entry) for entry in parts.rules.history.entries(limit)])
    except HistoryError as error:
        _unavailable(error)


@router.get("/history/{number}", responses={404: {}, 503: {}})
def kept(number: int, parts: Parts) -> KeptSetJson:
    """One of them with the text of every file."""
    kept_history = parts.rules.history
    try:
        entry = kept_history.entry(number)
        if entry is None:
            raise HTTPException(404, f"no set of rules has the number {number}")
        files = [
            KeptFileJson(path=one.path, scope=scope_json(one.scope), text=kept_history.text(one.sha256))
            for one in entry.files
        ]
        after = None if entry.published is None else entry.published.after
        text = None if after is None else kept_history.text(after)
    except HistoryError as error:
        _unavailable(error)
    return KeptSetJson(entry=entry_json(entry), files=files, published=text)


@router.get("/written/{rule_id}", responses={404: {}})
def written(rule_id: str, parts: Parts, tenant: Name = "", team: Name = "") -> WrittenRuleJson:
    """A rule as it would stand in a rule file, with all it inherits: as it holds for the calls of this team."""
    found = set_of(parts.rules.in_force.sets, tenant, team).book.written.get(rule_id)
    if found is None:
        raise HTTPException(404, f"no rule {rule_id} holds for these calls")
    return WrittenRuleJson(rule_id=rule_id, text=rule_text(found.data))


@router.post("/check", responses={503: {}})
def check(body: DraftJson, parts: Parts, who: Who) -> CheckedJson:
    """Everything wrong in a draft, or what publishing it would change. Nothing changes by asking."""
    return checked_json(_checked(parts, body.text), rights_of(who.account))


@router.post("/try", responses={503: {}})
def try_out(body: TryJson, parts: Parts) -> TriedJson:
    """What a draft, or the rules in force, make of one sentence: phrases, why they were seen, flags."""
    sets, scope = parts.rules.in_force.sets, Scope(tenant=body.tenant, team=body.team)
    if body.text is not None:
        checked = _checked(parts, body.text)
        if checked.problems:
            return not_tried(checked.problems)
        sets = checked.sets
    found = set_of(sets, scope.tenant, scope.team)
    said = Sentence(text=body.sentence, language=body.language, speaker=Speaker(body.speaker))
    return tried_json(try_sentence(found, said, scope, parts.clock()), found)


@router.put("", responses={403: {}, 422: {"model": RefusalJson}, 503: {}})
def publish(body: PublishJson, parts: Parts, who: Who) -> EntryJson:
    """Put a rule file into force at once, in place of the one published before for the same tenant and team.

    With any mistake in it nothing changes, and the answer names every one. For a team, by its leads; for more than that
    by administrators and by leads of every team.
    """
    try:
        return entry_json(parts.publishing.publish(body.text, by=_publisher(who, body.by)))
    except NotTheirs as error:
        raise HTTPException(403, str(error)) from error
    except RuleError as error:
        return _refusal(error)  # type: ignore[return-value]  # the answer to a draft with mistakes
    except HistoryError as error:
        _unavailable(error)


@router.post("/undo", responses={403: {}, 409: {}, 422: {"model": RefusalJson}, 503: {}})
def undo(body: UndoJson, parts: Parts, who: Who) -> EntryJson:
    """Take back the latest publication that was not taken back yet; what was published before is in force again.

    Of the calls named in `scope`, or of all that are one's own to publish for.
    """
    scope = None if body.scope is None else Scope(tenant=body.scope.tenant, team=body.scope.team)
    try:
        return entry_json(parts.publishing.undo(by=_publisher(who, body.by), scope=scope))
    except NotTheirs as error:
        raise HTTPException(403, str(error)) from error
    except NothingToUndo as error:
        raise HTTPException(409, str(error)) from error
    except RuleError as error:
        return _refusal(error)  # type: ignore[return-value]  # the answer where it is not valid any more
    except HistoryError as error:
        _unavailable(error)


def _publisher(who: Visitor, name: str) -> Publisher:
    return Publisher(name=who.signed(name), rights=rights_of(who.account))


def _checked(parts: Application, text: str) -> Checked:
    try:
        return parts.publishing.check(text)
    except HistoryError as error:
        _unavailable(error)


def _refusal(error: RuleError) -> Response:
    return JSONResponse(RefusalJson(problems=problems_json(error.problems)).model_dump(), status_code=422)


def _unavailable(error: HistoryError) -> NoReturn:
    raise HTTPException(503, str(error)) from error
