"""Drafts of rules tried on past calls. For people only."""

import asyncio
from collections.abc import Sequence
from functools import cache
from typing import Annotated

from fastapi import APIRouter, HTTPException
from pydantic import Field

from qa_monitor.backtest.jobs import BackTest, Busy, JobState
from qa_monitor.backtest.query import QueryError, parse_query
from qa_monitor.backtest.schemas import BackTestJson, with_kept_clips
from qa_monitor.backtest.worker import Task
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who, sight_of
from qa_monitor.rules.draft_schemas import MOST_TEXT
from qa_monitor.rules.history import HistoryError, ScopeDifference
from qa_monitor.rules.publishing import Checked
from qa_monitor.rules.schemas import ProblemJson
from qa_monitor.rules.wire import problems_json
from qa_monitor.schemas.shape import Shape

router = APIRouter(prefix="/v1/rules/test", tags=["rules"])


class NewTestJson(Shape):
    """A draft, and the calls to try it on."""

    text: Annotated[str, Field(max_length=MOST_TEXT)]
    """The rule file; it says itself which tenant and team it is for."""
    calls: Annotated[str, Field(max_length=1_000)] = "all"
    """For example `since:2026-03-01 until:2026-03-08 team:sales language:fr limit:500`."""
    rules: Annotated[list[str], Field(max_length=1_000)] = []
    """Ids of the rules to test; without any, those that differ from the rules in force."""


class TestJson(Shape):
    """A test, as far as it has come."""

    test_id: str | None
    """None where the draft cannot be tested: see `problems`."""
    state: JobState
    done: int = 0
    """Calls looked at, of `total`."""
    total: int = 0
    problem: str | None = None
    problems: list[ProblemJson] = []
    """Everything wrong in the draft."""
    report: BackTestJson | None = None


@router.post("", status_code=202, responses={409: {}, 422: {}, 503: {}})
async def start(body: NewTestJson, parts: Parts, who: Who) -> TestJson:
    """Begin a test on calls of one's own teams, in a process of its own; one at a time. Nothing changes by it."""
    try:
        parse_query(body.calls)
    except QueryError as error:
        raise HTTPException(422, str(error)) from error
    checked = await _checked(parts, body.text)
    if checked.problems:
        return TestJson(test_id=None, state=JobState.FAILED, problems=problems_json(checked.problems))
    rules = tuple(body.rules) or _changed(checked.differences)
    if not rules:
        raise HTTPException(422, "rules: the draft changes none; name those to test")
    task = Task(
        data_dir=parts.settings.data_dir,
        text=body.text,
        folder=parts.rules.folder,
        in_force=parts.rules.files(),
        rules=rules,
        calls=body.calls,
        sight=sight_of(parts, who),
        longest_utterance_s=parts.settings.longest_utterance_s,
    )
    try:
        return await _json(parts.back_tests.start(task, by=who.name), parts)
    except Busy as error:
        raise HTTPException(409, str(error)) from error


@router.get("/{test_id}", responses={404: {}})
async def progress(test_id: str, parts: Parts, who: Who) -> TestJson:
    """How far one's own test has come, and in the end the report."""
    return await _json(_found(test_id, parts, who), parts)


@router.delete("/{test_id}", responses={404: {}})
async def cancel(test_id: str, parts: Parts, who: Who) -> TestJson:
    """End it; a test that is over stays as it is."""
    test = _found(test_id, parts, who)
    await parts.back_tests.cancel(test)
    return await _json(test, parts)


async def _checked(parts: Parts, text: str) -> Checked:
    try:
        return await asyncio.to_thread(parts.publishing.check, text)
    except HistoryError as error:
        raise HTTPException(503, str(error)) from error


def _changed(differences: Sequence[ScopeDifference]) -> tuple[str, ...]:
    """Ids of the rules that are not as they are in force."""
    found: dict[str, None] = {}
    for one in differences:
        changed = [each.rule_id for each in one.difference.changed]
        found |= dict.fromkeys((*one.difference.added, *one.difference.removed, *changed))
    return tuple(found)


def _found(test_id: str, parts: Parts, who: Who) -> BackTest:
    test = parts.back_tests.find(test_id)
    # a report quotes calls: only whoever asked for it may see them all
    if test is None or not (who.account is None or test.by == who.name):
        raise HTTPException(404, f"no test {test_id} is known any more")
    return test


async def _json(test: BackTest, parts: Parts) -> TestJson:
    report = test.report
    if report is not None:  # audio may be deleted at any time: asked anew for every answer
        report = await asyncio.to_thread(with_kept_clips, report, cache(parts.audio.duration_s))
    return TestJson(
        test_id=test.test_id,
        state=test.state,
        done=test.done,
        total=test.total,
        problem=test.problem,
        report=report,
    )
