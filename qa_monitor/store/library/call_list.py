"""The queries that list calls by their facts, page by page, and those that show what there is to choose from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, inspect, select

from qa_monitor.library.records import (
    MOST_COUNTED,
    Asked,
    CallFacts,
    CallFilter,
    Choices,
    Cursor,
    FoundCall,
    FoundPage,
    Sort,
)
from qa_monitor.library.sampling import Candidate
from qa_monitor.library.snippets import Line, find_snippets
from qa_monitor.library.text_query import Term
from qa_monitor.people.sight import Sight
from qa_monitor.records.calls import CallState
from qa_monitor.store.library.conditions import conditions, is_over, scores
from qa_monitor.store.library.order import order_of
from qa_monitor.store.library.word_search import may_hold
from qa_monitor.store.shared.cells import AnyRow, language_or_none
from qa_monitor.store.shared.sights import is_seen, score_is_shown
from qa_monitor.store.tables import schema
from qa_monitor.store.tables.voice import of_course
from sentiment.records import CourseState, Trend
from streams.records import CallId, Direction, Speaker

facts, rules, agents = schema.call_facts, schema.call_rules, schema.call_agents
courses, utterances = schema.courses, schema.utterances
NAMES = (
    *("number", "tenant", "team", "agent_id", "agents", "began_at", "duration_s", "talk_over_s", "silence_s", "hold_s"),
    *("flags_high", "flags_medium", "flags_low", "held", "useful", "false_alarm", "already_known"),
)
"""Facts that are shown as they are kept."""


def find_page(connection: Connection, asked: Asked, sight: Sight) -> FoundPage:
    """One page of calls, with where their words were said, and how many there are in all."""
    wanted = tuple(conditions(asked.filter, sight))
    order, scored = order_of(asked.sort, sight), has_scores(connection)
    if not scored and (asked.sort is Sort.SCORE or asks_for_scores(asked.filter)):
        return FoundPage(calls=(), next=None, count=0, more=False)
    query = select(facts, order.value.label("sorted_by")).where(*wanted, *order.after(asked.after))
    rows = connection.execute(query.order_by(*order.by).limit(asked.limit + 1)).all()
    page, last = rows[: asked.limit], None
    if len(rows) > asked.limit:
        last = Cursor(sort=asked.sort, value=order.written(page[-1].sorted_by), number=page[-1].number)
    # what fits on the first page is counted already
    counted = len(rows) if asked.after is None and last is None else count_some(connection, wanted)
    felt, judged = find_courses(connection, page), find_scores(connection, page, sight)
    wanted_words = asked.filter.text.wanted
    said = find_lines(connection, page, wanted_words) if wanted_words else {}
    return FoundPage(
        calls=tuple(
            FoundCall(
                facts=call_facts(row, felt.get(row.call_id, NOT_FELT), judged.get(row.call_id, NOT_JUDGED)),
                snippets=find_snippets(said.get(row.call_id, ()), wanted_words),
            )
            for row in page
        ),
        next=last,
        count=min(counted, MOST_COUNTED),
        more=counted > MOST_COUNTED,
    )


def count_some(connection: Connection, wanted: Sequence[ColumnElement[bool]]) -> int:
    """How many calls there are, up to one more than is told."""
    found = select(facts.c.number).where(*wanted).limit(MOST_COUNTED + 1).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def find_named(connection: Connection, call_ids: Sequence[CallId], sight: Sight) -> Mapping[CallId, FoundCall]:
    """Those of these calls that are kept and may be seen."""
    rows = connection.execute(select(facts).where(facts.c.call_id.in_(call_ids), is_seen(sight, facts))).all()
    felt, judged = find_courses(connection, rows), find_scores(connection, rows, sight)
    return {
        CallId(row.call_id): FoundCall(
            facts=call_facts(row, felt.get(row.call_id, NOT_FELT), judged.get(row.call_id, NOT_JUDGED))
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """How a customer was at the end."""

    course: CourseState | None = None
    trend: Trend | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a call scored."""

    total: float | None = None
    failed: bool | None = None


NOT_FELT, NOT_JUDGED = Felt(), Judged()


def call_facts(row: AnyRow, felt: Felt, judged: Judged) -> CallFacts:
    """A row of facts, with what is kept apart from them."""
    plain = {name: row._mapping[name] for name in NAMES}
    read = {
        "call_id": CallId(row.call_id),
        "direction": Direction(row.direction),
        "language": language_or_none(row.language),
        "state": CallState(row.state),
        "course": felt.course,
        "trend": felt.trend,
        "score": judged.total,
        "failed": judged.failed,
    }
    return CallFacts(**(plain | read))


