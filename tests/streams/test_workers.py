"""How many workers and threads suit a machine, and how many cores there are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.cores import usable_cores
from streams.workers import MOST, plan_workers

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


def test_this_machine_has_a_core() -> None:
    """Whatever its control groups say."""
    assert usable_cores() >= 1


def groups(folder: Path, own: str, **files: str) -> tuple[Path, Path]:
    """Control groups as files, and what the process is told of its own."""
    for name, text in files.items():
        file = folder.joinpath(*name.split("__")).with_name(name.split("__")[-1].replace("_dot_", "."))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "own").write_text(own)
    return folder, folder / "own"


def test_a_container_has_what_it_was_given(tmp_path: Path) -> None:
    """One core's worth of time on a large machine is one core."""
    assert usable_cores(*groups(tmp_path, "0::/\n", cpu_dot_max="100000 100000\n")) == 1


def test_part_of_a_core_counts_for_nothing(tmp_path: Path) -> None:
    """But there is always one."""
    assert usable_cores(*groups(tmp_path, "0::/\n", cpu_dot_max="50000 100000\n")) == 1


def test_a_group_is_bound_by_the_one_it_is_in(tmp_path: Path) -> None:
    """The tightest limit holds."""
    files = {"pods__one__cpu_dot_max": "max 100000\n", "pods__cpu_dot_max": "100000 100000\n"}

    assert usable_cores(*groups(tmp_path, "0::/pods/one\n", **files)) == 1


def test_the_older_control_groups_are_understood(tmp_path: Path) -> None:
    """Where the processor has a hierarchy of its own."""
    files = {
        "cpu,cpuacct__box__cpu_dot_cfs_quota_us": "100000\n",
        "cpu,cpuacct__box__cpu_dot_cfs_period_us": "100000\n",
    }

    assert usable_cores(*groups(tmp_path, "3:memory:/box\n2:cpu,cpuacct:/box\n", **files)) == 1


def test_no_limit_and_no_groups_leave_the_cores_as_they_are(tmp_path: Path) -> None:
    """As on a plain machine."""
    nothing = usable_cores(tmp_path / "none", tmp_path / "none")

    assert usable_cores(*groups(tmp_path, "0::/\n1:cpu:/\n", cpu_dot_max="max 100000\n")) == nothing
