"""Precision from verdicts: the interval, the floor, and whose verdicts count for whom."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.records.verdicts import Said, VerdictCount, VerdictKind
from qa_monitor.rules.precision import ENOUGH, Place, Precision, below_since, by_place, demoted, pooled, wilson
from qa_monitor.rules.rights import Rights
from qa_monitor.rules.wire import rule_json
from streams.records import Language
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.rule_folder import RuleFolder

RULE = ("refund", "1a2b")


def a_count(
    kind: VerdictKind,
    count: int,
    *,
    version: str = "1a2b",
    tenant: str = "default",
    team: str = "north",
    on_trial: bool = False,
) -> VerdictCount:
    return VerdictCount(
        rule_id="refund",
        rule_version=version,
        tenant=tenant,
        team=team,
        language=Language.FR,
        kind=kind,
        count=count,
        on_trial=on_trial,
    )


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (0, 0, 0, 1)],
)
def test_the_interval_is_the_published_one(right: int, of: int, low: float, high: float) -> None:
    """Figures from the literature and from tables."""
    found = wilson(right, of)

    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share_and_narrows_with_more_of_the_same(right: int, wrong: int) -> None:
    few, many = Precision(useful=right, false_alarm=wrong), Precision(useful=10 * right, false_alarm=10 * wrong)

    assert 0 <= few.interval.low <= few.interval.high <= 1
    assert few.share is None or few.interval.low <= few.share + 1e-9
    assert few.share is None or few.share <= few.interval.high + 1e-9
    assert many.interval.high - many.interval.low <= few.interval.high - few.interval.low + 1e-9


def test_already_known_is_right_too() -> None:
    """The rule heard what was said; the coach was merely quicker."""
    found = pooled([a_count(VerdictKind.USEFUL, 1), a_count(VerdictKind.ALREADY_KNOWN, 2)])

    assert (found.verdicts, found.share) == (3, 1.0)


def test_a_few_bad_verdicts_demote_no_rule() -> None:
    """Nor do many good ones, nor does a rule without a floor fall below it."""
    assert not Precision(false_alarm=ENOUGH - 1).below(0.9)
    assert Precision(false_alarm=ENOUGH).below(0.5)
    assert not Precision(false_alarm=ENOUGH).below(None)
    assert not Precision(useful=6, false_alarm=4).below(0.8)  # the upper end still lies above
    assert Precision(useful=12, false_alarm=28).below(0.8)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.05, 0.95))
def test_another_useful_flag_never_demotes(useful: int, wrong: int, floor: float) -> None:
    """And another false alarm never brings a rule back, once there are enough."""
    now = Precision(useful=useful, false_alarm=wrong)

    if now.verdicts >= ENOUGH and not now.below(floor):
        assert not Precision(useful=useful + 1, false_alarm=wrong).below(floor)
    if now.below(floor):
        assert Precision(useful=useful, false_alarm=wrong + 1).below(floor)


def test_verdicts_count_for_their_tenant_and_their_version_alone() -> None:
    """Pooled over the tenant's teams."""
    counts = [
        a_count(VerdictKind.FALSE_ALARM, 6, team="north"),
        a_count(VerdictKind.FALSE_ALARM, 6, team="south"),
        a_count(VerdictKind.FALSE_ALARM, 40, version="old"),
        a_count(VerdictKind.USEFUL, 40, tenant="other"),
    ]

    found = demoted(counts, {RULE: 0.5})

    assert found == {"default": {RULE}, "other": frozenset()}
    assert demoted(counts, {("refund", "new"): 0.5}) == {"default": frozenset(), "other": frozenset()}


def test_verdicts_on_trial_demote_nothing() -> None:
    """Neither by themselves nor beside those on flags that were told."""
    counts = [a_count(VerdictKind.FALSE_ALARM, 40, on_trial=True), a_count(VerdictKind.FALSE_ALARM, ENOUGH - 1)]

    assert demoted(counts, {RULE: 0.5}) == {"default": frozenset()}
    assert demoted([*counts, a_count(VerdictKind.FALSE_ALARM, 1)], {RULE: 0.5}) == {"default": {RULE}}


def test_verdicts_on_trial_are_not_shown_for_a_rule_in_force(tmp_path: Path) -> None:
    """Nor the other way round: a rule that came into force or out of it during a call has flags of both kinds."""
    folder = RuleFolder(tmp_path)
    rules = folder.opened()
    (rule,) = rules.of("default", "north").book.rules
    said = a_count(VerdictKind.USEFUL, 3, version=rule.rule_version)
    said = replace(said, rule_id=rule.rule_id)
    rules.weigh([said, replace(said, count=5, on_trial=True)])

    shown = [rule_json(one, rules, Rights(every=True)) for one in (rule, replace(rule, shadow=True))]

    assert [one.precision.useful for one in shown] == [3, 5]
    assert [[judged.useful for judged in one.judged] for one in shown] == [[3], [5]]
    assert [[place.useful for place in one.by_team] for one in shown] == [[3], [5]]


def test_teams_are_shown_each() -> None:
    counts = [a_count(VerdictKind.USEFUL, 2), a_count(VerdictKind.FALSE_ALARM, 1, team="south")]

    assert by_place(counts, RULE) == {
        Place(tenant="default", team="north", language=Language.FR): Precision(useful=2),
        Place(tenant="default", team="south", language=Language.FR): Precision(false_alarm=1),
    }


@given(st.lists(st.sampled_from(VerdictKind), max_size=60), st.floats(0.05, 0.95))
def test_a_rule_is_demoted_since_the_verdict_that_took_it_below(kinds: list[VerdictKind], floor: float) -> None:
    """Up to the verdict before it was not below; from there to the last one it was."""
    said = [Said(kind=kind, at=NOON + timedelta(minutes=minute)) for minute, kind in enumerate(kinds)]
    since = below_since(said, floor)
    below = [_of(kinds[: count + 1]).below(floor) for count in range(len(kinds))]

    if since is None:
        assert not below or not below[-1]
    else:
        first = next(index for index, one in enumerate(said) if one.at == since)
        assert all(below[first:])
        assert first == 0 or not below[first - 1]


def test_how_many_verdicts_are_still_needed() -> None:
    assert [Precision(useful=count).needed for count in (0, 3, ENOUGH, 40)] == [ENOUGH, ENOUGH - 3, 0, 0]


def _of(kinds: list[VerdictKind]) -> Precision:
    counted = Counter(kinds)
    return Precision(
        useful=counted[VerdictKind.USEFUL],
        false_alarm=counted[VerdictKind.FALSE_ALARM],
        already_known=counted[VerdictKind.ALREADY_KNOWN],
    )
