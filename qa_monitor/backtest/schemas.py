"""A back-test as JSON, for scripts and pages."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from qa_monitor.backtest.records import Difference, Occurrence, RuleCount
from qa_monitor.backtest.report import FORMULA, Report, RuleReport
from qa_monitor.schemas.shape import Shape
from streams.records import CallId


class MomentJson(Shape):
    """One flag a rule would tell. Times are seconds of the call's audio."""

    call_id: str
    flag_id: str
    start_s: float
    end_s: float
    speaker: str | None
    text: str
    words: list[str]
    phrase: str
    explanation_en: str
    explanation_fr: str
    clip: str | None
    """Where the seconds around it are served as WAV; the service says null where no audio of them is kept."""


class RuleCountJson(Shape):
    """What came of a rule."""

    hits: int
    calls_hit: int
    flags: int
    held: dict[str, int]


class FlagDifferenceJson(Shape):
    """Flags of the rule tested against those of the rule in force."""

    only_new: int
    only_old: int
    both: int
    only_new_first: list[MomentJson]
    only_old_first: list[MomentJson]


class RuleTestedJson(Shape):
    """One rule over all calls."""

    rule_id: str
    rule_version: str
    name_en: str
    name_fr: str
    found: RuleCountJson
    flags_per_coach_hour: float | None
    listening_min_per_1000_calls: float | None
    told_first: list[MomentJson]
    in_force: RuleCountJson | None
    difference: FlagDifferenceJson | None


class BackTestJson(Shape):
    """A back-test."""

    calls: int
    calls_replayed: int
    call_hours: float
    utterances: int
    elapsed_s: float
    work_min_per_1000_calls: float | None
    agents_per_coach: int
    formula: str
    flags_per_coach_hour: float | None
    rules: list[RuleTestedJson]


def report_json(report: Report) -> BackTestJson:
    """A whole report."""
    return BackTestJson(
        calls=report.amount.calls,
        calls_replayed=report.amount.calls_replayed,
        call_hours=round(report.amount.call_s / 3600, 3),
        utterances=report.amount.utterances,
        elapsed_s=round(report.elapsed_s, 3),
        work_min_per_1000_calls=_rounded(report.work_min_per_1000_calls),
        agents_per_coach=report.agents_per_coach,
        formula=FORMULA,
        flags_per_coach_hour=_rounded(report.flags_per_coach_hour),
        rules=[_rule(one) for one in report.rules],
    )


Moments: TypeAlias = list[MomentJson]


def without_calls(report: BackTestJson, calls: Collection[str]) -> BackTestJson:
    """The same, with no moment of these calls in it; the counts stay."""
    return _changed(report, lambda moments: [one for one in moments if one.call_id not in calls])


def with_kept_clips(report: BackTestJson, kept_s: Callable[[CallId], float]) -> BackTestJson:
    """The same, with no clip where nothing is kept to be heard. `kept_s`: the seconds that are kept of a call."""

    def kept(one: MomentJson) -> MomentJson:
        return one if kept_s(CallId(one.call_id)) > one.start_s else one.model_copy(update={"clip": None})

    return _changed(report, lambda moments: [kept(one) for one in moments])


def _changed(report: BackTestJson, change: Callable[[Moments], Moments]) -> BackTestJson:
    """The same with other moments."""

    def compared(found: FlagDifferenceJson) -> FlagDifferenceJson:
        both = {"only_new_first": change(found.only_new_first), "only_old_first": change(found.only_old_first)}
        return found.model_copy(update=both)

    def tested(rule: RuleTestedJson) -> RuleTestedJson:
        difference = None if rule.difference is None else compared(rule.difference)
        return rule.model_copy(update={"told_first": change(rule.told_first), "difference": difference})

    return report.model_copy(update={"rules": [tested(rule) for rule in report.rules]})


def _rule(one: RuleReport) -> RuleTestedJson:
    return RuleTestedJson(
        rule_id=one.rule.rule_id,
        rule_version=one.rule.rule_version,
        name_en=one.rule.name_en,
        name_fr=one.rule.name_fr,
        found=_count(one.count),
        flags_per_coach_hour=_rounded(one.flags_per_coach_hour),
        listening_min_per_1000_calls=_rounded(one.listening_min_per_1000_calls),
        told_first=[_occurrence(each) for each in one.told],
        in_force=None if one.in_force is None else _count(one.in_force),
        difference=None if one.difference is None else _difference(one.difference),
    )


def _count(count: RuleCount) -> RuleCountJson:
    return RuleCountJson(hits=count.hits, calls_hit=count.calls_hit, flags=count.flags, held=dict(count.held))


def _difference(found: Difference) -> FlagDifferenceJson:
    return FlagDifferenceJson(
        only_new=found.new,
        only_old=found.old,
        both=found.both,
        only_new_first=[_occurrence(each) for each in found.only_new],
        only_old_first=[_occurrence(each) for each in found.only_old],
    )


def _occurrence(one: Occurrence) -> MomentJson:
    return MomentJson(
        call_id=one.call_id,
        flag_id=one.flag_id,
        start_s=one.start_s,
        end_s=one.end_s,
        speaker=None if one.speaker is None else one.speaker.value,
        text=one.text,
        words=list(one.words),
        phrase=one.phrase,
        explanation_en=one.explanation_en,
        explanation_fr=one.explanation_fr,
        clip=one.clip,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
