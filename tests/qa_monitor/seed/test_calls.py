"""Seeded calls, before they are kept: believable, lawful, and at the hours at which people call."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from qa_monitor.seed.calendar import arrivals
from qa_monitor.seed.calls import centre, made_calls
from qa_monitor.seed.records import CHANNELS, MadeCall, SeedError, Surge
from qa_monitor.seed.teams import teams
from sentiment.policy import emotion_allowed
from streams.records import Speaker
from tests.qa_monitor.seeding import a_plan

CALLS = 60


@pytest.fixture(scope="module")
def made() -> list[MadeCall]:
    plan = a_plan(CALLS)
    return list(made_calls(plan, centre(plan)))


def test_calls_are_as_many_and_as_long_as_wanted(made: list[MadeCall]) -> None:
    """About eighty utterances each, of both sides."""
    lines = [len(call.spoken.lines) for call in made]

    assert len(made) == CALLS
    assert 60 < sum(lines) / CALLS < 100
    assert all({line.channel for line in call.spoken.lines} == {0, 1} for call in made)


def test_nobody_speaks_twice_at_once(made: list[MadeCall]) -> None:
    """A side's lines follow each other, words are in order, and the call ends after the last."""
    for call in made:
        for channel in range(len(CHANNELS)):
            own = [line for line in call.spoken.lines if line.channel == channel]
            assert all(before.end_cs <= after.start_cs for before, after in pairwise(own))
        for line in call.spoken.lines:
            assert list(line.ends_cs) == sorted({line.start_cs, *line.ends_cs})[1:]
            assert line.end_cs <= call.spoken.end_cs


def test_flow_is_measured_by_the_product(made: list[MadeCall]) -> None:
    """There is talk-over in some calls and silence in all, and every hold is counted."""
    assert any(call.dynamics.talk_over_total_s > 0 for call in made)
    assert all(call.dynamics.silence_total_s > 0 for call in made)
    for call in made:
        held_s = sum((hold.end_s or 0.0) - hold.start_s for hold in call.holds)
        assert call.dynamics.hold_total_s == pytest.approx(held_s)


def test_voices_are_judged_only_where_they_may_be(made: list[MadeCall]) -> None:
    """Notice, consent, and the customer's channel."""
    for call in made:
        spoken = {line.utterance_id: CHANNELS[line.channel] for line in call.spoken.lines}
        assert bool(call.emotions) == emotion_allowed(call.call) == (call.course is not None)
        assert {spoken[score.utterance_id] for score in call.emotions} <= {Speaker.CUSTOMER}
    assert any(call.emotions for call in made)
    assert not all(call.emotions for call in made)


def test_flags_lead_a_life(made: list[MadeCall]) -> None:
    """Raised within the call, then cared for or left, in order of time."""
    lives = [(call, life) for call in made for life in call.flag_lives]

    assert lives
    for call, life in lives:
        moments = [at for at, _ in life]
        assert moments == sorted(moments)
        assert life[0][1].flag.call_id == call.call.call_id
        assert life[0][1].flag.raised_s <= call.ended.end_s + 1


def test_teams_work_at_their_own_hours() -> None:
    """By their clock, also where it is put forward or back in between."""
    plan = a_plan(4000, until=date(2026, 4, 15), days=60)
    late = []
    for arrival in arrivals(plan, teams()):
        here = arrival.at.astimezone(ZoneInfo(arrival.team.zone))
        opens, closes = arrival.team.hours
        if not opens <= here.hour < closes or (here.weekday() == 6 and arrival.team.hours != (0, 24)):
            late.append((arrival.team.team, here))

    assert late == []


def test_a_surge_multiplies_its_reason() -> None:
    """For as long as it lasts, by as much as was planned."""
    from_at = datetime(2026, 5, 12, 8, tzinfo=UTC)
    surge = Surge(reason="outage", starts_at=from_at, lasts=timedelta(hours=8), factor=3.0)

    def told(*surges: Surge) -> Counter[bool]:
        plan = a_plan(8000, days=40, surges=surges)
        during = [one for one in arrivals(plan, teams()) if from_at <= one.at < from_at + timedelta(hours=8)]
        return Counter(one.reason == "outage" for one in during)

    plain, surged = told(), told(surge)

    assert surged[True] / plain[True] == pytest.approx(3.0, rel=0.35)
    assert surged[False] == pytest.approx(plain[False], rel=0.2)


def test_a_plan_without_calls_is_refused() -> None:
    """In words."""
    with pytest.raises(SeedError, match="calls: found 0"):
        a_plan(0)
