"""A report as rows of texts, for files. Pure."""

import csv
import io
from collections.abc import Sequence

from qa_monitor.reports.dates import period_name
from qa_monitor.reports.definitions import DEFINITIONS
from qa_monitor.reports.records import Line, Report
from qa_monitor.reports.words import WORDS, line_name, part_name, shown
from qa_monitor.spreadsheets import guarded
from streams.records import Language


def report_csv(report: Report) -> str:
    """One row per line and figure, with stable English names: for other programs, and for pivot tables."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(
        ("kind", "by", "zone", "period", "from", "until", "tenant", "name", "part", "figure", "unit", "value", "n")
        + ("low", "high", "few", "risk")
    )
    asked = report.asked
    units = {each.name: each.unit.value for each in DEFINITIONS[asked.kind]}
    for line in report.lines:
        key, (period, first, last) = line.key, _period(report, line)
        for figure in line.figures:
            rows.writerow(
                (asked.kind.value, asked.by.value, asked.zone, period, first, last)
                + (guarded(key.tenant), guarded(key.name), guarded(key.part), figure.name, units[figure.name])
                + (_plain(figure.value), figure.n, _plain(figure.low), _plain(figure.high))
                + ("yes" if figure.few else "no", "yes" if figure.risk else "no")
            )
    return out.getvalue()


def report_rows(report: Report, language: Language) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Heads and rows for people: one row per line, one column per figure."""
    words, definitions = WORDS[language], DEFINITIONS[report.asked.kind]
    parts = any(line.key.part for line in report.lines)
    heads = [words.by[report.asked.by], *([words.part] if parts else []), words.period]
    heads += [each.fr if language is Language.FR else each.en for each in definitions]
    rows = []
    for line in report.lines:
        figures = [shown(figure, each, language) for figure, each in zip(line.figures, definitions, strict=True)]
        period = words.whole if line.period is None else period_name(report, report.periods[line.period], language)
        part = [part_name(report, line.key, language)] if parts else []
        rows.append([line_name(report, line.key, language), *part, period, *figures])
    return heads, rows


def _period(report: Report, line: Line) -> tuple[str, str, str]:
    if line.period is None:
        return "whole", report.asked.first.isoformat(), report.asked.last.isoformat()
    period = report.periods[line.period]
    return period.name, period.first.isoformat(), period.last.isoformat()


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}" if value % 1 else f"{value:.0f}"