def find_courses(connection: Connection, rows: Sequence[AnyRow]) -> Mapping[str, Felt]:
    """How the customers of these calls were at the end."""
    state, trend = of_course("state"), of_course("trend")
    query = select(courses.c.call_id, state.label("state"), trend.label("trend"))
    return {
        row.call_id: Felt(course=CourseState(row.state), trend=None if row.trend is None else Trend(row.trend))
        for row in connection.execute(query.where(courses.c.call_id.in_([row.call_id for row in rows])))
    }


def has_scores(connection: Connection) -> bool:
    """Whether calls are scored at all in this database."""
    return inspect(connection).has_table(scores.name)


def asks_for_scores(asked: CallFilter) -> bool:
    """Only calls that are scored can be meant."""
    return bool(asked.score) or asked.failed is not None


def find_scores(connection: Connection, rows: Sequence[AnyRow], sight: Sight) -> Mapping[str, Judged]:
    """What these calls scored, by the scorecard in force; the lower one where there are several."""
    if not has_scores(connection):
        return {}
    query = select(scores.c.call_id, scores.c.total, scores.c.failed).where(
        scores.c.current, score_is_shown(sight, scores), scores.c.call_id.in_([row.call_id for row in rows])
    )
    return {
        row.call_id: Judged(total=row.total, failed=bool(row.failed))
        for row in connection.execute(query.order_by(scores.c.total.desc()))
    }


def find_lines(connection: Connection, rows: Sequence[AnyRow], terms: Sequence[Term]) -> Mapping[str, Sequence[Line]]:
    """What was said in these calls, in order; most of what holds none of the words is left out."""
    columns = (utterances.c.call_id, utterances.c.start_s, utterances.c.speaker, utterances.c.text)
    query = select(*columns).where(
        utterances.c.call_id.in_([row.call_id for row in rows]), may_hold(utterances.c.text, terms)
    )
    said: dict[str, list[Line]] = defaultdict(list)
    for call_id, start_s, speaker, text in connection.execute(query.order_by(utterances.c.start_s)):
        said[call_id].append(Line(start_s=start_s, speaker=Speaker(speaker), text=text))
    return said


def find_choices(connection: Connection, sight: Sight) -> Choices:
    """What calls can be filtered by, in the order of the alphabet."""
    seen = select(agents.c.team, agents.c.agent_id, facts.c.tenant).distinct()
    rows = connection.execute(
        seen.join_from(agents, facts, facts.c.call_id == agents.c.call_id).where(is_seen(sight, facts))
    ).all()
    ruled = select(rules.c.rule_id).distinct()
    if not sight.every:
        ruled = ruled.join_from(rules, facts, facts.c.call_id == rules.c.call_id).where(is_seen(sight, facts))
    return Choices(
        tenants=tuple(sorted({row.tenant for row in rows})),
        teams=tuple(sorted({row.team for row in rows} - {""})),
        agents=tuple(sorted({row.agent_id for row in rows} - {""})),
        rules=tuple(sorted(connection.execute(ruled).scalars())),
    )


def find_candidates(connection: Connection, asked: CallFilter, sight: Sight, rules_too: bool) -> tuple[Candidate, ...]:
    """Calls that are over, in the order they began."""
    scored = has_scores(connection)
    if not scored and asks_for_scores(asked):
        return ()
    wanted = (is_over(), *conditions(asked, sight))
    columns = ("call_id", "tenant", "team", "agent_id", "flags_high", "flags_medium", "flags_low")
    query = select(*(facts.c[name] for name in columns), of_course("state").label("course"))
    rows = connection.execute(
        query.outerjoin_from(facts, courses, courses.c.call_id == facts.c.call_id)
        .where(*wanted)
        .order_by(facts.c.began_at, facts.c.number)
    ).all()
    those = select(facts.c.call_id).where(*wanted)
    judged: dict[str, AnyRow] = {}
    if scored:
        current = select(scores).where(scores.c.current, score_is_shown(sight, scores))
        found = connection.execute(current.where(scores.c.call_id.in_(those)).order_by(scores.c.total.desc()))
        judged = {row.call_id: row for row in found}
    did: dict[str, list[str]] = defaultdict(list)
    if rules_too:
        flagged = select(rules.c.call_id, rules.c.rule_id).where(rules.c.flagged > 0, rules.c.call_id.in_(those))
        for row in connection.execute(flagged.order_by(rules.c.rule_id)):
            did[row.call_id].append(row.rule_id)
    return tuple(
        Candidate(
            **{name: row._mapping[name] for name in columns},
            course=None if row.course is None else CourseState(row.course),
            score=judged[row.call_id].total if row.call_id in judged else None,
            failed=row.call_id in judged and bool(judged[row.call_id].failed),
            rules=tuple(did[row.call_id]),
        )
        for row in rows
    )
