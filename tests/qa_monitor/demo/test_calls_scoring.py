"""Flags are held against the truth fairly: by call, rule, speaker and moment."""

import pytest

from qa_monitor.demo.follow import EventReader, ServerEvent
from qa_monitor.demo.scoring import SeenFlag, percentile, score_call
from qa_monitor.demo.truth import CallTruth, ExpectedFlag, Mention
from streams.records import CallId, Direction, Language, Speaker

CALL = CallId("call-1")
REFUND = ExpectedFlag(rule_id="refund", speaker=Speaker.CUSTOMER, phrase="money back", due_s=10.0)
DEAD_AIR = ExpectedFlag(rule_id="dead_air", speaker=None, phrase="", due_s=40.0)
TRAP = Mention(rule_id="cancellation", speaker=Speaker.CUSTOMER, phrase="cancel", start_s=20.0, end_s=24.0)
SENT_AT_S = {REFUND: 110.0, DEAD_AIR: 140.0}


MAY = Mention(rule_id="broken_promise", speaker=Speaker.CUSTOMER, phrase="nobody called", start_s=30.0, end_s=34.0)


def a_truth(*expected: ExpectedFlag) -> CallTruth:
    """A call with one trap, and words that may raise a flag."""
    return CallTruth(
        call_id="call",
        language=Language.EN,
        agent_id="agent-1",
        team="support",
        direction=Direction.INBOUND,
        quick=False,
        duration_s=60.0,
        utterances=(),
        expected=expected,
        must_not=(TRAP,),
        may=(MAY,),
    )


def a_flag(
    rule_id: str = "refund",
    *,
    speaker: str | None = "customer",
    end_s: float = 10.0,
    seen_s: float = 111.0,
    withdrawn: bool = False,
) -> SeenFlag:
    """A flag on the last second of a phrase."""
    return SeenFlag(
        flag_id=f"{rule_id}-{end_s}",
        call_id=CALL,
        rule_id=rule_id,
        priority="medium",
        speaker=speaker,
        start_s=end_s - 1,
        end_s=end_s,
        first_seen_s=seen_s,
        withdrawn=withdrawn,
    )


def test_an_expected_flag_is_found_with_its_latency() -> None:
    """From the phrase as sent to the flag as seen."""
    score = score_call(CALL, a_truth(REFUND), [a_flag(seen_s=111.25)], SENT_AT_S)

    assert [found.latency_s for found in score.found] == [1.25]
    assert (score.missing, score.extra) == ((), ())


@pytest.mark.parametrize(
    "flag",
    [a_flag("complaint"), a_flag(speaker="agent"), a_flag(end_s=30.0), a_flag(end_s=3.0)],
    ids=["another rule", "another speaker", "much later", "much earlier"],
)
def test_another_flag_is_extra_and_the_expected_one_missing(flag: SeenFlag) -> None:
    """A flag at the wrong place does not count as the right one."""
    score = score_call(CALL, a_truth(REFUND), [flag], SENT_AT_S)

    assert score.missing == (REFUND,)
    assert score.extra == (flag,)


def test_the_same_flag_twice_is_one_extra() -> None:
    """Each expectation is met once, by the flag that came first."""
    later = a_flag(end_s=10.5, seen_s=112.0)

    score = score_call(CALL, a_truth(REFUND), [later, a_flag()], SENT_AT_S)

    assert score.found[0].latency_s == 1.0
    assert score.extra == (later,)


def test_a_withdrawn_flag_neither_counts_nor_hides() -> None:
    """What was expected and withdrawn is missing; it is listed apart."""
    gone = a_flag(withdrawn=True)

    score = score_call(CALL, a_truth(REFUND), [gone], SENT_AT_S)

    assert score.missing == (REFUND,)
    assert score.extra == ()
    assert score.withdrawn == (gone,)


def test_a_measured_flag_needs_no_speaker_and_no_place() -> None:
    """Its span belongs to the measurement."""
    score = score_call(CALL, a_truth(DEAD_AIR), [a_flag("dead_air", speaker=None, end_s=25.0, seen_s=140.5)], SENT_AT_S)

    assert [found.latency_s for found in score.found] == [0.5]


def test_an_extra_flag_on_a_trap_is_named() -> None:
    """The words that must not raise it."""
    score = score_call(CALL, a_truth(), [a_flag("cancellation", end_s=22.0)], {})

    assert score.sprung == (TRAP,)
    assert len(score.extra) == 1


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [
        ([], 0.5, None),
        ([2.0], 0.95, 2.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([float(value) for value in range(1, 101)], 0.95, 95.0),
    ],
)
def test_percentiles_take_a_value_that_occurred(values: list[float], share: float, wanted: float | None) -> None:
    """Nearest rank."""
    assert percentile(values, share) == wanted


def test_an_event_stream_is_read_line_by_line() -> None:
    """Comments are ignored, data lines are joined, an empty line completes the event."""
    reader = EventReader()
    lines = [": ping", "", "event: flag", "id: 1-2", 'data: {"a":', "data: 1}", "", "data: bare", ""]

    events = [event for line in lines if (event := reader.feed(line))]

    assert events == [
        ServerEvent(event="flag", data='{"a":\n1}'),
        ServerEvent(event="message", data="bare"),
    ]


@pytest.mark.parametrize(("end_s", "extra"), [(33.0, 0), (40.0, 1)])
def test_a_flag_that_may_be_is_neither_missed_nor_extra(end_s: float, extra: int) -> None:
    """At its words it is right; elsewhere it is not, and without it nothing is missing."""
    score = score_call(CALL, a_truth(), [a_flag("broken_promise", end_s=end_s)], SENT_AT_S)

    assert len(score.extra) == extra
    assert score_call(CALL, a_truth(), [], SENT_AT_S).missing == ()
