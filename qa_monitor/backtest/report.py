"""What a back-test says of each rule, and the formulas behind it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa_monitor.backtest.records import Amount, Difference, Occurrence, RuleCount, Share

AGENTS_PER_COACH = 20
FORMULA = "flags per coach-hour = flags / hours of calls x agents per coach, as if every agent were always on a call"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleName:
    """A rule that was tested."""

    rule_id: str
    rule_version: str
    name_en: str
    name_fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """One rule over all calls."""

    rule: RuleName
    count: RuleCount
    flags_per_coach_hour: float | None
    """None where no call was asked for."""
    listening_min_per_1000_calls: float | None
    """Minutes it takes to play the clips of its flags."""
    told: tuple[Occurrence, ...]
    in_force: RuleCount | None
    """The same rule as in force; none where it is not in force, or nothing is compared."""
    difference: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A back-test."""

    amount: Amount
    elapsed_s: float
    """Wall seconds."""
    agents_per_coach: int
    rules: tuple[RuleReport, ...]
    flags_per_coach_hour: float | None
    """Of all rules together."""
    work_min_per_1000_calls: float | None
    """Processor minutes of this test."""


def report(
    share: Share, rules: Sequence[RuleName], *, in_force: Collection[str] | None, elapsed_s: float, agents: int
) -> Report:
    """`in_force`: ids of the rules it is compared with; none where nothing is compared."""
    amount = share.amount
    flags = sum(share.new[rule.rule_id].flags for rule in rules if rule.rule_id in share.new)
    return Report(
        amount=amount,
        elapsed_s=elapsed_s,
        agents_per_coach=agents,
        rules=tuple(_rule(share, rule, in_force, agents) for rule in rules),
        flags_per_coach_hour=_per_coach_hour(flags, amount, agents),
        work_min_per_1000_calls=_per_1000(amount.work_s / 60, amount),
    )


def _rule(share: Share, rule: RuleName, in_force: Collection[str] | None, agents: int) -> RuleReport:
    count = share.new.get(rule.rule_id, RuleCount())
    return RuleReport(
        rule=rule,
        count=count,
        flags_per_coach_hour=_per_coach_hour(count.flags, share.amount, agents),
        listening_min_per_1000_calls=_per_1000(count.listening_s / 60, share.amount),
        told=share.told.get(rule.rule_id, ()),
        in_force=share.old.get(rule.rule_id, RuleCount()) if rule.rule_id in (in_force or ()) else None,
        difference=share.differences.get(rule.rule_id, Difference()) if in_force is not None else None,
    )


def _per_coach_hour(flags: int, amount: Amount, agents: int) -> float | None:
    return flags / (amount.call_s / 3600) * agents if amount.call_s else None


def _per_1000(minutes: float, amount: Amount) -> float | None:
    return minutes / amount.calls * 1000 if amount.calls else None
