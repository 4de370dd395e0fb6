"""How many workers and threads suit a machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.engine.workers import MOST, plan_workers

counts = st.integers(min_value=0, max_value=MOST)


@pytest.mark.parametrize(
    ("cores", "given_threads", "given_workers", "planned"),
    [
        (1, 0, 0, (1, 1)),
        (2, 0, 0, (2, 1)),
        (2, 1, 0, (2, 1)),
        (8, 2, 0, (4, 2)),
        (8, 0, 2, (2, 4)),
        (2, 4, 0, (1, 4)),
        (8, 3, 5, (5, 3)),
        (200, 0, 0, (MOST, 1)),
    ],
)
def test_a_processor_runs_one_pass_per_core(
    cores: int, given_threads: int, given_workers: int, planned: tuple[int, int]
) -> None:
    """What the operator gives is kept, the rest is chosen to fill the cores."""
    assert plan_workers(cores, "cpu", given_threads, given_workers) == planned


def test_an_accelerator_has_one_worker() -> None:
    """Its passes run one after the other; threads prepare the windows."""
    assert plan_workers(16, "cuda") == (1, 4)
    assert plan_workers(2, "cuda") == (1, 2)
    assert plan_workers(16, "cuda", 3, 2) == (2, 3)


@given(cores=st.integers(min_value=1, max_value=500), device=st.sampled_from(["cpu", "cuda"]), data=st.data())
def test_a_plan_can_always_be_carried_out(cores: int, device: str, data: st.DataObject) -> None:
    """At least one of each, and what was not given never takes more than there is."""
    threads, workers = data.draw(counts), data.draw(counts)
    planned_workers, planned_threads = plan_workers(cores, device, threads, workers)

    assert planned_workers == workers or 1 <= planned_workers <= max(1, cores // max(1, planned_threads))
    assert planned_threads == threads or 1 <= planned_threads <= cores


@pytest.mark.parametrize("arguments", [(0, "cpu", 0, 0), (2, "cpu", -1, 0), (2, "cpu", 0, -1)])
def test_an_impossible_machine_is_refused(arguments: tuple[int, str, int, int]) -> None:
    """Better at the start than as a worker that never runs."""
    with pytest.raises(ValueError, match="needs a core"):
        plan_workers(*arguments)
