"""How often a rule is right, from coaches' verdicts, and when it is wrong too often to be told. Pure.

Right is a flag that was useful or already known; wrong is a false alarm. A rule falls below its floor when even the
upper end of its 95 % interval lies below it, after at least `ENOUGH` verdicts: a few unlucky calls demote no rule, and
a rule that is often wrong is demoted while the proof is still short. Verdicts count for one version of a rule, so a
rule that was rewritten starts afresh; they are pooled over a tenant's teams and languages to decide, and shown for
each. Verdicts of one tenant never demote a rule for another, and those on a rule on trial never demote any.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from qa_monitor.records.verdicts import Said, VerdictCount, VerdictKind
from qa_monitor.rules.ruleset import RuleVersion
from streams.records import Language

ENOUGH = 10
"""Verdicts before a rule may be demoted."""
Z_95 = 1.959964
"""Standard deviations on either side that hold 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The shares between which the true one lies in 95 of 100 cases."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Verdicts on a rule, counted."""

    useful: int = 0
    false_alarm: int = 0
    already_known: int = 0

    @property
    def verdicts(self) -> int:
        """All of them."""
        return self.useful + self.false_alarm + self.already_known

    @property
    def share(self) -> float | None:
        """Of the flags with a verdict, how many were right; none without one."""
        return (self.useful + self.already_known) / self.verdicts if self.verdicts else None

    @property
    def needed(self) -> int:
        """How many more verdicts it takes before a floor can be judged."""
        return max(0, ENOUGH - self.verdicts)

    @property
    def interval(self) -> Interval:
        """Wilson's, which stays within 0 and 1 and is honest about few verdicts."""
        return wilson(self.useful + self.already_known, self.verdicts)

    def below(self, floor: float | None) -> bool:
        """Whether it is wrong too often for this floor; never without one."""
        return floor is not None and self.verdicts >= ENOUGH and self.interval.high < floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where verdicts come from."""

    tenant: str
    team: str
    language: Language | None


def wilson(right: int, of: int) -> Interval:
    """The 95 % interval of a share; all of 0 to 1 where nothing was counted."""
    if of == 0:
        return Interval(low=0.0, high=1.0)
    share, squared = right / of, Z_95**2
    middle = share + squared / (2 * of)
    reach = Z_95 * sqrt(share * (1 - share) / of + squared / (4 * of**2))
    whole = 1 + squared / of
    return Interval(low=max(0.0, (middle - reach) / whole), high=min(1.0, (middle + reach) / whole))


def pooled(counts: Iterable[VerdictCount]) -> Precision:
    """All of these together."""
    by_kind: Counter[VerdictKind] = Counter()
    for one in counts:
        by_kind[one.kind] += one.count
    return _precision(by_kind)


def by_place(counts: Iterable[VerdictCount], rule: RuleVersion) -> Mapping[Place, Precision]:
    """One version of a rule, per team and language."""
    own = [one for one in counts if (one.rule_id, one.rule_version) == rule]
    places = dict.fromkeys(_place(one) for one in own)
    return {place: pooled(one for one in own if _place(one) == place) for place in places}


def demoted(
    counts: Iterable[VerdictCount], floors: Mapping[RuleVersion, float]
) -> Mapping[str, frozenset[RuleVersion]]:
    """Per tenant, the rules below their floor. `floors`: of the rules that have one."""
    by_tenant: dict[str, dict[RuleVersion, list[VerdictCount]]] = {}
    for one in (told for told in counts if not told.on_trial):
        by_tenant.setdefault(one.tenant, {}).setdefault((one.rule_id, one.rule_version), []).append(one)
    return {
        tenant: frozenset(rule for rule, own in rules.items() if pooled(own).below(floors.get(rule)))
        for tenant, rules in by_tenant.items()
    }


def below_since(said: Iterable[Said], floor: float) -> datetime | None:
    """When a rule fell below its floor and did not rise again; none where it is not below. In order of time."""
    counted: Counter[VerdictKind] = Counter()
    since: datetime | None = None
    for one in said:
        counted[one.kind] += 1
        if not _precision(counted).below(floor):
            since = None
        elif since is None:
            since = one.at
    return since


def _precision(by_kind: Counter[VerdictKind]) -> Precision:
    return Precision(
        useful=by_kind[VerdictKind.USEFUL],
        false_alarm=by_kind[VerdictKind.FALSE_ALARM],
        already_known=by_kind[VerdictKind.ALREADY_KNOWN],
    )


def _place(one: VerdictCount) -> Place:
    return Place(tenant=one.tenant, team=one.team, language=one.language)
