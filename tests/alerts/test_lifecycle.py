"""A flag's life, walked at random and by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from alerts.lifecycle import ALLOWED, OPEN, WrongTransition, changed, has_expired, reopened, settled
from alerts.records import FlagState
from tests.alerts.builders import a_flag

ENDS = {FlagState.WITHDRAWN, FlagState.RESOLVED, FlagState.EXPIRED}


class FlagLife(RuleBasedStateMachine):
    """Whatever is tried, in any order, a flag only moves along the allowed changes and never leaves an end."""

    def __init__(self) -> None:
        super().__init__()
        self.flag = a_flag(state=FlagState.RAISED)
        self.walked = [FlagState.RAISED]

    @rule(wanted=st.sampled_from(FlagState))
    def change(self, wanted: FlagState) -> None:
        before = self.flag.state
        if wanted in ALLOWED[before]:
            self.flag = changed(self.flag, wanted)
            self.walked.append(wanted)
        else:
            with pytest.raises(WrongTransition) as caught:
                changed(self.flag, wanted)
            assert (caught.value.found, caught.value.wanted) == (before, wanted)

    @rule(wanted=st.sampled_from([FlagState.CONFIRMED, FlagState.WITHDRAWN]))
    def hear_from_the_engine(self, wanted: FlagState) -> None:
        before = self.flag.state
        try:
            self.flag = settled(self.flag, a_flag(state=wanted))
        except WrongTransition:
            return
        if self.flag.state is not before:
            self.walked.append(self.flag.state)

    @invariant()
    def no_state_twice(self) -> None:
        assert len(set(self.walked)) == len(self.walked)

    @invariant()
    def an_end_is_an_end(self) -> None:
        assert not ENDS.intersection(self.walked[:-1])

    @invariant()
    def only_the_state_changed(self) -> None:
        assert self.flag.moved(FlagState.RAISED) == a_flag(state=FlagState.RAISED)


TestFlagLife = FlagLife.TestCase


def test_every_state_says_where_it_may_go() -> None:
    """No state is forgotten, and none leads to itself or back to raised."""
    assert set(ALLOWED) == set(FlagState)
    assert all(state not in goes and FlagState.RAISED not in goes for state, goes in ALLOWED.items())


def test_a_wrong_change_says_what_is_allowed() -> None:
    """The message names flag, states and the way out."""
    with pytest.raises(WrongTransition) as caught:
        changed(a_flag(state=FlagState.CONFIRMED), FlagState.WITHDRAWN)

    assert str(caught.value) == (
        "flag f1 is confirmed and cannot become withdrawn; allowed: acknowledged, expired, resolved"
    )


def test_a_coach_quicker_than_the_final_keeps_the_acknowledgement() -> None:
    """The confirmation brings its evidence and undoes nothing."""
    acknowledged = replace(
        a_flag(state=FlagState.ACKNOWLEDGED), raised_s=5.0, raised_at=datetime(2025, 3, 3, tzinfo=UTC)
    )
    news = replace(a_flag(state=FlagState.CONFIRMED, start_s=21.0), raised_s=9.0)

    after = settled(acknowledged, news)

    assert after.state is FlagState.ACKNOWLEDGED
    assert (after.start_s, after.raised_s, after.raised_at) == (21.0, 5.0, acknowledged.raised_at)


def test_a_withdrawal_overrules_an_acknowledgement() -> None:
    """What was not said after all asks nobody to act."""
    after = settled(a_flag(state=FlagState.ACKNOWLEDGED), a_flag(state=FlagState.WITHDRAWN))

    assert after.state is FlagState.WITHDRAWN


def test_news_of_another_flag_is_refused() -> None:
    """A mix-up is a fault, not a merge."""
    with pytest.raises(ValueError, match="cannot settle flag f1"):
        settled(a_flag("f1"), a_flag("f2"))


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
moments = st.integers(-100_000, 100_000).map(lambda s: NOON + timedelta(seconds=s))
lives = st.integers(1, 90_000).map(lambda s: timedelta(seconds=s))


@given(st.sampled_from(FlagState), st.none() | moments, moments, moments, lives)
def test_only_what_nobody_took_on_expires_and_only_after_its_time(
    state: FlagState, ended_at: datetime | None, raised_at: datetime, now: datetime, life: timedelta
) -> None:
    """Never while the call goes on, never sooner than promised after the call's end and the flag's own beginning."""
    flag = replace(a_flag(state=state), raised_at=raised_at)
    expired = has_expired(flag, ended_at=ended_at, now=now, life=life)

    if expired:
        assert ended_at is not None
        assert state in OPEN
        assert now - ended_at >= life
        assert now - raised_at >= life
        assert has_expired(flag, ended_at=ended_at, now=now + timedelta(seconds=1), life=life)
        assert changed(flag, FlagState.EXPIRED).state is FlagState.EXPIRED
    elif state in OPEN and ended_at is not None:
        assert has_expired(flag, ended_at=ended_at, now=max(ended_at, raised_at) + life, life=life)


def test_what_is_taken_back_is_open_as_before() -> None:
    """Where the engine has told more since, that is what it is open as; an end stays an end."""
    raised, acknowledged = a_flag(state=FlagState.RAISED), a_flag(state=FlagState.ACKNOWLEDGED)

    assert reopened(acknowledged, raised) == raised
    assert reopened(replace(acknowledged, end_s=9.0), raised).state is FlagState.CONFIRMED
    assert reopened(a_flag(state=FlagState.WITHDRAWN), raised).state is FlagState.WITHDRAWN
