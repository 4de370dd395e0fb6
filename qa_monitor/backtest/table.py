"""A back-test as lines for a terminal. Pure."""

from collections.abc import Iterator

from qa_monitor.backtest.records import Occurrence
from qa_monitor.backtest.report import FORMULA, Report, RuleReport

HEADINGS = (
    "rule",
    "hits",
    "calls hit",
    "flags",
    "held",
    "flags per coach-hour",
    "minutes to listen to, per 1,000 calls",
)


def row(one: RuleReport) -> tuple[str, ...]:
    """One rule, under `HEADINGS`."""
    held = ", ".join(f"{count} {reason}" for reason, count in sorted(one.count.held.items()))
    return (
        one.rule.rule_id,
        str(one.count.hits),
        str(one.count.calls_hit),
        str(one.count.flags),
        held,
        _figure(one.flags_per_coach_hour, "{:.2f}"),
        _figure(one.listening_min_per_1000_calls, "{:.1f}"),
    )


def summary(report: Report) -> Iterator[str]:
    """The whole in a few lines."""
    amount = report.amount
    yield (
        f"{amount.calls} calls, {amount.call_s / 3600:.1f} hours, {amount.utterances} utterances; "
        f"{amount.calls_replayed} calls replayed in full"
    )
    yield f"{FORMULA}; agents per coach: {report.agents_per_coach}"
    yield f"all rules together: {_figure(report.flags_per_coach_hour, '{:.2f}')} flags per coach-hour"
    work = _figure(report.work_min_per_1000_calls, "{:.3f}")
    yield f"{report.elapsed_s:.2f} s; {work} minutes of work per 1,000 calls"


def changes(one: RuleReport) -> Iterator[str]:
    """What differs from the rule in force."""
    if one.difference is None:
        return
    found = one.difference
    whether = "" if one.in_force is not None else " (not in force)"
    yield f"{one.rule.rule_id}{whether}: {found.both} in both, {found.new} only in new, {found.old} only in old"
    yield from _listed("+", found.only_new, found.new)
    yield from _listed("-", found.only_old, found.old)


def flags(one: RuleReport) -> Iterator[str]:
    """The first flags of a rule."""
    yield f"{one.rule.rule_id}: {one.count.flags} flags"
    yield from _listed(" ", one.told, one.count.flags)


def moment(one: Occurrence) -> str:
    """When, in which call, what was said, and where to hear it."""
    at = f"{int(one.start_s // 60)}:{one.start_s % 60:04.1f}"
    return f"{one.call_id} at {at}  {' '.join(one.words) or one.explanation_en or one.text}  {one.clip}"


def _listed(sign: str, shown: tuple[Occurrence, ...], count: int) -> Iterator[str]:
    yield from (f"  {sign} {moment(one)}" for one in shown)
    if count > len(shown):
        yield f"    and {count - len(shown)} more"


def _figure(value: float | None, form: str) -> str:
    return "unknown" if value is None else form.format(value)
