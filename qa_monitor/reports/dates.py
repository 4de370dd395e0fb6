"""Days, weeks and months as people write them, in both languages. Pure."""

from collections.abc import Mapping
from datetime import date

from qa_monitor.reports.periods import Every, Period, week_begins
from qa_monitor.reports.records import Report
from streams.records import Language

NBSP = "\u00a0"
MONTHS: Mapping[Language, tuple[str, ...]] = {
    Language.EN: ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    Language.FR: (("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")),
}
WEEK: Mapping[Language, str] = {Language.EN: "week of {day}", Language.FR: "semaine du {day}"}
PARTIAL = "†"
"""Behind a week or month that lies only in part within a report."""


def day_name(day: date, language: Language, *, year: bool = True) -> str:
    """`23 Nov 2026`, in French `23 nov. 2026`; the first of a month is `1er` there. Is not broken into lines."""
    number = "1er" if language is Language.FR and day.day == 1 else str(day.day)
    month = MONTHS[language][day.month - 1]
    return NBSP.join([number, month, str(day.year)] if year else [number, month])


def stretch_name(first: date, every: Every, language: Language, *, year: bool = True) -> str:
    """What the day, week or month around a day is called: `week of 16 Nov 2026`, `Nov 2026`."""
    match every:
        case Every.WEEK:
            return WEEK[language].format(day=day_name(week_begins(first), language, year=year))
        case Every.MONTH:
            return f"{MONTHS[language][first.month - 1]}{NBSP}{first.year}"
        case Every.DAY | Every.WHOLE:
            return day_name(first, language, year=year)


def period_name(report: Report, period: Period, language: Language) -> str:
    """In a table: days with their year, weeks where the report's are of more than one; marked where it is a part."""
    year = report.asked.every is not Every.WEEK or _several_years(report)
    return _marked(period, stretch_name(period.first, report.asked.every, language, year=year))


def period_tick(report: Report, period: Period, language: Language) -> str:
    """Below a chart, as short as it can be: of a week its Monday."""
    if report.asked.every is Every.MONTH:
        return period_name(report, period, language)
    day = week_begins(period.first) if report.asked.every is Every.WEEK else period.first
    return _marked(period, day_name(day, language, year=_several_years(report)))


def _several_years(report: Report) -> bool:
    first = report.asked.first
    begins = week_begins(first) if report.asked.every is Every.WEEK else first
    return begins.year != report.asked.last.year


def _marked(period: Period, name: str) -> str:
    return f"{name}{NBSP}{PARTIAL}" if period.cut else name
