"""The median and the 95th percentile the console prints."""

from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.call.latency.latencies import KEPT, Percentiles, RecentLatencies, percentile


def latencies(*values_s: float) -> Percentiles:
    recent = RecentLatencies()
    for value_s in values_s:
        recent.add(value_s)
    return recent.percentiles()


def test_nothing_measured_is_no_figure() -> None:
    """Not zero: that would look fast."""
    assert latencies() == Percentiles(p50_s=None, p95_s=None)


def test_one_value_is_both() -> None:
    """The nearest rank of a single value is that value."""
    assert latencies(0.7) == Percentiles(p50_s=0.7, p95_s=0.7)


def test_nearest_rank() -> None:
    """Of 1 to 100, in any order: 50 and 95, values that were measured."""
    assert latencies(*range(100, 0, -1)) == Percentiles(p50_s=50, p95_s=95)
    assert latencies(1.0, 2.0) == Percentiles(p50_s=1.0, p95_s=2.0)


def test_only_recent_values_count() -> None:
    """A slow start an hour ago is not what is felt now."""
    assert latencies(*[9.0] * KEPT, *[1.0] * KEPT) == Percentiles(p50_s=1.0, p95_s=1.0)


@given(values=st.lists(st.floats(0, 100), min_size=1, max_size=200), share=st.sampled_from([0.0, 0.5, 0.95, 1.0]))
def test_a_percentile_is_a_value_with_enough_values_at_or_under_it(values: list[float], share: float) -> None:
    """The definition of the nearest rank."""
    ordered = sorted(values)
    found = percentile(ordered, share)

    assert found in ordered
    assert found is not None
    assert sum(value <= found for value in ordered) >= share * len(ordered) - 1e-9
