"""Reports as JSON."""

from collections.abc import Callable
from functools import partial

from qa_monitor.reports.dates import period_name, period_tick
from qa_monitor.reports.definitions import DEFINITIONS
from qa_monitor.reports.records import Figure, Key, Line, Report
from qa_monitor.reports.schemas import DefinitionJson, FigureJson, LineJson, PeriodJson, ReportJson
from qa_monitor.reports.words import WORDS, line_name, part_name
from qa_monitor.schemas.shape import Bilingual
from streams.records import Language


def report_json(report: Report) -> ReportJson:
    """Takes a moment for many lines."""
    asked = report.asked
    shown = {key: shown_as(report, key) for key in {line.key for line in report.lines}}
    parts = {key: in_words(partial(part_name, report, key)) for key in shown}
    return ReportJson(
        kind=asked.kind,
        by=asked.by,
        every=asked.every,
        zone=asked.zone,
        first=asked.first,
        last=asked.last,
        within_s=asked.within_s,
        made_at=report.made_at or report.periods[-1].until,
        pending=report.pending,
        unread=report.unread,
        withheld=report.withheld,
        definitions=[
            DefinitionJson(name=each.name, unit=each.unit, words=Bilingual(en=each.en, fr=each.fr))
            for each in DEFINITIONS[asked.kind]
        ],
        periods=[
            PeriodJson(
                name=each.name,
                shown=in_words(partial(period_name, report, each)),
                tick=in_words(partial(period_tick, report, each)),
                first=each.first,
                last=each.last,
                since=each.since,
                until=each.until,
                cut=each.cut,
            )
            for each in report.periods
        ],
        lines=[line_json(line, shown[line.key], parts[line.key]) for line in report.lines],
    )


def shown_as(report: Report, key: Key) -> Bilingual:
    """What a line is called."""
    return in_words(partial(line_name, report, key))


def in_words(told: Callable[[Language], str]) -> Bilingual:
    """The same in every language."""
    return Bilingual(**{language.value: told(language) for language in WORDS})


def line_json(line: Line, shown: Bilingual, part_shown: Bilingual) -> LineJson:
    """One line."""
    key = line.key
    return LineJson(
        tenant=key.tenant,
        name=key.name,
        part=key.part,
        shown=shown,
        part_shown=part_shown,
        period=line.period,
        figures={figure.name: figure_json(figure) for figure in line.figures},
    )


def figure_json(figure: Figure) -> FigureJson:
    """One figure."""
    return FigureJson(
        value=figure.value, n=figure.n, low=figure.low, high=figure.high, few=figure.few, risk=figure.risk
    )
