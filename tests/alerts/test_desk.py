"""The stages of a desk: what is held, why, and what costs an interruption."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.care import EVERYONE, DeskReason
from alerts.desk import NO_BUDGET, Desk, DeskPolicy, desk_stages, may_refund, offered
from alerts.flood import Flood
from alerts.records import CoachId, Priority, RedFlag
from tests.alerts.builders import CALL, a_flag

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
ANN = CoachId("ann")
POLICY = DeskPolicy(every=timedelta(minutes=10), burst=2)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def flag(priority: Priority = Priority.MEDIUM) -> RedFlag:
    return replace(a_flag(), priority=priority, raised_at=NOON)


def a_desk(tokens: float = 2.0, *, shown: bool = False) -> Desk:
    known = frozenset({(CALL, flag().rule_id)}) if shown else frozenset()
    return Desk(coach=ANN, tokens=tokens, filled_at=NOON, shown=known)


def test_the_stages_come_in_one_order_each_with_its_reason() -> None:
    """What is known already costs nothing of the budget."""
    assert [stage.reason for stage in desk_stages(POLICY)] == [DeskReason.KNOWN, DeskReason.BUDGET]
    assert [stage.reason for stage in desk_stages(NO_BUDGET)] == [DeskReason.KNOWN]


def test_a_flag_within_the_budget_asks_and_pays() -> None:
    """From that moment on."""
    outcome = offered(flag(), a_desk(), POLICY, NOON)

    assert (outcome.care.asked_at, outcome.care.held, outcome.care.paid) == (NOON, None, True)
    assert outcome.desk.tokens == 1.0


def test_beyond_the_budget_a_flag_is_held_until_there_is_room() -> None:
    """One interruption grows back in ten minutes."""
    empty = a_desk(0.0)

    assert offered(flag(), empty, POLICY, after(9.9)).care.held is DeskReason.BUDGET
    assert offered(flag(), empty, POLICY, after(10)).care.asked_at == after(10)


def test_high_priority_passes_when_the_budget_is_spent() -> None:
    """A coach who has had enough still hears about the worst calls; the budget never goes below nothing."""
    outcome = offered(flag(Priority.HIGH), a_desk(0.0, shown=True), POLICY, NOON)

    assert (outcome.care.held, outcome.care.paid, outcome.desk.tokens) == (None, False, 0.0)


def test_high_priority_uses_up_what_there_is() -> None:
    """An interruption is one, whatever its cause."""
    assert offered(flag(Priority.HIGH), a_desk(1.0), POLICY, NOON).desk.tokens == 0.0


def test_what_this_coach_was_shown_and_has_not_acted_on_is_not_told_twice() -> None:
    """The same rule in the same call."""
    assert offered(flag(), a_desk(shown=True), POLICY, NOON).care.held is DeskReason.KNOWN


def test_a_shared_desk_may_be_interrupted_once_for_each_coach() -> None:
    """What one of them acts on, the others need not."""
    shared = replace(POLICY, sharing=3)

    assert Desk.fresh(EVERYONE, shared, NOON).tokens == 6.0
    assert Desk.fresh(ANN, shared, NOON).tokens == 2.0
    empty = Desk(coach=EVERYONE, tokens=0.0, filled_at=NOON)
    assert empty.filled(shared, after(10)).tokens == pytest.approx(3.0)


def test_a_clock_set_back_gives_nothing() -> None:
    """And what was counted stays counted."""
    assert a_desk(1.0).filled(POLICY, after(-60)) == a_desk(1.0)


def test_only_what_paid_and_was_not_seen_is_refunded() -> None:
    """A coach who saw it was interrupted, even if it is withdrawn later."""
    care = offered(flag(), a_desk(), POLICY, NOON).care

    assert may_refund(care)
    assert not may_refund(replace(care, delivered_at=NOON))
    assert not may_refund(offered(flag(Priority.HIGH), a_desk(0.0), POLICY, NOON).care)
    assert a_desk(2.0).refunded(POLICY).tokens == 2.0


@pytest.mark.parametrize("wrong", [{"burst": -1}, {"every": timedelta()}, {"sharing": 0}])
def test_a_budget_that_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    """At the start, not at the first flag."""
    with pytest.raises(ValueError, match="a budget needs"):
        DeskPolicy(**wrong)  # type: ignore[arg-type] # wrong on purpose


def test_a_flood_begins_above_ten_in_ten_minutes_and_ends_below_five() -> None:
    """So the screen does not flap in between."""
    flood = Flood()
    for minute in range(10):
        flood = flood.told(after(minute / 2))
    assert not flood.on

    flood = flood.told(after(5))

    assert flood.on
    assert flood.seen(after(12.9)).on, "five are left"
    assert not flood.seen(after(13.1)).on, "four are left"
    assert not flood.seen(after(13.1)).told(after(13.2)).on
