"""Dead air, talk-over and share of the talk."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.dynamics import BACK_CHANNEL_S, Conversation
from sentiment.records import Dynamics
from streams.records import CallId, ChannelActivity, Speaker
from tests.sentiment.builders import a_call, an_activity


def flow(activities: Sequence[ChannelActivity], now_s: float) -> Dynamics:
    conversation = Conversation(a_call())
    for activity in activities:
        conversation.feed(activity)
    return conversation.at(now_s)


def test_silence_before_the_first_word_does_not_count() -> None:
    found = flow([], 30.0)

    assert (found.silence_s, found.silence_total_s) == (0.0, 0.0)
    assert found.talk_share == {"customer": 0.0, "agent": 0.0}


def test_dead_air_runs_from_the_last_word_of_either() -> None:
    found = flow([an_activity(0, 5.0, 8.0), an_activity(1, 9.0, 10.0)], 25.0)

    assert found.silence_s == 15.0
    assert found.silence_total_s == 16.0


def test_nobody_is_silent_while_someone_still_speaks() -> None:
    """An open stretch lasts until it is told to be over, however late the news."""
    found = flow([an_activity(0, 5.0, 8.0), an_activity(1, 9.0, 9.5, is_open=True)], 12.0)

    assert found.silence_s == 0.0
    assert found.silence_total_s == 1.0


def test_the_end_of_a_stretch_is_where_it_is_finally_told() -> None:
    """The endpoint is known half a second late, and lies before the last open report."""
    told = [an_activity(0, 5.0, 7.5, is_open=True), an_activity(0, 5.0, 7.0)]

    assert flow(told, 9.0).silence_s == 2.0
    assert flow(told[::-1], 9.0).silence_s == 2.0


def test_talk_over_names_who_began_second() -> None:
    found = flow([an_activity(0, 1.0, 2.0, is_open=True), an_activity(1, 3.0, 3.5, is_open=True)], 7.0)

    assert found.talk_over_s == 4.0
    assert found.interrupter == "agent"


def test_talk_over_that_has_ended_is_only_in_the_total() -> None:
    found = flow([an_activity(0, 1.0, 6.0), an_activity(1, 3.0, 5.0)], 6.0)

    assert found.talk_over_s == 0.0
    assert found.interrupter is None
    assert found.talk_over_total_s == 2.0


def test_two_who_begin_together_interrupt_nobody() -> None:
    found = flow([an_activity(0, 1.0, 2.0, is_open=True), an_activity(1, 1.0, 2.0, is_open=True)], 3.0)

    assert found.talk_over_s == 2.0
    assert found.interrupter is None


def test_a_short_back_channel_is_no_talk_over() -> None:
    found = flow([an_activity(0, 1.0, 6.0, is_open=True), an_activity(1, 3.0, 3.4)], 3.4)

    assert found.talk_over_s == 0.0
    assert found.talk_over_total_s == 0.0


def test_mixed_speech_breaks_silence_and_is_nobody_s_share() -> None:
    conversation = Conversation(a_call(channels=(Speaker.MIXED,)))
    conversation.feed(an_activity(0, 1.0, 4.0, speaker=Speaker.MIXED))

    found = conversation.at(6.0)

    assert found.silence_s == 2.0
    assert found.talk_share == {"customer": 0.0, "agent": 0.0}


@pytest.mark.parametrize(
    ("activity", "message"),
    [
        (replace(an_activity(0, 1.0, 2.0), call_id=CallId("other")), "call other given to call call-1"),
        (an_activity(5, 1.0, 2.0, speaker=Speaker.AGENT), "no channel 5"),
        (an_activity(0, 2.0, 1.0), "before it starts"),
    ],
)
def test_activity_that_cannot_be_is_refused(activity: ChannelActivity, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Conversation(a_call()).feed(activity)


@st.composite
def conversations(draw: st.DrawFn) -> list[ChannelActivity]:
    """Stretches on a grid of a quarter of a second, those of one channel apart from each other."""
    found = []
    for channel in (0, 1):
        at = draw(st.integers(0, 40))
        for pause, length in draw(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), max_size=12)):
            found.append(an_activity(channel, (at + pause) / 4, (at + pause + length) / 4))
            at += pause + length
    return found


def by_hand(activities: Sequence[ChannelActivity], now_s: float) -> tuple[float, float, float, float]:
    """Customer, agent, anyone and silence in seconds, counted quarter by quarter."""
    quarters = range(int(now_s * 4))
    busy = [
        {
            quarter
            for quarter in quarters
            if any(each.channel == channel and each.start_s <= quarter / 4 < each.end_s for each in activities)
        }
        for channel in (0, 1)
    ]
    anyone = busy[0] | busy[1]
    silence = [quarter for quarter in quarters if anyone and min(anyone) <= quarter and quarter not in anyone]
    return len(busy[0]) / 4, len(busy[1]) / 4, len(anyone) / 4, len(silence) / 4


@given(conversations(), st.integers(0, 400))
def test_every_second_after_the_first_word_is_speech_or_silence(activities: list[ChannelActivity], now: int) -> None:
    customer_s, agent_s, anyone_s, silence_s = by_hand(activities, now / 4)

    found = flow(activities, now / 4)

    assert found.silence_total_s == pytest.approx(silence_s)
    shares = sum(found.talk_share.values())
    assert shares == pytest.approx(1.0 if anyone_s else 0.0)
    if anyone_s:
        assert found.talk_share["customer"] == pytest.approx(customer_s / (customer_s + agent_s))
    assert found.talk_over_total_s <= customer_s + agent_s - anyone_s + 1e-9
    assert found.silence_s <= found.silence_total_s + 1e-9


@given(conversations(), st.randoms(use_true_random=False))
def test_the_order_of_telling_does_not_matter(activities: list[ChannelActivity], random: Random) -> None:
    shuffled = activities.copy()
    random.shuffle(shuffled)

    assert flow(shuffled, 50.0) == flow(activities, 50.0)


@given(conversations(), st.lists(st.integers(0, 1600), max_size=20))
def test_looking_often_changes_nothing(activities: list[ChannelActivity], looks: list[int]) -> None:
    """What is folded into totals along the way adds up to the same."""
    told = sorted(activities, key=lambda each: each.end_s)
    conversation, waiting = Conversation(a_call()), list(told)
    for look in sorted(looks):
        while waiting and waiting[0].end_s <= look / 4:
            conversation.feed(waiting.pop(0))
        conversation.at(look / 4)
    for activity in waiting:
        conversation.feed(activity)

    found, expected = conversation.at(500.0), flow(told, 500.0)

    assert found.silence_total_s == pytest.approx(expected.silence_total_s)
    assert found.talk_over_total_s == pytest.approx(expected.talk_over_total_s)
    assert found.talk_share == pytest.approx(expected.talk_share)


def test_a_long_call_is_remembered_as_totals() -> None:
    """Eight hours of talk leave a handful of stretches in memory."""
    conversation = Conversation(a_call())
    for turn in range(3600):
        conversation.feed(an_activity(turn % 2, turn * 8.0, turn * 8.0 + 6.0))
        found = conversation.at(turn * 8.0 + 7.0)

    assert found.talk_share["customer"] == pytest.approx(0.5)
    assert found.silence_total_s == pytest.approx(3599 * 2.0 + 1.0)
    assert len(conversation._recent) < 10


def test_the_shortest_talk_over_counts_whole() -> None:
    found = flow([an_activity(0, 0.0, 2.0), an_activity(1, 2.0 - BACK_CHANNEL_S, 4.0)], 5.0)

    assert found.talk_over_total_s == BACK_CHANNEL_S
