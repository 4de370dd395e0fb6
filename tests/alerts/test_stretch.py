"""A silence or talk-over counts once it has lasted, and once."""

from alerts.watching.stretch import StretchWatch


def test_speaks_once_per_stretch_and_counts_them() -> None:
    """At the threshold, not before; again only after it was broken."""
    watch = StretchWatch(longer_than_s=15.0)

    assert [watch.at(length_s) for length_s in (0, 14.9, 15.0, 15.1, 40.0)] == [None, None, 1, None, None]
    assert [watch.at(length_s) for length_s in (0.0, 10.0, 16.0)] == [None, None, 2]
