"""What calls are asked for, as conditions of a query over their facts."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, and_, column, or_, select, table

from alerts.records import Priority
from qa_monitor.library.records import Bounds, CallFilter
from qa_monitor.people.sight import Sight
from qa_monitor.records.calls import CallState
from qa_monitor.store.library.word_search import says
from qa_monitor.store.shared.sights import is_seen, score_is_shown
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.voice import of_course

facts, rules, agents, courses = schema.call_facts, schema.call_rules, schema.call_agents, schema.courses
scores = table("call_scores", column("call_id"), column("total"), column("failed"), column("current"))
FLAGS = {Priority.HIGH: facts.c.flags_high, Priority.MEDIUM: facts.c.flags_medium, Priority.LOW: facts.c.flags_low}


def conditions(asked: CallFilter, sight: Sight) -> Iterator[ColumnElement[bool]]:
    """All of them must hold."""
    yield is_seen(sight, facts)
    yield from says(asked.text)
    yield from _when(asked)
    yield from _one_of(asked)
    for measured in ("duration_s", "talk_over_s", "silence_s", "hold_s"):
        # as a sum: most calls are neither very short nor very long, and an index would lead to all of them one by one
        yield from within(facts.c[measured] + 0, getattr(asked, measured))
    yield from _with(asked)
    yield from _flagged(asked)
    yield from _felt(asked)
    yield from _scored(asked, sight)


def in_order(call_ids: Select[str]) -> ColumnElement[bool]:
    """The call is one of these: many, so that calls are gone through in the order of the list until a page is full.

    The column is hidden in an expression: its index would lead to every one of them, to sort them all.
    """
    return (facts.c.call_id + "").in_(call_ids)


def within(value: ColumnElement[float], bounds: Bounds) -> Iterator[ColumnElement[bool]]:
    """From one number to another."""
    if bounds.least is not None:
        yield value >= bounds.least
    if bounds.most is not None:
        yield value <= bounds.most


def _when(asked: CallFilter) -> Iterator[ColumnElement[bool]]:
    if asked.since is not None:
        yield facts.c.began_at >= asked.since
    if asked.until is not None:
        yield facts.c.began_at < asked.until


def _one_of(asked: CallFilter) -> Iterator[ColumnElement[bool]]:
    choices: tuple[tuple[ColumnElement[str], Sequence[str]], ...] = (
        (facts.c.tenant, asked.tenants),
        (facts.c.language, asked.languages),
        (facts.c.direction, asked.directions),
        (facts.c.state, asked.states),
    )
    for chosen, values in choices:
        if values:
            yield chosen.in_([str(value) for value in values])


def _with(asked: CallFilter) -> Iterator[ColumnElement[bool]]:
    """One part of the call was this agent's, in this team."""
    people = [
        each.in_(names) for each, names in ((agents.c.team, asked.teams), (agents.c.agent_id, asked.agents)) if names
    ]
    if people:
        own = select(agents.c.call_id).where(*people)
        # of an agent there are few calls, of a team many
        yield facts.c.call_id.in_(own) if asked.agents else in_order(own)


def _flagged(asked: CallFilter) -> Iterator[ColumnElement[bool]]:
    if asked.rules:
        did = or_(rules.c.flagged > 0, rules.c.held > 0) if asked.held else rules.c.flagged > 0
        yield in_order(select(rules.c.call_id).where(rules.c.rule_id.in_(asked.rules), did))
    elif asked.held:
        yield facts.c.held > 0
    bounds = asked.flags if asked.flags or asked.priority is None else Bounds(least=1)
    if bounds:
        least = asked.priority or Priority.LOW
        high, *others = [counted for priority, counted in FLAGS.items() if priority >= least]
        yield from within(sum(others, start=high), bounds)
    if asked.verdicts:
        yield or_(*(facts.c[kind.value] > 0 for kind in asked.verdicts))


def _felt(asked: CallFilter) -> Iterator[ColumnElement[bool]]:
    """How the customer was: read where it is kept, on the terms of its consent, and nowhere else."""
    wanted = [
        of_course(name).in_([str(value) for value in values])
        for name, values in (("state", asked.courses), ("trend", asked.trends))
        if values
    ]
    if wanted:
        yield in_order(select(courses.c.call_id).where(*wanted))


def _scored(asked: CallFilter, sight: Sight) -> Iterator[ColumnElement[bool]]:
    wanted = [*within(scores.c.total, asked.score)]
    if asked.failed is not None:
        wanted.append(scores.c.failed == asked.failed)
    if wanted:
        shown = score_is_shown(sight, scores)
        yield in_order(select(scores.c.call_id).where(scores.c.current, shown, and_(*wanted)))


def is_over() -> ColumnElement[bool]:
    """The call has ended."""
    return facts.c.state != CallState.LIVE.value
