"""What listening later found is put beside what was known live: nothing twice, nothing of it lost."""

from alerts.records import FlagState
from qa_monitor.late_listening.results import joined_holds, late_flags
from qa_monitor.records.holds import OnHold
from sentiment.hold import HoldCause
from streams.records import CallId
from tests.alerts.builders import a_flag


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


def seconds(holds: list[OnHold]) -> list[tuple[float, float | None]]:
    return [(hold.start_s, hold.end_s) for hold in holds]


def test_a_hold_across_the_seam_is_one() -> None:
    """It began while the call was followed, and ended while it was only recorded."""
    live = [a_hold(5.0, 8.0)]
    found = list(joined_holds(live, [a_hold(8.4, 30.0)]))

    assert seconds(found) == [(5.0, 30.0)]
    assert found[0].told_s == live[0].told_s


def test_copying_it_again_changes_nothing() -> None:
    found = list(joined_holds([a_hold(5.0, 30.0)], [a_hold(8.4, 30.0)]))

    assert seconds(found) == [(5.0, 30.0)]


def test_another_hold_stays_another() -> None:
    """Later than the seam, or told by something else, or on the other side."""
    live = [a_hold(5.0, 8.0)]
    others = [a_hold(11.0, 12.0), a_hold(8.4, 9.0, HoldCause.SIGNALLED, None), a_hold(8.4, 9.0, channel=0)]

    assert list(joined_holds(live, others)) == others


def test_a_flag_is_found_once_and_what_is_withdrawn_is_not_found() -> None:
    known, withdrawn, fresh = a_flag("known"), a_flag("no", state=FlagState.WITHDRAWN), a_flag("fresh")

    assert list(late_flags([known], [known, withdrawn, fresh])) == [fresh]


def test_what_was_said_after_all_is_a_flag_of_its_own() -> None:
    """The one before was withdrawn when the call was put off, and stays so. Found again it is not told again."""
    before = [a_flag("f", state=FlagState.WITHDRAWN)]
    first = list(late_flags(before, [a_flag("f")]))

    assert [(flag.flag_id, flag.state) for flag in first] == [("f~later", FlagState.CONFIRMED)]
    assert list(late_flags([*before, *first], [a_flag("f")])) == []
