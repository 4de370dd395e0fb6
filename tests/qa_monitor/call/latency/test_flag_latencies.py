"""How long flags took to each stage, up to a screen, and when that drifts."""

from alerts.records import FlagId, Latency
from qa_monitor.call.latency.flag_latencies import (
    BELIEVED_S,
    LEAST,
    MOST,
    SHOWN_MINUTES,
    WINDOW_S,
    FlagLatencies,
    Stage,
)
from qa_monitor.call.latency.latencies import Percentiles


def tell(stages: FlagLatencies, name: str, feed_s: float, at_s: float = 1_000.0) -> None:
    """A flag whose cause ended `feed_s` before it came to the feed."""
    stages.began(FlagId(name), at_s - feed_s, at_s)
    stages.told(FlagId(name), Latency(text_s=feed_s / 2, rule_s=feed_s / 2, stored_s=feed_s, feed_s=feed_s))


def test_the_way_to_the_screen_is_what_the_first_page_reports() -> None:
    """Less what it held the news back; other pages get their own figure."""
    stages = FlagLatencies()
    tell(stages, "f1", 0.8)

    first = stages.drawn(FlagId("f1"), 0.01, 1_000.11)
    assert first is not None
    assert (round(first[0], 3), first[1]) == (0.9, True)
    second = stages.drawn(FlagId("f1"), 0.0, 1_000.5)
    assert second is not None
    assert (round(second[0], 3), second[1]) == (1.3, False)
    (screen,) = [each for each in stages.stages(1_001.0) if each.stage is Stage.SCREEN]
    assert (screen.count, round(screen.figures.p50_s or 0, 3)) == (1, 0.9)


def test_a_page_may_report_before_the_flag_is_told_to_its_end() -> None:
    """The stages come from two sides; none wipes the other out."""
    stages = FlagLatencies()
    stages.began(FlagId("f1"), 999.0, 1_000.0)
    stages.drawn(FlagId("f1"), 0.0, 1_000.2)
    stages.told(FlagId("f1"), Latency(text_s=0.9, feed_s=1.0))

    figures = {each.stage: each.figures.p50_s for each in stages.stages(1_001.0)}
    assert (figures[Stage.TEXT], figures[Stage.FEED], round(figures[Stage.SCREEN] or 0, 3)) == (0.9, 1.0, 1.2)
    assert figures[Stage.STORED] is None


def test_a_screen_that_was_asleep_measures_nothing() -> None:
    stages = FlagLatencies()
    tell(stages, "f1", 0.8)

    assert stages.drawn(FlagId("f1"), 0.0, 1_000.0 + BELIEVED_S + 1) is None
    assert stages.drawn(FlagId("f2"), 0.0, 1_000.0) is None


def test_drift_is_said_only_of_enough_flags_and_until_they_are_old() -> None:
    stages = FlagLatencies(alarm_s=2.0)
    for number in range(LEAST - 1):
        tell(stages, f"f{number}", 3.0)
    assert stages.drift_s(1_000.0) is None

    tell(stages, "last", 3.5)
    assert stages.drift_s(1_000.0) == 3.5
    assert stages.drift_s(1_000.0 + WINDOW_S) == 3.5
    assert stages.drift_s(1_000.1 + WINDOW_S) is None


def test_fast_flags_do_not_drift() -> None:
    stages = FlagLatencies(alarm_s=2.0)
    for number in range(100):
        tell(stages, f"f{number}", 3.0 if number < 5 else 1.0)

    assert stages.now(1_000.0) == Percentiles(p50_s=1.0, p95_s=1.0)
    assert stages.drift_s(1_000.0) is None


def test_the_last_hour_comes_minute_by_minute() -> None:
    """Minutes without a flag are left out; what is older is forgotten."""
    stages = FlagLatencies()
    tell(stages, "old", 9.0, at_s=0.0)
    tell(stages, "f1", 1.0, at_s=10_000.0)
    tell(stages, "f2", 2.0, at_s=10_001.0)
    tell(stages, "f3", 0.5, at_s=10_200.0)

    found = [(each.ago, each.count, each.figures.p50_s, each.figures.p95_s) for each in stages.minutes(10_200.0)]

    assert found == [(3, 2, 1.0, 2.0), (0, 1, 0.5, 0.5)]
    assert stages.minutes(10_200.0 + SHOWN_MINUTES * 60) == ()


def test_memory_is_bounded() -> None:
    stages = FlagLatencies()
    for number in range(MOST + 10):
        tell(stages, f"f{number}", 1.0)

    assert sum(each.count for each in stages.minutes(1_000.0)) == MOST
