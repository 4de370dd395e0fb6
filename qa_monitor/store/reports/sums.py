"""Counts and sums for reports, by period and line, over the narrow tables of figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, case, column, func, not_, or_, table

from qa_monitor.people.sight import Sight
from qa_monitor.reports.customers import SCALES
from qa_monitor.reports.lines import added
from qa_monitor.reports.periods import Period
from qa_monitor.reports.records import Asked, Key, Kind, Sums, Tally
from qa_monitor.reports.repeats import Repeated
from qa_monitor.store.reports.question import CALLS, WAITS, Question, Sum, stretches_of
from qa_monitor.store.shared.sights import score_is_shown
from qa_monitor.store.tables import schema
from streams.records import Direction

figures, counted, surveys, waits = schema.call_figures, schema.flag_figures, schema.surveys, schema.waits
scores = table(
    "call_scores", column("call_id"), column("scorecard_id"), column("total"), column("failed"), column("current")
)
"""Kept by the scorecards: these columns are all that reports know of them."""


def sum_up(connection: Connection, asked: Asked, periods: Sequence[Period], sight: Sight) -> Sequence[Tally]:
    """Everything but occupancy."""
    question = Question(asked=asked, stretches=stretches_of(periods), sight=sight)
    match asked.kind:
        case Kind.SERVICE:
            return question.ask(connection, WAITS, waits, _service_sums(asked.within_s))
        case Kind.FLAGS:
            return _with_calls(connection, question, _flags(connection, question))
        case Kind.SURVEYS:
            return _with_calls(connection, question, _surveys(connection, question))
        case Kind.SCORES:
            joined = figures.join(scores, scores.c.call_id == figures.c.call_id)
            shown = and_(scores.c.current == 1, score_is_shown(sight, scores))
            return question.ask(connection, CALLS, joined, _score_sums(), scores.c.scorecard_id, shown)
        case _:
            return question.ask(connection, CALLS, figures, _call_sums())


def _squared(name: str, value: ColumnElement[float]) -> dict[str, Sum]:
    """A sum, and that of the squares."""
    return {name: func.sum(value), f"{name}2": func.sum(value * value)}


def _number(condition: ColumnElement[bool]) -> Sum:
    """How many rows it holds for. The sum of a condition itself would come back as one."""
    return func.sum(case((condition, 1), else_=0))


def _call_sums() -> Mapping[str, Sum]:
    return {
        "calls": func.count(),
        "inbound": _number(figures.c.direction == Direction.INBOUND.value),
        "timed": func.count(figures.c.duration_s),
        **_squared("handle_s", figures.c.duration_s),
        "split": func.count(figures.c.talk_s),
        **_squared("talk_s", figures.c.talk_s),
        **_squared("hold_s", figures.c.hold_s),
        **_squared("silence_s", figures.c.silence_s),
        "told_apart": func.count(figures.c.talk_over_s),
        **_squared("talk_over_s", figures.c.talk_over_s),
        "read": _number(figures.c.repeated.in_([Repeated.YES.value, Repeated.NO.value])),
        "repeats": _number(figures.c.repeated == Repeated.YES.value),
    }


def _score_sums() -> Mapping[str, Sum]:
    return {
        "scored": func.count(scores.c.total),
        **_squared("mean", scores.c.total),
        "failed": _number(scores.c.failed == 1),
    }


def _service_sums(within_s: float) -> Mapping[str, Sum]:
    soon, waited_s = waits.c.waited_s <= within_s, case((waits.c.answered, waits.c.waited_s))
    return {
        "offered": func.count(),
        "answered": _number(waits.c.answered),
        "in_time": _number(and_(waits.c.answered, soon)),
        "gave_up_soon": _number(and_(not_(waits.c.answered), soon)),
        **_squared("wait_s", waited_s),
    }


def _flags(connection: Connection, question: Question) -> list[Tally]:
    joined = figures.join(counted, counted.c.call_id == figures.c.call_id)
    names = ("told", "useful", "false_alarm", "already_known")
    return question.ask(
        connection, CALLS, joined, {name: func.sum(counted.c[name]) for name in names}, counted.c.rule_id
    )


def _surveys(connection: Connection, question: Question) -> list[Tally]:
    joined = figures.join(surveys, surveys.c.call_id == figures.c.call_id)
    satisfied = or_(
        *(and_(surveys.c.kind == kind.value, surveys.c.value >= scale.satisfied) for kind, scale in SCALES.items())
    )
    against = or_(
        *(and_(surveys.c.kind == kind.value, surveys.c.value <= scale.against) for kind, scale in SCALES.items())
    )
    sums: Mapping[str, Sum] = {
        "answers": func.count(),
        "satisfied": _number(satisfied),
        "detractors": _number(against),
        **_squared("score", surveys.c.value),
    }
    return question.ask(connection, CALLS, joined, sums, surveys.c.kind)


def _with_calls(connection: Connection, question: Question, found: Sequence[Tally]) -> list[Tally]:
    """The same with the calls of each line beside, of which shares and rates are; and a line for all parts together.

    A rule that was silent in a period was so over all calls of that period.
    """
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    told: dict[tuple[Key, int], Sums] = {}
    for tally in found:
        parts[tally.key.tenant, tally.key.name].add(tally.key.part)
        told[tally.key, tally.period] = tally.sums
    every: list[Tally] = []
    for calls in question.ask(connection, CALLS, figures, {"calls": func.count()}):
        tenant, name, period = calls.key.tenant, calls.key.name, calls.period
        own = {part: told.get((Key(tenant, name, part), period), {}) for part in sorted(parts[tenant, name])}
        every.append(Tally(key=calls.key, period=period, sums=added([calls.sums, *own.values()])))
        every.extend(
            Tally(key=Key(tenant, name, part), period=period, sums={**calls.sums, **sums}) for part, sums in own.items()
        )
    return every
