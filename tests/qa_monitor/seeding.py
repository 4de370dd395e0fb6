"""A few seeded calls for tests."""

from datetime import date

from qa_monitor.seed.records import SeedPlan

UNTIL = date(2026, 6, 1)


def a_plan(calls: int = 12, **changes: object) -> SeedPlan:
    """Over a year, unless the test says otherwise."""
    given: dict[str, object] = {"calls": calls, "until": UNTIL}
    return SeedPlan(**(given | changes))  # type: ignore[arg-type]  # by name, as a test wishes
