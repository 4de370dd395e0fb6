"""A hold that goes on while a call is put aside or followed again is one hold, from its beginning to its end."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.load.joined_holds import joined_holds
from qa_monitor.load.put_aside import Span
from qa_monitor.store.records import OnHold
from sentiment.hold import HoldCause
from streams.records import CallId

END_S = 60.0


def a_hold(start_s: float, end_s: float | None, cause: HoldCause = HoldCause.MUSIC, channel: int | None = 1) -> OnHold:
    return OnHold(
        call_id=CallId("a-call"),
        start_s=start_s,
        told_s=start_s + 1.0,
        cause=cause,
        channel=channel,
        end_s=end_s,
        end_told_s=end_s,
    )


def seconds(holds: Sequence[OnHold]) -> list[tuple[float, float | None]]:
    return [(hold.start_s, hold.end_s) for hold in holds]


@pytest.mark.parametrize(
    ("live", "late", "spans", "whole"),
    [
        # followed, then only recorded
        ([(5.0, 8.0)], [(8.4, 30.0)], [(8.2, 60.0)], (5.0, 30.0)),
        # only recorded, then followed: what was recorded ends with the music, or nobody knew that it had
        ([(20.3, 40.0)], [(5.0, 19.9)], [(0.0, 20.0)], (5.0, 40.0)),
        ([(20.3, 40.0)], [(5.0, None)], [(0.0, 20.0)], (5.0, 40.0)),
        # followed, only recorded, followed
        ([(5.0, 8.0), (20.3, 40.0)], [(8.4, None)], [(8.2, 20.0)], (5.0, 40.0)),
        # only recorded, followed, only recorded, and so until the end
        ([(10.3, 29.8)], [(5.0, 9.9), (30.4, None)], [(0.0, 10.0), (30.0, 60.0)], (5.0, None)),
        # recorded for too short a time to hear music in it
        ([(5.0, 9.9), (11.2, 40.0)], [], [(10.0, 11.0)], (5.0, 40.0)),
        # it ended where recording did, and nothing followed
        ([], [(5.0, None)], [(0.0, 20.0)], (5.0, 20.0)),
    ],
)
def test_a_hold_across_a_seam_is_one(
    live: list[Span], late: list[tuple[float, float | None]], spans: list[Span], whole: tuple[float, float | None]
) -> None:
    """It begins where it first began, and was told then."""
    before = [a_hold(*one) for one in live]
    joined = joined_holds(before, [a_hold(*one) for one in late], spans, END_S)

    assert seconds(joined.kept) == [whole]
    assert joined.kept[0].told_s == whole[0] + 1.0
    assert joined.gone_s == tuple(one.start_s for one in before if one.start_s != whole[0])


def test_a_tone_comes_only_now_and_then() -> None:
    """A hold that is told by tones goes on over their pauses."""
    live, late = a_hold(5.0, 21.0, HoldCause.TONES), a_hold(26.0, 40.0, HoldCause.TONES)

    assert seconds(joined_holds([live], [late], [(24.0, 60.0)], END_S).kept) == [(5.0, 40.0)]


@pytest.mark.parametrize(("live_end_s", "late_end_s"), [(30.0, None), (None, 30.0)])
def test_what_the_source_told_both_ends_once_either_knows(live_end_s: float | None, late_end_s: float | None) -> None:
    live, late = (a_hold(5.0, end_s, HoldCause.SIGNALLED, None) for end_s in (live_end_s, late_end_s))
    joined = joined_holds([live], [late], [(0.0, END_S if live_end_s is None else 20.0)], END_S)

    assert (seconds(joined.kept), joined.gone_s) == ([(5.0, 30.0)], ())


def test_another_hold_stays_another() -> None:
    """Later than the seam, or told by something else, or on the other side; and away from a seam."""
    live = [a_hold(5.0, 8.0), a_hold(50.0, 52.0), a_hold(52.5, 54.0)]
    others = [a_hold(8.4, 9.0, HoldCause.SIGNALLED, None), a_hold(8.4, 9.0, channel=0), a_hold(11.0, 12.0)]

    joined = joined_holds(live, others, [(8.2, 30.0)], END_S)

    assert (joined.kept, joined.gone_s) == (tuple(others), ())


pieces = st.lists(st.tuples(st.floats(0.1, 8), st.booleans(), st.booleans()), min_size=1, max_size=8)
"""Of a call, one behind the other: how long, whether it was only recorded then, and whether they were on hold."""


@given(pieces)
def test_joining_again_changes_nothing_and_no_second_on_hold_is_lost(cut: list[tuple[float, bool, bool]]) -> None:
    live: list[OnHold] = []
    late: list[OnHold] = []
    spans: list[Span] = []
    at_s = 0.0
    for length_s, aside, waits in cut:
        if aside:
            spans.append((at_s, at_s + length_s))
        if waits:
            (late if aside else live).append(a_hold(at_s, at_s + length_s))
        at_s += length_s

    first = joined_holds(live, late, spans, at_s)
    kept = {hold.start_s: hold for hold in live if hold.start_s not in first.gone_s}
    kept |= {hold.start_s: hold for hold in first.kept}
    again = joined_holds(list(kept.values()), late, spans, at_s)

    assert again.gone_s == ()
    assert {**kept, **{hold.start_s: hold for hold in again.kept}} == kept
    for hold in (*live, *late):
        assert hold.end_s is not None
        assert any(one.start_s <= hold.start_s and hold.end_s <= (one.end_s or at_s) for one in kept.values())
