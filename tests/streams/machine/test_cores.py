"""How many cores there are."""

from pathlib import Path

from streams.machine.cores import usable_cores


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
