"""Batches of made calls, in this process or in one of their own."""

import pytest

from qa_monitor.seed.calls import centre
from qa_monitor.seed.making import AHEAD, Numbering, batches, batches_beside
from qa_monitor.seed.records import SeedError
from tests.qa_monitor.seeding import a_plan

NUMBERING = Numbering(generation="00000000", next_sequence=5)


def test_another_process_makes_the_same_batches() -> None:
    """To the last value, and in the same order; so a folder does not tell how it was filled."""
    plan = a_plan(20)

    assert list(batches_beside(plan, NUMBERING)) == list(batches(plan, centre(plan), NUMBERING))


def test_the_other_process_ends_with_whoever_asked() -> None:
    """Also where it still has batches to hand over."""
    made = batches_beside(a_plan(2_000), NUMBERING)
    first = next(made)
    made.close()

    assert len(first.calls) > 0
    assert AHEAD * len(first.calls) < 2_000, "it could not have run ahead to the end"
    with pytest.raises(StopIteration):
        next(made)


def test_calls_that_cannot_be_made_are_an_error_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for a process that is gone."""
    no_number = Numbering(generation="00000000", next_sequence=None)  # type: ignore[arg-type]  # it fails over there

    with pytest.raises(SeedError, match="no longer made"):
        list(batches_beside(a_plan(40), no_number))
    assert "TypeError" in capfd.readouterr().err
